package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Quantities;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Value;

/** What rules order, and that no two of one priority order the same output. */
final class Orders {

  private static final String PARENT = "parent.";

  private final Ground ground;
  private final Mistakes mistakes;
  private final Map<Place, String> owners = new HashMap<>();

  private record Place(Point point, Issuer issuer) {}

  /**
   * An order, ready to be given.
   *
   * @param lasting how long it holds; absent: until the alarm is cleared
   */
  record Wanted(Order order, @Nullable Duration lasting) {

    Order release() {
      return new Order(order.point(), null, order.issuer(), order.by());
    }
  }

  Orders(Ground ground, Mistakes mistakes) {
    this.ground = ground;
    this.mistakes = mistakes;
  }

  /** What a rule orders of outputs of this asset and others. */
  List<Wanted> of(Rule rule, List<Rule.Doing> doings, Asset asset) {
    var orders = new ArrayList<Wanted>();
    for (var doing : doings) {
      var point = point(doing.set(), asset);
      var value = point == null ? null : value(doing.value(), point.spec(), mistakes);
      if (point != null && value != null && isFree(rule, doing, point)) {
        var order = new Order(point, value, doing.issuer(), rule.name().text());
        orders.add(new Wanted(order, doing.lasting()));
      }
    }
    return orders;
  }

  /** A value as people write it, for a point; null, and a mistake, when it is none. */
  static @Nullable Value value(Text text, PointSpec spec, Mistakes mistakes) {
    return switch (spec.type()) {
      case NUM, COUNTER -> {
        Double number = Quantities.read(text, spec.unit(), mistakes);
        yield number == null ? null : new Value.Num(number);
      }
      case FLAG ->
          word(text, List.of("true", "false"), mistakes)
              ? Value.Flag.of(text.text().equals("true"))
              : null;
      case STATE -> word(text, spec.words(), mistakes) ? new Value.State(text.text()) : null;
    };
  }

  private static boolean word(Text text, List<String> words, Mistakes mistakes) {
    if (!words.contains(text.text())) {
      mistakes.add(
          text.mark(),
          "E104",
          "'%s' is no value here".formatted(text),
          Nearest.help(text.text(), words));
    }
    return words.contains(text.text());
  }

  private @Nullable Point point(Text set, Asset asset) {
    var name = set.text();
    int slash = name.indexOf('/');
    var owner =
        slash >= 0
            ? ground.asset(name.substring(0, slash))
            : name.startsWith(PARENT) ? ground.asset(asset.parent()) : asset;
    var last = name.substring(Math.max(slash, name.lastIndexOf('.')) + 1);
    var point = owner == null ? null : owner.point(last);
    if (point == null || !point.spec().isWritable()) {
      var writable =
          owner == null
              ? ground.ids()
              : owner.points().stream()
                  .filter(other -> other.spec().isWritable())
                  .map(Point::name)
                  .toList();
      mistakes.add(
          set.mark(),
          "E404",
          point == null
              ? "no output is called '%s'".formatted(set)
              : "'%s' is observed only, nobody moves it".formatted(set),
          Nearest.help(last, writable));
      return null;
    }
    return point;
  }

  private boolean isFree(Rule rule, Rule.Doing doing, Point point) {
    String name = rule.name().text();
    String owner = owners.putIfAbsent(new Place(point, doing.issuer()), name);
    if (owner == null || owner.equals(name)) {
      return true;
    }
    mistakes.add(
        doing.set().mark(),
        "E405",
        "rules '%s' and '%s' both order %s with one priority".formatted(owner, name, point),
        "keep one, or switch one off for this asset");
    return false;
  }
}
