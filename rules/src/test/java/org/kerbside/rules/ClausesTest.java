package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/** What we weigh ourselves says what CEL says. */
class ClausesTest {

  private static final long SEED = 20_261_126;
  private static final int CONDITIONS = 600;
  private static final int STREETS = 40; // for each of them

  private static final Street STREET =
      new Street()
          .with("toilet", "wc", null)
          .with("stall", "stall-1", "wc")
          .with("stall", "stall-2", "wc")
          .with("stall", "stall-3", "wc")
          .with("master", "master", null)
          .with("zone", "zone-1", "master")
          .with("zone", "zone-2", "master");
  private static final List<String> FLAGS =
      List.of("occupied", "shut", "parent.sign", "parent.ordered.sign", "has(shut)", "true");
  private static final List<String> NUMBERS =
      List.of("parent.free", "parent.visits", "uses", "limit", "3", "0.5", "assets.zone.size()");
  private static final List<String> WORDS =
      List.of("presence == 'still'", "presence != 'none'", "presence in ['moving', 'both']");
  private static final List<String> MEMBERS =
      List.of("s.occupied", "s.shut && !s.occupied", "has(s.shut)", "s.uses > 2.0");

  private final Random random = new Random(SEED);
  private final Mistakes mistakes = new Mistakes();
  private final Ground ground = new Ground(STREET.site().assets(), List.of(), Street.SITE);
  private final Conditions conditions = new Conditions(new Span.Table(), mistakes);
  private final Memory memory = new Memory(200, 0, List.of(), Street.SITE);

  @Test
  void randomConditionsOnRandomStreets() {
    int weighed = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      var written = "(" + condition(3) + ")";
      var text = new Text(written, Mark.of("test", written), Text.Style.PLAIN);
      var ours = conditions.read(text, scope());
      var cels = conditions.ask(text, scope());
      assertThat(mistakes.all()).isEmpty();
      if (ours == null || cels == null) {
        throw new AssertionError(written);
      }
      weighed += ours instanceof Condition.Weighed ? 1 : 0;
      for (int j = 0; j < STREETS; j++) {
        shuffle();
        assertThat(ours.test(memory)).as("seed %d: %s", SEED, written).isEqualTo(cels.test(memory));
      }
    }
    assertThat(weighed).as("of what is no ternary").isEqualTo(CONDITIONS);
  }

  /** CEL holds a member's unknown word to be another one. */
  @Test
  void aMembersUnknownWordIsUnknown() {
    var written = "assets.stall.exists(s, s.presence == 'still')";
    var text = new Text(written, Mark.of("test", written), Text.Style.PLAIN);
    assertThat(conditions.read(text, scope()))
        .isNotNull()
        .extracting(condition -> condition.test(memory))
        .isEqualTo(Truth.UNKNOWN);
  }

  /** Nothing that ships waits for CEL. */
  @Test
  void allThatShipsIsWeighed() {
    assertThat(Shipped.asItIs().conditions())
        .isNotEmpty()
        .noneMatch(condition -> condition instanceof Asked);
  }

  private Scope scope() {
    var stall = ground.asset("stall-1");
    if (stall == null) {
      throw new IllegalStateException("no stall");
    }
    var limit = new Text("7", Mark.of("test", "7"), Text.Style.PLAIN);
    Map<String, Rule.Parameter> parameters = Map.of("limit", new Rule.Parameter(limit, 7, null));
    return new Scope(stall, ground, parameters, Rule.Origin.SITE);
  }

  private String condition(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(%s && %s)".formatted(condition(depth - 1), condition(depth - 1));
      case 1 -> "(%s || %s)".formatted(condition(depth - 1), condition(depth - 1));
      case 2 -> "!(%s)".formatted(condition(depth - 1));
      default -> leaf();
    };
  }

  private String leaf() {
    return switch (random.nextInt(6)) {
      case 0 -> one(FLAGS);
      case 1 -> one(WORDS);
      case 2 -> "%s %s %s".formatted(number(), one(List.of("<", "<=", ">", ">=")), number());
      case 3 -> "%s %s %s".formatted(number(), one(List.of("==", "!=")), number());
      case 4 -> "assets.stall.%s(s, %s)".formatted(one(List.of("all", "exists")), one(MEMBERS));
      default ->
          "assets.stall.filter(s, %s).size() > %d.0".formatted(one(MEMBERS), random.nextInt(3));
    };
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> "(%s %s %s)".formatted(one(NUMBERS), one(List.of("+", "-", "*")), one(NUMBERS));
      case 1 -> "-%s".formatted(one(List.of("uses", "parent.free")));
      default -> one(NUMBERS);
    };
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Everything is something else, or unknown. */
  private void shuffle() {
    for (var asset : STREET.site().assets()) {
      for (var point : asset.points()) {
        boolean isKnown = random.nextInt(4) > 0;
        memory.observe(point, isKnown ? value(point) : null);
        memory.order(point, isKnown ? value(point) : null);
      }
    }
  }

  private Value value(Point point) {
    return switch (point.spec().type()) {
      case FLAG -> Value.Flag.of(random.nextBoolean());
      case NUM, COUNTER ->
          new Value.Num(Stream.of(0.0, .5, 3.0, 7.0).toList().get(random.nextInt(4)));
      case STATE -> new Value.State(one(point.spec().words()));
    };
  }
}
