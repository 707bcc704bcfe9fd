package dev.dockwire.tools.daemon;

import dev.dockwire.engine.EngineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * An archive that a client sends may be packed: its first bytes say how, no header does. Of
 * dockerd's four ways gzip is known, for docker-java packs so; the docker client does not pack.
 */
final class Compression {

  private static final int TOO_LARGE = 413;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private Compression() {}

  /**
   * What a body is, unpacked; itself if it is not packed.
   *
   * @throws IOException if it is packed badly
   * @throws EngineException 413 if more is in it than a body may be long
   */
  static byte[] unpack(byte[] body) throws IOException {
    if (body.length < 2 || (body[0] & 0xff) != GZIP_FIRST || (body[1] & 0xff) != GZIP_SECOND) {
      return body;
    }
    try (InputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] unpacked = unpacking.readNBytes(RequestReader.MAX_BODY + 1);
      if (unpacked.length > RequestReader.MAX_BODY) {
        throw new EngineException(TOO_LARGE, "http: request body too large");
      }
      return unpacked;
    }
  }
}
