package dev.dockwire.engine.image;

import dev.dockwire.host.FileNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A recipe for containers. Images here are emulated: their files hold the emulator's own programs.
 *
 * @param created when the real image was made; like the size, only what {@code docker images} shows
 * @param size in bytes, of the real image
 * @param exposedPorts as in {@code 3306/tcp}
 * @param workingDirectory empty if the image does not say
 * @param stopSignal as in {@code SIGWINCH}; what asks a container of this image to end
 * @param files the root directory, shared by all containers until they write
 */
public record Image(
    String name,
    String id,
    Instant created,
    long size,
    List<String> environment,
    List<String> entrypoint,
    List<String> command,
    List<String> exposedPorts,
    String workingDirectory,
    Optional<String> stopSignal,
    FileNode.Directory files) {

  /** An image that says nothing about its working directory or how to stop it. */
  Image(
      String name,
      String id,
      Instant created,
      long size,
      List<String> environment,
      List<String> entrypoint,
      List<String> command,
      List<String> exposedPorts,
      FileNode.Directory files) {
    this(
        name,
        id,
        created,
        size,
        environment,
        entrypoint,
        command,
        exposedPorts,
        "",
        Optional.empty(),
        files);
  }

  /** The digest that a registry would have it under: emulated, made from the id. */
  public String digest() {
    try {
      byte[] text = id.getBytes(StandardCharsets.US_ASCII);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What a container of this image runs when it is given {@code arguments}. */
  public List<String> commandLine(List<String> arguments) {
    List<String> line = new ArrayList<>(entrypoint);
    line.addAll(arguments.isEmpty() ? command : arguments);
    return line;
  }
}
