package dev.dockwire.tools.shell;

import dev.dockwire.host.FileNode;
import dev.dockwire.host.FileTree;
import dev.dockwire.tools.docker.DockerProgram;
import dev.dockwire.tools.live.LiveHost;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * What the Tab key offers: programs of the Docker host for the first word, docker's commands after
 * {@code docker}, and the names of containers, networks and images anywhere else.
 */
final class Completion implements Completer {

  private static final List<String> PATH =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private final LiveHost host;
  private final DockerProgram docker;

  Completion(LiveHost host) {
    this.host = host;
    this.docker = new DockerProgram(host.engine());
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> before = List.copyOf(line.words().subList(0, line.wordIndex()));
    try {
      host.ask(() -> wordsAfter(before)).forEach(word -> candidates.add(new Candidate(word)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> wordsAfter(List<String> before) {
    Set<String> words = new TreeSet<>();
    if (before.isEmpty()) {
      PATH.forEach(directory -> addPrograms(directory, words));
    } else if (before.getFirst().equals("docker")) {
      words.addAll(docker.completions(before.subList(1, before.size())));
    }
    if (before.size() > 1 && words.isEmpty()) {
      addNames(words);
    }
    return words;
  }

  private void addPrograms(String directory, Set<String> words) {
    FileTree files = host.engine().dockerHost().host().files();
    if (files.find(directory).orElse(null) instanceof FileNode.Directory programs) {
      words.addAll(programs.children().keySet());
    }
  }

  private void addNames(Set<String> words) {
    words.addAll(host.engine().images().names());
    host.engine().containers().forEach(container -> words.add(container.name()));
    host.engine().networks().list().forEach(network -> words.add(network.name()));
  }
}
