package org.kerbside.gateway.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an asset of a kind is: its points and its settings.
 *
 * @param parents kinds that may stand as its {@code parent}; empty when it has none
 */
public record Kind(
    String name,
    SequencedMap<String, PointSpec> points,
    List<SettingSpec> settings,
    List<String> parents,
    Parent parent,
    Device device) {

  /** The gateway's own: in every site, and in no line of it. */
  public static final String CABINET = "cabinet";

  /** A bus of the gateway's, by its name under {@code buses}. */
  public static final String BUS = "bus";

  /** Whether an asset of this kind needs a parent. */
  public enum Parent {
    REQUIRED,
    OPTIONAL,
    NONE
  }

  /** Whether an asset of this kind needs a device. */
  public enum Device {
    REQUIRED,
    OPTIONAL
  }

  /** Whether the city owns assets of this kind, and a site lists them. */
  public boolean isListed() {
    return !name.equals(CABINET) && !name.equals(BUS);
  }

  /** Whether what it said and when tells of somebody who was there: it is for crews alone. */
  public boolean tellsOfPeople() {
    return name.equals("stall");
  }

  public Kind {
    points = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(points));
    settings = List.copyOf(settings);
    parents = List.copyOf(parents);
  }

  public @Nullable SettingSpec setting(String key) {
    return settings.stream().filter(s -> s.name().equals(key)).findFirst().orElse(null);
  }

  /** Kinds by name, in the order in which the page shows them. */
  public static SequencedMap<String, Kind> table(List<Kind> kinds) {
    Map<String, Kind> table = new LinkedHashMap<>();
    kinds.forEach(kind -> table.put(kind.name(), kind));
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(table));
  }
}
