package dev.dockwire.tools.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dockwire.engine.EngineState;
import dev.dockwire.engine.spec.ContainerSpec;
import dev.dockwire.engine.spec.RestartPolicy;
import dev.dockwire.frame.Ipv4Prefix;
import dev.dockwire.frame.MacAddress;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The state's file: every field there is comes back, and nothing is read from half a file. */
class StateFormatTest {

  private int made;

  /**
   * A value of which no part is what it would be by default, so that a field that is forgotten in
   * writing or in reading does not come back; made from the types, so that a new one cannot be
   * missed here.
   */
  private Object filled(Type type, String name) throws ReflectiveOperationException {
    made++;
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return switch (generic.getRawType().getTypeName()) {
        case "java.util.Optional" -> Optional.of(filled(arguments[0], name));
        case "java.util.List" -> List.of(filled(arguments[0], name), filled(arguments[0], name));
        case "java.util.Map" -> new LinkedHashMap<>(Map.of("k" + made, "v" + made));
        default -> throw new AssertionError("the test cannot make a " + type);
      };
    }
    Class<?> made = (Class<?>) type;
    if (made.isEnum()) {
      return made.getEnumConstants()[made.getEnumConstants().length - 1];
    }
    return switch (made.getSimpleName()) {
      case "String" -> name.equals("id") ? id() : name + " \"" + this.made + "\" \u00e9\n";
      case "int" -> this.made;
      case "long" -> Long.MAX_VALUE - this.made;
      case "boolean" -> true;
      case "OptionalLong" -> OptionalLong.of(Long.MAX_VALUE - this.made);
      case "MacAddress" -> new MacAddress(0x0242_0000_0000L + this.made);
      case "Ipv4Prefix" -> Ipv4Prefix.parse("10.%d.0.0/16".formatted(this.made % 256));
      case "RestartPolicy" -> new RestartPolicy("on-failure", this.made);
      case "ContainerSpec" -> filledSpec();
      default -> filledRecord(made);
    };
  }

  private String id() {
    return HexFormat.of().toHexDigits(made).repeat(8);
  }

  private Object filledRecord(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = filled(components[i].getGenericType(), components[i].getName());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private ContainerSpec filledSpec() throws ReflectiveOperationException {
    ContainerSpec spec = ContainerSpec.of("alpine");
    for (Field field : ContainerSpec.class.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        field.set(spec, filled(field.getGenericType(), field.getName()));
      }
    }
    return spec;
  }

  private EngineState filledState() throws ReflectiveOperationException {
    return (EngineState) filledRecord(EngineState.class);
  }

  @Test
  void everyFieldComesBack() throws Exception {
    EngineState state = filledState();
    assertThat(StateReader.snapshot(StateWriter.write(7, state)))
        .usingRecursiveComparison()
        .isEqualTo(new StateReader.Snapshot(7, state));
  }

  @Test
  void everyFieldOfAChangeComesBack() throws Exception {
    StateChange change = (StateChange) filledRecord(StateChange.class);
    assertThat(StateReader.change(StateWriter.write(change)))
        .usingRecursiveComparison()
        .isEqualTo(change);
  }

  @Test
  void whatIsEmptyComesBackEmpty() throws Exception {
    EngineState nothing = new EngineState(0, List.of(), List.of());
    assertThat(StateReader.snapshot(StateWriter.write(1, nothing)).state()).isEqualTo(nothing);
  }

  @Test
  void noBeginningOfAFileIsTakenForTheWhole() throws Exception {
    byte[] whole = StateWriter.write(1, filledState());
    for (int length = 0; length < whole.length; length++) {
      byte[] beginning = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> StateReader.snapshot(beginning))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("it is damaged: ");
    }
  }

  @Test
  void anotherVersionIsNotGuessedAt() {
    assertThatThrownBy(() -> read("{\"version\":1,\"generation\":0}"))
        .hasMessage("its version is 1, but this daemon reads version 2 only");
  }

  @Test
  void damageIsFoundAndSaid() {
    assertThatThrownBy(() -> read("{\"version\":2,\"number\":0}"))
        .hasMessage("it is damaged: invalid JSON: generation must be an integer");
    assertThatThrownBy(() -> read("[]")).hasMessageStartingWith("it is damaged: ");
    assertThatThrownBy(
            () ->
                read("{\"version\":2,\"number\":0,\"generation\":0,\"networks\":[{\"id\":\"b\"}]}"))
        .hasMessage("it is damaged: \"b\" is no id");
  }

  private static StateReader.Snapshot read(String text) throws IOException {
    return StateReader.snapshot(text.getBytes(StandardCharsets.UTF_8));
  }
}
