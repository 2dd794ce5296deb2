package org.kerbside.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting that an asset of a kind may or must have, beside those that all assets share.
 *
 * @param example shown in the remedy when it is missing: {@code 120cm}
 * @param source who knows it
 */
public record SettingSpec(String name, Shape shape, Need need, String example, Source source) {

  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  /** Where its value comes from. */
  public enum Source {
    /** It is decided, and stands in the site's file. */
    WRITTEN,
    /** It can be measured where the asset stands, and so calibrated. */
    MEASURED
  }

  /** What a setting may be written as. */
  public sealed interface Shape {

    /** A number with a unit: kept in {@code unit}. */
    record Quantity(Unit unit, double min, double max) implements Shape {}

    /** One of these words; the first is the default. */
    record Choice(List<String> words) implements Shape {}

    /** Free text. */
    record Words() implements Shape {}

    /** A section of settings, which stand in the asset's by dotted name: {@code meter.pulses}. */
    record Group(List<SettingSpec> settings) implements Shape {
      public Group {
        settings = List.copyOf(settings);
      }
    }

    /**
     * What one point alone is wired to: {@code bus/address}, or {@code { at, profile }}.
     *
     * @param point that the device speaks for, or moves
     * @param profile its usual one, as a site would write it
     */
    record Wired(String point, String profile) implements Shape {}

    /** A section or word whose meaning a later room knows. */
    record Open() implements Shape {}
  }

  public static SettingSpec required(String name, Shape shape, String example) {
    return new SettingSpec(name, shape, Need.REQUIRED, example, Source.WRITTEN);
  }

  public static SettingSpec optional(String name, Shape shape, String example) {
    return new SettingSpec(name, shape, Need.OPTIONAL, example, Source.WRITTEN);
  }

  /** The same setting, which can be measured on the spot. */
  public SettingSpec measured() {
    return new SettingSpec(name, shape, need, example, Source.MEASURED);
  }

  public boolean isMeasured() {
    return source == Source.MEASURED;
  }

  public @Nullable String fallback() {
    return shape instanceof Shape.Choice(var words) ? words.getFirst() : null;
  }
}
