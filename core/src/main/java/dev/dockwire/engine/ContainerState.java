package dev.dockwire.engine;

import dev.dockwire.engine.spec.Attachment;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.Link;
import java.util.List;
import java.util.Optional;

/**
 * A container in an {@link EngineState}. Times are in nanoseconds since the Unix epoch.
 *
 * @param startedAt 0 if it never was
 * @param finishedAt 0 if it never has
 * @param stoppedByUser whether it ended, or will, because a user wants it
 * @param attachments where it is attached by now, whatever its definition says
 * @param links its legacy links, each with its target's id
 * @param sharedHostname that of the container whose network it shares
 */
public record ContainerState(
    String id,
    String name,
    ContainerSpec spec,
    Container.State state,
    long createdAt,
    long startedAt,
    long finishedAt,
    int exitCode,
    String error,
    int restartCount,
    boolean stoppedByUser,
    List<Attachment> attachments,
    List<Link> links,
    Optional<String> sharedHostname) {

  public ContainerState {
    attachments = List.copyOf(attachments);
    links = List.copyOf(links);
  }
}
