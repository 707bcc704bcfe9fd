package dev.dockwire.engine.image;

import dev.dockwire.engine.EngineException;
import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.program.Applets;
import dev.dockwire.program.http.client.Curl;
import dev.dockwire.program.mysql.client.MysqlProgram;
import dev.dockwire.program.mysql.client.MysqladminProgram;
import dev.dockwire.program.mysql.server.MysqldProgram;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The images there are. */
public final class Images {

  static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final List<String> DIRECTORIES =
      List.of(
          "/bin",
          "/dev",
          "/etc",
          "/home",
          "/lib",
          "/media",
          "/mnt",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/srv",
          "/sys",
          "/tmp",
          "/usr",
          "/usr/bin",
          "/usr/lib",
          "/usr/local",
          "/usr/local/bin",
          "/usr/local/sbin",
          "/usr/sbin",
          "/var");

  private final Map<String, Image> byName = new LinkedHashMap<>();
  private final FileNode.Directory hostFiles;

  public Images() {
    // The Docker host is an Alpine machine; the tree is immutable, so both can have the same one.
    hostFiles = alpineFiles().root();
    add(
        new Image(
            "alpine",
            "1d34ffeaf190be23d3de5a8de0a436676b758f48f835c3a2d4768b798c15a7f1",
            Instant.parse("2025-07-15T11:32:22Z"),
            8_310_000,
            List.of(PATH),
            List.of(),
            List.of("/bin/sh"),
            List.of(),
            hostFiles));
    add(
        new Image(
            "busybox",
            "6d3e4188a38af91b0c1577b9e88c53368926b2fe0e1fb985d6e8a70040520c4d",
            Instant.parse("2024-09-26T21:31:42Z"),
            4_430_000,
            List.of(PATH),
            List.of(),
            List.of("sh"),
            List.of(),
            busyboxFiles().root()));
    add(
        new Image(
            "centos",
            "5d0da3dc976460b72c77d94c8a1ad043720b0416bfc16c52c45d4847e53fadb6",
            Instant.parse("2021-09-15T18:20:05Z"),
            231_000_000,
            List.of(PATH),
            List.of(),
            List.of("/bin/bash"),
            List.of(),
            centosFiles().root()));
    add(
        new Image(
            "mysql",
            "94753e67a0a9acc8d9d9d4ad9e3f1aebc1cd9a6a7fbd2a0f5c6e1cbf10a7a6e9",
            Instant.parse("2018-10-16T00:50:14Z"),
            484_000_000,
            List.of(PATH, "GOSU_VERSION=1.7", "MYSQL_MAJOR=8.0", "MYSQL_VERSION=8.0.12-1debian9"),
            List.of("docker-entrypoint.sh"),
            List.of("mysqld"),
            List.of("3306/tcp", "33060/tcp"),
            mysqlFiles().root()));
    add(WebImages.httpd(baseFiles()));
    add(WebImages.nginx(baseFiles()));
    add(WebImages.curl(baseFiles()));
    add(NetshootImage.image(baseFiles()));
  }

  private void add(Image image) {
    byName.put(image.name(), image);
  }

  /**
   * Finds an image by name, where the tag {@code latest} and the library's prefix may be given, or
   * by the beginning of its id.
   *
   * @throws EngineException 404
   */
  public Image find(String reference) {
    String name =
        reference.replaceFirst("^(docker\\.io/)?(library/)?", "").replaceFirst(":latest$", "");
    Image image = byName.get(name);
    return image != null ? image : byIdPrefix(reference);
  }

  private Image byIdPrefix(String reference) {
    String prefix = reference.startsWith("sha256:") ? reference.substring(7) : reference;
    List<Image> matches =
        byName.values().stream()
            .filter(image -> !prefix.isEmpty() && image.id().startsWith(prefix))
            .toList();
    if (matches.size() != 1) {
      throw new EngineException(EngineException.NOT_FOUND, "No such image: " + withTag(reference));
    }
    return matches.getFirst();
  }

  /** The reference as Docker completes it. */
  public static String withTag(String reference) {
    return reference.lastIndexOf(':') > reference.lastIndexOf('/')
        ? reference
        : reference + ":latest";
  }

  /** The images there are, the newest first, as Docker lists them. */
  public List<Image> list() {
    return byName.values().stream()
        .sorted(Comparator.comparing(Image::created).reversed())
        .toList();
  }

  /** The names of the images there are. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The files of the Docker host itself. */
  public FileNode.Directory hostFiles() {
    return hostFiles;
  }

  private static FileTree alpineFiles() {
    FileTree files = baseFiles();
    files.write("/etc/alpine-release", "3.22.1\n");
    files.write(
        "/etc/os-release",
        "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.22.1\n"
            + "PRETTY_NAME=\"Alpine Linux v3.22\"\n");
    return files;
  }

  private static FileTree busyboxFiles() {
    return baseFiles();
  }

  private static FileTree centosFiles() {
    FileTree files = baseFiles();
    files.put("/bin/bash", files.find("/bin/sh").orElseThrow());
    files.install("/usr/bin/curl", new Curl());
    files.write("/etc/centos-release", "CentOS Linux release 8.4.2105\n");
    files.write(
        "/etc/os-release",
        "NAME=\"CentOS Linux\"\nVERSION=\"8\"\nID=\"centos\"\nPRETTY_NAME=\"CentOS Linux 8\"\n");
    return files;
  }

  private static FileTree mysqlFiles() {
    FileTree files = baseFiles();
    files.install("/usr/local/bin/docker-entrypoint.sh", new MysqlEntrypoint());
    files.install("/usr/sbin/mysqld", new MysqldProgram());
    files.install("/usr/bin/mysql", new MysqlProgram());
    files.install("/usr/bin/mysqladmin", new MysqladminProgram());
    return files;
  }

  private static FileTree baseFiles() {
    FileTree files = new FileTree();
    DIRECTORIES.forEach(files::makeDirectory);
    files.put("/dev/null", new FileNode.NullDevice());
    files.write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    files.write("/etc/group", "root:x:0:\n");
    Applets.install(files);
    return files;
  }
}
