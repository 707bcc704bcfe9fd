package dev.dockwire;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dockwire.time.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiled library may refer to: packages below its own, time as an argument. */
class ArchitectureTest {

  /** The drawing in CONTRIBUTING.md. Subpackages count as the package above them. */
  private static final Map<String, String> USES =
      Map.ofEntries(
          Map.entry("time", ""),
          Map.entry("frame", ""),
          Map.entry("link", "frame time"),
          Map.entry("fabric", "link frame time"),
          Map.entry("bridge", "link frame"),
          Map.entry("capture", "bridge fabric link frame time"),
          Map.entry("stack", "link frame time"),
          Map.entry("nat", "stack bridge frame time"),
          Map.entry("dns", "stack frame time"),
          Map.entry("host", "dns stack bridge fabric link frame time"),
          Map.entry("program", "host nat dns stack capture fabric link frame time"),
          Map.entry("engine", "program host nat dns stack bridge fabric link frame time"),
          Map.entry("edge", "engine host stack frame time"));

  private static final Pattern OWN_PACKAGE = Pattern.compile("dev/dockwire/(\\w+)/");

  /** Rooms of the engine, and the rooms they use; of the rest they know only how it refuses. */
  private static final Map<String, String> ENGINE_ROOMS =
      Map.ofEntries(
          Map.entry("spec", ""),
          Map.entry("address", "spec"),
          Map.entry("stream", ""),
          Map.entry("image", ""));

  private static final Pattern OF_ENGINE = Pattern.compile("dev/dockwire/engine/(\\w+)");

  /** Layers whose texts programs read, or are compared with recorded ones. */
  private static final Set<String> LOCALE_FREE =
      Set.of("frame", "capture", "stack", "nat", "dns", "host", "program");

  private static final Set<String> ANY = Set.of();

  /** The methods by which time or chance would come in unseen; {@link #ANY} is all of a class. */
  private static final Map<String, Set<String>> TIME_AND_CHANCE =
      Map.ofEntries(
          Map.entry("java/lang/System", Set.of("nanoTime", "currentTimeMillis")),
          Map.entry("java/time/Instant", Set.of("now")),
          Map.entry("java/time/LocalDate", Set.of("now")),
          Map.entry("java/time/LocalTime", Set.of("now")),
          Map.entry("java/time/LocalDateTime", Set.of("now")),
          Map.entry("java/time/ZonedDateTime", Set.of("now")),
          Map.entry("java/time/OffsetDateTime", Set.of("now")),
          Map.entry("java/time/Clock", ANY),
          Map.entry("java/util/Date", Set.of("<init>")),
          Map.entry("java/lang/Thread", Set.of("sleep")),
          Map.entry("java/util/concurrent/TimeUnit", Set.of("sleep")),
          Map.entry("java/util/concurrent/locks/LockSupport", Set.of("parkNanos", "parkUntil")),
          Map.entry("java/lang/Math", Set.of("random")),
          Map.entry("java/util/UUID", Set.of("randomUUID")),
          Map.entry("java/util/Collections", Set.of("shuffle")),
          Map.entry("java/util/random/RandomGenerator", Set.of("of", "getDefault")),
          Map.entry("java/util/random/RandomGeneratorFactory", ANY),
          Map.entry("java/util/Random", ANY),
          Map.entry("java/util/SplittableRandom", ANY),
          Map.entry("java/security/SecureRandom", ANY),
          Map.entry("java/util/concurrent/ThreadLocalRandom", ANY));

  @Test
  void packagesUseThoseThatTheDrawingSays() {
    assertThat(violations(ArchitectureTest::usesUndrawn)).isEmpty();

    assertThat(usesUndrawn(fixture("frame.Bad", call("dev/dockwire/link/Nic", "name"))))
        .containsExactly("frame uses link");
    assertThat(usesUndrawn(fixture("stack.udp.Bad", call("dev/dockwire/host/Host", "name"))))
        .containsExactly("stack uses host");
    assertThat(usesUndrawn(fixture("time.Bad", ArchitectureTest::passBridgeOn)))
        .containsExactly("time uses bridge");
    assertThat(usesUndrawn(fixture("stack.Bad", call("dev/dockwire/bridge/Bridge", "name"))))
        .containsExactly("stack uses bridge");
    assertThat(usesUndrawn(fixture("elsewhere.Bad", call("java/lang/Object", "hashCode"))))
        .containsExactly("elsewhere is no layer");
    assertThat(usesUndrawn(fixture("stack.ip.Good", call("dev/dockwire/stack/udp/Udp", "x"))))
        .isEmpty();
    assertThat(usesUndrawn(fixture("engine.Good", call("dev/dockwire/time/Loop", "now"))))
        .isEmpty();
  }

  @Test
  void roomsOfTheEngineKnowOfItOnlyHowItRefuses() {
    assertThat(violations(ArchitectureTest::leavesItsRoom)).isEmpty();

    assertThat(leavesItsRoom(fixture("engine.spec.Bad", call("dev/dockwire/engine/Engine", "x"))))
        .containsExactly("spec uses Engine");
    assertThat(
            leavesItsRoom(fixture("engine.spec.Bad", call("dev/dockwire/engine/address/A", "x"))))
        .containsExactly("spec uses address");
    assertThat(
            leavesItsRoom(fixture("engine.address.Good", call("dev/dockwire/engine/spec/S", "x"))))
        .isEmpty();
    assertThat(
            leavesItsRoom(
                fixture("engine.image.Good", call("dev/dockwire/engine/EngineException", "x"))))
        .isEmpty();
    assertThat(leavesItsRoom(fixture("engine.attic.Bad", call("java/lang/Object", "hashCode"))))
        .containsExactly("attic is no room");
  }

  @Test
  void timeAndChanceComeFromThePackageTimeOnly() {
    assertThat(violations(ArchitectureTest::readsTimeOrChance)).isEmpty();

    for (String[] call :
        new String[][] {
          {"java/lang/System", "nanoTime"},
          {"java/time/Instant", "now"},
          {"java/lang/Thread", "sleep"},
          {"java/util/concurrent/ThreadLocalRandom", "current"},
        }) {
      assertThat(readsTimeOrChance(fixture("stack.Bad", call(call[0], call[1]))))
          .containsExactly(call[0] + "." + call[1]);
      assertThat(readsTimeOrChance(fixture("time.Good", call(call[0], call[1])))).isEmpty();
    }
    assertThat(readsTimeOrChance(fixture("stack.Bad", ArchitectureTest::newRandom)))
        .containsExactly("java/util/Random.<init>");
    assertThat(readsTimeOrChance(fixture("stack.Good", call("java/lang/System", "arraycopy"))))
        .isEmpty();
  }

  @Test
  void librariesStayInTheirPackages() {
    assertThat(violations(ArchitectureTest::usesForeignLibrary)).isEmpty();

    assertThat(usesForeignLibrary(fixture("bridge.Bad", call("com/lmax/disruptor/Sequence", "x"))))
        .containsExactly("com/lmax/disruptor");
    assertThat(usesForeignLibrary(fixture("fabric.Good", call("com/lmax/disruptor/Util", "x"))))
        .isEmpty();
    assertThat(usesForeignLibrary(fixture("stack.Bad", call("io/netty/buffer/ByteBuf", "x"))))
        .containsExactly("io/netty");
    assertThat(usesForeignLibrary(fixture("program.Bad", call("io/netty/buffer/ByteBuf", "x"))))
        .containsExactly("io/netty");
    assertThat(
            usesForeignLibrary(fixture("program.http.Good", call("io/netty/buffer/ByteBuf", "x"))))
        .isEmpty();
    assertThat(usesForeignLibrary(fixture("program.Bad", call("org/h2/Driver", "x"))))
        .containsExactly("org/h2");
    assertThat(usesForeignLibrary(fixture("edge.Bad", call("org/pcap4j/core/Pcaps", "x"))))
        .containsExactly("org/pcap4j");
  }

  @Test
  void nothingIsLoggedOrPrinted() {
    assertThat(violations(ArchitectureTest::logsOrPrints)).isEmpty();

    assertThat(logsOrPrints(fixture("stack.Bad", call("java/util/logging/Logger", "info"))))
        .containsExactly("java/util/logging/Logger.info");
    assertThat(logsOrPrints(fixture("stack.Bad", ArchitectureTest::systemOut)))
        .containsExactly("java/lang/System.out");
  }

  @Test
  void textDoesNotDependOnTheMachinesLocale() {
    assertThat(violations(ArchitectureTest::formatsByDefaultLocale)).isEmpty();

    assertThat(formatsByDefaultLocale(fixture("program.Bad", ArchitectureTest::format)))
        .containsExactly("java/lang/String.format");
    assertThat(formatsByDefaultLocale(fixture("frame.Bad", call("java/lang/String", "formatted"))))
        .containsExactly("java/lang/String.formatted");
    assertThat(formatsByDefaultLocale(fixture("host.Good", ArchitectureTest::formatInRoot)))
        .isEmpty();
  }

  @Test
  void theWholeLibraryIsLookedAt() {
    assertThat(library())
        .hasSizeGreaterThan(50)
        .anyMatch(model -> model.thisClass().asInternalName().equals("dev/dockwire/time/Loop"));
  }

  private static Set<String> usesUndrawn(ClassModel model) {
    Set<String> found = new TreeSet<>();
    String layer = layer(model);
    if (!USES.containsKey(layer)) {
      return Set.of(layer + " is no layer");
    }
    Set<String> drawn = Set.of((layer + " " + USES.get(layer)).split(" "));
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Matcher used = OWN_PACKAGE.matcher(text.stringValue());
        while (used.find()) {
          if (!drawn.contains(used.group(1))) {
            found.add(layer + " uses " + used.group(1));
          }
        }
      }
    }
    return found;
  }

  private static Set<String> leavesItsRoom(ClassModel model) {
    String[] path = model.thisClass().asInternalName().split("/");
    if (path.length < 5 || !path[2].equals("engine")) {
      return Set.of();
    }
    String room = path[3];
    if (!ENGINE_ROOMS.containsKey(room)) {
      return Set.of(room + " is no room");
    }
    Set<String> mayUse = Set.of((room + " EngineException " + ENGINE_ROOMS.get(room)).split(" "));
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Matcher used = OF_ENGINE.matcher(text.stringValue());
        while (used.find()) {
          if (!mayUse.contains(used.group(1))) {
            found.add(room + " uses " + used.group(1));
          }
        }
      }
    }
    return found;
  }

  private static Set<String> readsTimeOrChance(ClassModel model) {
    return layer(model).equals("time")
        ? Set.of()
        : members(
            model,
            member -> {
              Set<String> names = TIME_AND_CHANCE.get(member.owner().asInternalName());
              return names != null && (names == ANY || names.contains(member.name().stringValue()));
            });
  }

  private static Set<String> usesForeignLibrary(ClassModel model) {
    Map<String, List<String>> homes =
        Map.of(
            "com/lmax/disruptor",
            List.of("dev/dockwire/fabric/"),
            "io/netty",
            List.of("dev/dockwire/program/http/", "dev/dockwire/edge/"),
            "org/h2",
            List.of("dev/dockwire/program/mysql/sql/"),
            "org/pcap4j",
            List.of());
    String name = model.thisClass().asInternalName();
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        homes.forEach(
            (library, places) -> {
              if (text.stringValue().contains(library + "/")
                  && places.stream().noneMatch(name::startsWith)) {
                found.add(library);
              }
            });
      }
    }
    return found;
  }

  private static Set<String> logsOrPrints(ClassModel model) {
    return members(
        model,
        member -> {
          String owner = member.owner().asInternalName();
          return owner.startsWith("java/util/logging/")
              || owner.equals("java/lang/System")
                  && Set.of("out", "err").contains(member.name().stringValue());
        });
  }

  /** {@code %d} has other digits where the default locale is, say, Egyptian Arabic. */
  private static Set<String> formatsByDefaultLocale(ClassModel model) {
    return LOCALE_FREE.contains(layer(model))
        ? members(
            model,
            member -> {
              String name = member.name().stringValue();
              return member.owner().asInternalName().equals("java/lang/String")
                  && (name.equals("formatted")
                      || name.equals("format")
                          && member.type().stringValue().startsWith("(Ljava/lang/String;"));
            })
        : Set.of();
  }

  private static Set<String> members(
      ClassModel model, Function<MemberRefEntry, Boolean> isForbidden) {
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry member && isForbidden.apply(member)) {
        found.add(member.owner().asInternalName() + "." + member.name().stringValue());
      }
    }
    return found;
  }

  private static String layer(ClassModel model) {
    String name = model.thisClass().asInternalName();
    Matcher own = OWN_PACKAGE.matcher(name);
    return own.find() ? own.group(1) : name;
  }

  private static List<String> violations(Function<ClassModel, Set<String>> rule) {
    List<String> violations = new ArrayList<>();
    for (ClassModel model : library()) {
      for (String violation : rule.apply(model)) {
        violations.add(model.thisClass().asInternalName() + ": " + violation);
      }
    }
    return violations;
  }

  private static List<ClassModel> library() {
    try (Stream<Path> files =
        Files.walk(
            Path.of(Loop.class.getProtectionDomain().getCodeSource().getLocation().toURI()))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("package-info.class"))
          .sorted()
          .map(ArchitectureTest::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class with one method whose code breaks a rule, or does not. */
  private static ClassModel fixture(String name, Consumer<CodeBuilder> code) {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of("dev.dockwire." + name),
                builder ->
                    builder.withMethodBody(
                        "method",
                        MTD_void,
                        ClassFile.ACC_STATIC,
                        body -> {
                          code.accept(body);
                          body.return_();
                        }));
    return ClassFile.of().parse(bytes);
  }

  private static Consumer<CodeBuilder> call(String owner, String method) {
    ClassDesc type = ClassDesc.ofInternalName(owner);
    return body -> body.invokestatic(type, method, MethodTypeDesc.of(CD_long)).pop2();
  }

  /** Names the bridge as the type of an argument only. */
  private static void passBridgeOn(CodeBuilder body) {
    ClassDesc bridge = ClassDesc.of("dev.dockwire.bridge.Bridge");
    body.aconst_null()
        .invokestatic(ClassDesc.of("java.lang.Object"), "x", MethodTypeDesc.of(CD_void, bridge));
  }

  private static void newRandom(CodeBuilder body) {
    ClassDesc random = ClassDesc.of("java.util.Random");
    body.new_(random).dup().invokespecial(random, "<init>", MethodTypeDesc.of(CD_void)).pop();
  }

  private static void systemOut(CodeBuilder body) {
    body.getstatic(ClassDesc.of("java.lang.System"), "out", ClassDesc.of("java.io.PrintStream"))
        .pop();
  }

  private static void format(CodeBuilder body) {
    MethodTypeDesc type = MethodTypeDesc.of(CD_String, CD_String, CD_Object.arrayType());
    body.aconst_null().aconst_null().invokestatic(CD_String, "format", type).pop();
  }

  private static void formatInRoot(CodeBuilder body) {
    ClassDesc locale = ClassDesc.of("java.util.Locale");
    MethodTypeDesc type = MethodTypeDesc.of(CD_String, locale, CD_String, CD_Object.arrayType());
    body.aconst_null().aconst_null().aconst_null().invokestatic(CD_String, "format", type).pop();
  }
}
