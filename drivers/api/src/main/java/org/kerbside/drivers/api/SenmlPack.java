package org.kerbside.drivers.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * A SenML pack after resolution (RFC 8428 §4.6): what each record says by itself.
 *
 * @param problems records that were refused, each told for people; the others stand
 * @param dating whether the same bytes say the same at any time
 */
public record SenmlPack(List<Entry> entries, List<String> problems, Dating dating) {

  /** What the times of a pack are counted from. */
  public enum Dating {
    /** Every record tells an absolute time: the same bytes again are the same readings. */
    ABSOLUTE,
    /** Some record tells none, or one that counts from its receipt. */
    RECEIPT
  }

  /**
   * One resolved record.
   *
   * @param number its place in the pack, from 1
   * @param name base name and name together
   * @param unit the symbol as written; absent where the record has none
   * @param at absent where neither record nor base tells a time
   */
  public record Entry(
      int number, String name, @Nullable String unit, Value value, @Nullable Instant at) {}

  public SenmlPack {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /**
   * What the pack says of one device's points. A name may begin with the device's address and a
   * slash. An unknown name, a unit of another quantity or another type of value costs that record
   * only.
   *
   * @param assets those that the device speaks for
   */
  public Said of(String device, List<Asset> assets) {
    var samples = new ArrayList<Sample>(entries.size());
    var refused = new ArrayList<>(problems);
    for (var entry : entries) {
      String quantity = quantity(entry.name(), device);
      var point = point(quantity, assets);
      String problem = point == null ? unknown(quantity, device) : problem(entry, point);
      if (problem == null) {
        samples.add(new Sample(quantity, entry.value(), unit(entry), Quality.GOOD, entry.at()));
      } else {
        refused.add("record %d: '%s': %s".formatted(entry.number(), entry.name(), problem));
      }
    }
    return new Said(samples, refused);
  }

  /** Samples of one device, and what of the pack was refused. */
  public record Said(List<Sample> samples, List<String> problems) {
    public Said {
      samples = List.copyOf(samples);
      problems = List.copyOf(problems);
    }
  }

  private static String quantity(String name, String device) {
    boolean prefixed = name.startsWith(device) && name.startsWith("/", device.length());
    return prefixed ? name.substring(device.length() + 1) : name;
  }

  private static @Nullable Point point(String quantity, List<Asset> assets) {
    for (var asset : assets) {
      var point = asset.point(quantity);
      if (point != null) {
        return point;
      }
    }
    return null;
  }

  private static String unknown(String quantity, String device) {
    return quantity.indexOf('/') < 0
        ? "the device has no such point; see the points of its asset's kind"
        : "the name is another device's: expected '%s/' or no prefix".formatted(device);
  }

  private static @Nullable String problem(Entry entry, Point point) {
    String expected = field(point.spec().type());
    String got = field(entry.value());
    if (!expected.equals(got)) {
      return "a value of another type: got %s, expected %s".formatted(got, expected);
    }
    if (entry.unit() == null || !(entry.value() instanceof Value.Num)) {
      return null;
    }
    var unit = Unit.of(entry.unit());
    if (unit == null) {
      return "unknown unit: got '%s', expected %s".formatted(entry.unit(), accepted(point));
    }
    return unit.fits(point.unit())
        ? null
        : "a unit of another quantity: got '%s', expected %s"
            .formatted(entry.unit(), accepted(point));
  }

  private static String accepted(Point point) {
    return String.join(", ", point.unit().siblings());
  }

  private static @Nullable Unit unit(Entry entry) {
    String symbol = entry.unit();
    return symbol != null && entry.value() instanceof Value.Num ? Unit.of(symbol) : null;
  }

  private static String field(PointType type) {
    return switch (type) {
      case NUM, COUNTER -> "v";
      case FLAG -> "vb";
      case STATE -> "vs";
    };
  }

  private static String field(Value value) {
    return switch (value) {
      case Value.Num num -> "v";
      case Value.Flag flag -> "vb";
      case Value.State state -> "vs";
    };
  }
}
