package dev.dockwire.engine.image;

import dev.dockwire.host.FileTree;
import dev.dockwire.program.http.client.Curl;
import dev.dockwire.program.http.server.ApacheProgram;
import dev.dockwire.program.http.server.NginxProgram;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The images that speak HTTP: two servers and a client. */
final class WebImages {

  private static final String ITS_WORKING = "<html><body><h1>It works!</h1></body></html>\n";

  private static final String WELCOME =
      """
      <!DOCTYPE html>
      <html>
      <head>
      <title>Welcome to nginx!</title>
      <style>
      html { color-scheme: light dark; }
      body { width: 35em; margin: 0 auto;
      font-family: Tahoma, Verdana, Arial, sans-serif; }
      </style>
      </head>
      <body>
      <h1>Welcome to nginx!</h1>
      <p>If you see this page, the nginx web server is successfully installed and
      working. Further configuration is required.</p>

      <p>For online documentation and support please refer to
      <a href="http://nginx.org/">nginx.org</a>.<br/>
      Commercial support is available at
      <a href="http://nginx.com/">nginx.com</a>.</p>

      <p><em>Thank you for using nginx.</em></p>
      </body>
      </html>
      """;

  private WebImages() {}

  /**
   * @param files a fresh tree with what every image has, to add to
   */
  static Image httpd(FileTree files) {
    files.makeDirectories("/usr/local/apache2/bin");
    files.makeDirectories(ApacheProgram.DOCUMENT_ROOT);
    files.write(ApacheProgram.DOCUMENT_ROOT + "/index.html", ITS_WORKING);
    files.install("/usr/local/apache2/bin/httpd", new ApacheProgram());
    files.install("/usr/local/bin/httpd-foreground", ApacheProgram.FOREGROUND);
    return new Image(
        "httpd",
        "f0d5d1ec2b2bb8f1ea64ecb7b4f2b4a5fdb1e2ecd5a0a2f6be9c8a3a6bdcdd0c",
        Instant.parse("2025-07-23T23:51:17Z"),
        148_000_000,
        List.of(
            "PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"
                + ":/sbin:/bin",
            "HTTPD_PREFIX=/usr/local/apache2",
            "HTTPD_VERSION=2.4.62",
            "HTTPD_SHA256=674188e7bf44ced82da8db522da946849e22080d73d16c93f7f4df89e25729ec",
            "HTTPD_PATCHES="),
        List.of(),
        List.of("httpd-foreground"),
        List.of("80/tcp"),
        "/usr/local/apache2",
        Optional.of("SIGWINCH"),
        files.root());
  }

  static Image nginx(FileTree files) {
    files.makeDirectories(NginxProgram.DOCUMENT_ROOT);
    files.write(NginxProgram.DOCUMENT_ROOT + "/index.html", WELCOME);
    files.install("/usr/sbin/nginx", new NginxProgram());
    files.install("/docker-entrypoint.sh", new NginxEntrypoint());
    return new Image(
        "nginx",
        "2cd1d97f893f70cee86a38b7160c30e5750f3ed6ad86c598884ca9c6a563a501",
        Instant.parse("2025-06-24T17:22:41Z"),
        192_000_000,
        List.of(
            Images.PATH,
            "NGINX_VERSION=1.29.0",
            "NJS_VERSION=0.9.0",
            "NJS_RELEASE=1~bookworm",
            "PKG_RELEASE=1~bookworm",
            "DYNPKG_RELEASE=1~bookworm"),
        List.of("/docker-entrypoint.sh"),
        List.of("nginx", "-g", "daemon off;"),
        List.of("80/tcp"),
        "",
        Optional.of("SIGQUIT"),
        files.root());
  }

  static Image curl(FileTree files) {
    files.install("/usr/bin/curl", new Curl());
    files.install("/entrypoint.sh", new CurlEntrypoint());
    return new Image(
        "curl",
        "93f2ebb1d5c0a6e9b5b1f2c3f3b85f4b0d9d2fdd9f6a7e52d3d2a0c7f0a1cbb4",
        Instant.parse("2023-02-20T10:41:05Z"),
        16_600_000,
        List.of(Images.PATH, "CURL_VERSION=7_88_1"),
        List.of("/entrypoint.sh"),
        List.of("curl"),
        List.of(),
        "",
        Optional.empty(),
        files.root());
  }
}
