package dev.dockwire.stack.tcp.script;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Plays a scenario: lets time pass until each line's moment, and has {@link PacketLines}, {@link
 * SocketLines} or {@link WorldLines} do what it says. What the host sends must stand in the next
 * lines, at its time; nothing else may happen before that, and nothing may be left at the end.
 */
final class ScenarioRunner {

  private static final Pattern TIME = Pattern.compile("\\+?\\d+(\\.\\d+)?");

  private final Script script;
  private final Scene scene = new Scene();
  private final PacketLines packets = new PacketLines(scene);
  private final SocketLines sockets = new SocketLines(scene);
  private final WorldLines world = new WorldLines(scene);
  private final Map<String, String> definitions = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private long time;

  private ScenarioRunner(Script script) {
    this.script = script;
  }

  /** Throws a {@link ScenarioFailure} unless all goes as it is written. */
  static void play(Script script) {
    new ScenarioRunner(script).play();
  }

  private void play() {
    playAll(script.lines());
    Script.Line end = script.lines().getLast().withText("(the end)");
    guarded(
        end,
        () -> {
          scene.settle();
          packets.expectNothing();
          sockets.expectNoErrors();
        });
  }

  private void playAll(List<Script.Line> lines) {
    for (Script.Line line : lines) {
      if (line.isLoop()) {
        loop(line);
      } else {
        Script.Line[] filled = {line};
        guarded(line, () -> filled[0] = line.withText(fill(line.text())));
        guarded(filled[0], () -> playOne(new Words(filled[0].text())));
      }
    }
  }

  private void guarded(Script.Line line, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      boolean ours = e instanceof Mismatch || e instanceof IllegalArgumentException;
      ScenarioFailure failure =
          new ScenarioFailure(line, ours ? e.getMessage() : e.toString(), scene.trace());
      failure.initCause(e);
      throw failure;
    }
  }

  private String fill(String line) {
    String filled = Expression.fill(line, variables);
    for (Map.Entry<String, String> each : definitions.entrySet()) {
      filled = filled.replaceAll("\\$" + each.getKey() + "\\b", each.getValue());
    }
    return filled;
  }

  /** {@code repeat 20 {}, where i counts from 0, or {@code each t in 1 3 7 {}. */
  private void loop(Script.Line line) {
    List<String> values = new ArrayList<>();
    String[] name = {"i"};
    guarded(
        line,
        () -> {
          String text = fill(line.text().substring(0, line.text().length() - 1));
          Words words = new Words(text);
          if (words.accept("repeat")) {
            long times = words.number("how often");
            name[0] = words.accept("as") ? words.next("a name") : "i";
            for (long i = 0; i < times; i++) {
              values.add(Long.toString(i));
            }
          } else if (words.accept("each")) {
            name[0] = words.next("a name");
            if (!words.accept("in")) {
              throw new IllegalArgumentException("in is missing");
            }
            while (words.hasNext()) {
              values.add(words.next("a value"));
            }
          } else {
            throw new IllegalArgumentException("a loop begins with repeat or each");
          }
          words.end();
        });
    for (String value : values) {
      variables.put(name[0], value);
      playAll(line.inner());
    }
    variables.remove(name[0]);
  }

  private void playOne(Words words) {
    if (words.accept("define")) {
      define(words);
      return;
    }
    if (TIME.matcher(words.peek()).matches()) {
      moveTo(words.next("a time"));
    }
    String name = "";
    if (words.peek().length() > 1 && words.peek().endsWith(":")) {
      String word = words.next("a name");
      name = word.substring(0, word.length() - 1);
    }
    String verb = words.next("what happens");
    if (verb.equals(">")) {
      packets.expect(name, words, time);
      return;
    }
    if (verb.equals("nothing")) {
      nothingUntil(words);
      return;
    }
    // Whatever the host has sent by now was to be expected before.
    packets.expectNothing();
    boolean known =
        packets.play(verb, name, words)
            || sockets.play(verb, name, words, time)
            || world.play(verb, name, words);
    if (!known) {
      throw new IllegalArgumentException("there is no " + verb);
    }
    words.end();
    scene.settle();
    time = scene.now();
  }

  private void define(Words words) {
    String name = words.next("a name");
    StringBuilder meaning = new StringBuilder();
    while (words.hasNext()) {
      meaning.append(meaning.isEmpty() ? "" : " ").append(words.next("a word"));
    }
    definitions.put(name, meaning.toString());
  }

  private void moveTo(String word) {
    long to = nanos(word) + (word.startsWith("+") ? time : 0);
    if (to < time) {
      throw new IllegalArgumentException(word + " is past: it is " + Scene.seconds(time));
    }
    time = to;
    scene.runUntil(time);
  }

  private void nothingUntil(Words words) {
    if (words.accept("until")) {
      moveTo(words.next("a time"));
    }
    packets.expectNothing();
    words.end();
  }

  static long nanos(String seconds) {
    return new BigDecimal(seconds.startsWith("+") ? seconds.substring(1) : seconds)
        .movePointRight(9)
        .longValueExact();
  }
}
