package dev.dockwire.capture.filter;

import dev.dockwire.capture.filter.Condition.Comparison;
import dev.dockwire.capture.filter.Condition.End;
import dev.dockwire.frame.MacAddress;
import java.util.List;

/**
 * Reads an expression into a {@link Condition}.
 *
 * <pre>
 * expression = operand { (and | or) (operand | id | "(" ids ")") }    and, or: equal, left to right
 * operand    = not operand | "(" expression ")" | relation | primitive
 * primitive  = qualifiers (id | "(" ids ")") | protocol | other
 * </pre>
 *
 * An id without qualifiers takes those of the primitive before it: {@code port 80 or 443}. Behind
 * {@code vlan} everything is behind its tag.
 */
final class Parser {

  private static final MacAddress BROADCAST = MacAddress.BROADCAST;

  /** What reads or tests a condition goes as deep as it does, and no stack is endless. */
  private static final int MAX_TOKENS = 2_048;

  private static final int MAX_OPEN_BRACKETS = 100;

  private final List<Token> tokens;
  private final Primitives primitives;
  private final ArithmeticParser numbers;
  private final Cursor cursor;
  private int tags;

  /** A condition and the qualifiers that an id behind it takes. */
  private record Operand(Condition condition, Qualifiers qualifiers) {}

  Parser(List<Token> tokens, FilterNames names) {
    this.tokens = tokens;
    this.primitives = new Primitives(names);
    this.cursor = new Cursor(tokens);
    this.numbers = new ArithmeticParser(cursor);
  }

  Condition parse() throws FilterException {
    if (tokens.isEmpty()) {
      return new Condition.Always();
    }
    requireBounded();
    Condition condition = expression().condition();
    if (!cursor.atEnd()) {
      throw FilterException.syntaxError();
    }
    return condition;
  }

  private void requireBounded() throws FilterException {
    int open = 0;
    int most = 0;
    for (Token token : tokens) {
      if (token.is("(") || token.is("[")) {
        open++;
      } else if (token.is(")") || token.is("]")) {
        open--;
      }
      most = Math.max(most, open);
    }
    if (tokens.size() > MAX_TOKENS || most > MAX_OPEN_BRACKETS) {
      throw FilterException.tooComplex();
    }
  }

  private Operand expression() throws FilterException {
    Operand left = operand();
    while (cursor.isAnd() || cursor.isOr()) {
      boolean and = cursor.isAnd();
      cursor.next();
      Operand right = idsFollow() ? ids(left.qualifiers()) : operand();
      left = new Operand(join(and, left.condition(), right.condition()), right.qualifiers());
    }
    return left;
  }

  private static Condition join(boolean and, Condition first, Condition second) {
    return and ? new Condition.And(first, second) : new Condition.Or(first, second);
  }

  private Operand operand() throws FilterException {
    if (cursor.isNot()) {
      boolean odd = cursor.acceptNots();
      Operand inner = operand();
      return odd ? new Operand(new Condition.Not(inner.condition()), inner.qualifiers()) : inner;
    }
    int start = cursor.position();
    Condition relation = numbers.relation();
    if (relation != null) {
      return new Operand(behindTags(relation), Qualifiers.NONE);
    }
    cursor.position(start);
    if (cursor.accept("(")) {
      Operand inner = expression();
      cursor.expect(")");
      return inner;
    }
    return primitive();
  }

  /** Whether ids follow, in parentheses or not, rather than an operand with its own qualifiers. */
  private boolean idsFollow() throws FilterException {
    int start = cursor.position();
    while (cursor.isNot() || cursor.is("(")) {
      // What counts is what is inside.
      cursor.next();
    }
    boolean id = cursor.isId();
    cursor.position(start);
    if (id) {
      id = numbers.relation() == null;
      cursor.position(start);
    }
    return id;
  }

  /** Reads one id, a negated one, or several in parentheses. */
  private Operand ids(Qualifiers qualifiers) throws FilterException {
    if (cursor.isNot()) {
      boolean odd = cursor.acceptNots();
      Operand inner = ids(qualifiers);
      return odd ? new Operand(new Condition.Not(inner.condition()), qualifiers) : inner;
    }
    if (!cursor.accept("(")) {
      return new Operand(behindTags(id(qualifiers)), qualifiers);
    }
    Condition all = ids(qualifiers).condition();
    while (cursor.isAnd() || cursor.isOr()) {
      boolean and = cursor.isAnd();
      cursor.next();
      all = join(and, all, ids(qualifiers).condition());
    }
    cursor.expect(")");
    return new Operand(all, qualifiers);
  }

  private Condition id(Qualifiers qualifiers) throws FilterException {
    Token token = cursor.next();
    return switch (token.kind()) {
      case NUMBER -> primitives.number(ArithmeticParser.number(token.text()), qualifiers);
      case DOTTED -> dotted(token.text(), qualifiers);
      case MAC -> primitives.mac(token.text(), qualifiers);
      case NAME -> primitives.name(token.text(), qualifiers);
      default -> throw FilterException.syntaxError();
    };
  }

  private Condition dotted(String address, Qualifiers qualifiers) throws FilterException {
    if (cursor.accept("/")) {
      return primitives.prefix(address, cursor.number(), qualifiers);
    }
    if (cursor.accept("mask")) {
      return primitives.masked(address, cursor.dotted(), qualifiers);
    }
    return primitives.dotted(address, qualifiers);
  }

  private Operand primitive() throws FilterException {
    Header header = cursor.header();
    if (header == null && cursor.accept("icmp6")) {
      return other(new Condition.Ipv6Protocol(Primitives.ICMP6));
    }
    if (header == null && cursor.accept("vlan")) {
      return new Operand(vlan(), Qualifiers.NONE);
    }
    if (cursor.accept("broadcast")) {
      return other(broadcast(header));
    }
    if (cursor.accept("multicast")) {
      return other(multicast(header));
    }
    End end = end();
    Qualifiers.Kind kind = kind();
    if (end != null || kind != Qualifiers.Kind.DEFAULT) {
      return ids(new Qualifiers(header, end, kind));
    }
    return other(header == null ? unqualified() : primitives.protocol(header));
  }

  private Operand other(Condition condition) {
    return new Operand(behindTags(condition), Qualifiers.NONE);
  }

  private Condition behindTags(Condition condition) {
    return tags == 0 ? condition : new Condition.Behind(tags, condition);
  }

  private End end() throws FilterException {
    boolean source = cursor.accept("src");
    if (!source && !cursor.accept("dst")) {
      return null;
    }
    int start = cursor.position();
    boolean or = cursor.accept("or") || cursor.accept("||");
    boolean and = !or && (cursor.accept("and") || cursor.accept("&&"));
    if ((or || and) && cursor.accept(source ? "dst" : "src")) {
      return or ? End.EITHER : End.BOTH;
    }
    cursor.position(start);
    return source ? End.SOURCE : End.DESTINATION;
  }

  private Qualifiers.Kind kind() throws FilterException {
    if (cursor.accept("host")) {
      return Qualifiers.Kind.HOST;
    } else if (cursor.accept("net")) {
      return Qualifiers.Kind.NET;
    } else if (cursor.accept("port")) {
      return Qualifiers.Kind.PORT;
    } else if (cursor.accept("portrange")) {
      return Qualifiers.Kind.PORT_RANGE;
    } else if (cursor.accept("proto")) {
      return Qualifiers.Kind.PROTOCOL;
    } else if (cursor.accept("gateway")) {
      return Qualifiers.Kind.GATEWAY;
    }
    return Qualifiers.Kind.DEFAULT;
  }

  private Condition broadcast(Header header) throws FilterException {
    if (header == Header.IP) {
      return primitives.ipBroadcast();
    }
    if (header != null && header != Header.ETHER) {
      throw new FilterException("only link-layer/IP broadcast filters supported");
    }
    return new Condition.EtherAddress(End.DESTINATION, BROADCAST.value());
  }

  private static Condition multicast(Header header) throws FilterException {
    if (header == Header.IP) {
      return new Condition.IpMulticast();
    }
    if (header != null && header != Header.ETHER) {
      throw new FilterException("link-layer multicast filters supported only on ethernet");
    }
    return new Condition.EtherMulticast();
  }

  private Condition unqualified() throws FilterException {
    if (cursor.accept("less")) {
      return length(Comparison.LESS_OR_EQUAL);
    } else if (cursor.accept("greater")) {
      return length(Comparison.GREATER_OR_EQUAL);
    } else if (cursor.accept("inbound")) {
      return new Condition.Way(true);
    } else if (cursor.accept("outbound")) {
      return new Condition.Way(false);
    }
    throw FilterException.syntaxError();
  }

  private Condition length(Comparison comparison) throws FilterException {
    Arithmetic limit = new Arithmetic.Constant((int) cursor.number());
    return new Condition.Relation(new Arithmetic.Length(), comparison, limit);
  }

  /** The tag itself is where the condition looks; all that follow look behind it. */
  private Condition vlan() throws FilterException {
    long id = cursor.isNumber() ? cursor.number() : Condition.Vlan.ANY_ID;
    if (id > 0xfff) {
      throw new FilterException("VLAN tag " + id + " greater than maximum 4095");
    }
    Condition vlan = new Condition.Behind(tags, new Condition.Vlan((int) id));
    tags++;
    return vlan;
  }
}
