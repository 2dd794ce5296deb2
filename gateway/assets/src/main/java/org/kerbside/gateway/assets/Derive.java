package org.kerbside.gateway.assets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;

/**
 * Makes asset points from what devices said: fill, occupied, lit, free. Pure: everything that it
 * remembers is in the {@link Memory} that is handed in. What a device says itself is never derived
 * over it.
 */
public final class Derive {

  /** The latest reading of each point, by its index. Belongs to control's thread. */
  public static final class Memory {
    private final @Nullable Reading[] latest;
    private final @Nullable Moment[] switched;

    private Memory(int points) {
      latest = new @Nullable Reading[points];
      switched = new @Nullable Moment[points];
    }

    @Nullable Reading latest(int index) {
      return latest[index];
    }

    /** When a point's value last became another one; null while it never did. */
    @Nullable Moment switched(int index) {
      return switched[index];
    }

    private void keep(Reading reading) {
      int index = reading.point().index();
      var last = latest[index];
      if (last != null && last.value() != null && !last.value().equals(reading.value())) {
        switched[index] = reading.at();
      }
      latest[index] = reading;
    }

    /** An older one is no news: it goes to the journal and not to memory. */
    private boolean isNews(Reading reading) {
      var last = latest[reading.point().index()];
      return last == null || !isBefore(reading, last);
    }

    /** What follows from several inputs is as young as the youngest: their clocks may differ. */
    private Reading youngest(Reading follows) {
      var last = latest[follows.point().index()];
      return last == null || !isBefore(follows, last)
          ? follows
          : new Reading(
              follows.point(), follows.value(), follows.quality(), last.at(), last.timing());
    }

    /** Sources are compared by their own clocks: ours may have been set meanwhile. */
    private static boolean isBefore(Reading reading, Reading last) {
      if (reading.timing() == Reading.Timing.RECEIPT) {
        return false;
      }
      return last.timing() == Reading.Timing.SOURCE
          ? reading.at().wall().isBefore(last.at().wall())
          : reading.at().isBefore(last.at());
    }
  }

  /** Makes the points of one asset. Several assets of a kind have one each. */
  interface Step {

    /** Tells what follows from a reading, which is in memory already. */
    @Nullable Reading follows(Memory memory, Reading reading);
  }

  private final @Nullable Step[] steps; // by the index of the point that sets it off
  private final int points;

  public Derive(List<Asset> assets) {
    points = assets.stream().mapToInt(asset -> asset.points().size()).sum();
    steps = new @Nullable Step[points];
    Map<String, List<Asset>> children = new HashMap<>();
    for (var asset : assets) {
      if (asset.parent() != null) {
        children.computeIfAbsent(asset.parent(), parent -> new ArrayList<>()).add(asset);
      }
    }
    for (var asset : assets) {
      switch (asset.kind().name()) {
        case "bin" -> on(Fill.of(asset), asset, "distance");
        case "lamp" -> on(Lit.of(asset), asset, "power");
        case "stall" -> on(Occupied.of(asset), asset, "presence", "shut");
        case "toilet" -> {
          var stalls = children.getOrDefault(asset.id(), List.of());
          var free = Free.of(asset, stalls);
          stalls.forEach(stall -> on(free, stall, "occupied"));
        }
        default -> {} // Most kinds say everything themselves.
      }
    }
  }

  public Memory start() {
    return new Memory(points);
  }

  /** The readings with what follows from them, each behind the one that it follows from. */
  public List<Reading> apply(Memory memory, List<Reading> readings) {
    var made = new ArrayList<Reading>(readings.size() + 8);
    for (var reading : readings) {
      take(memory, reading, made);
    }
    return made;
  }

  private void take(Memory memory, Reading reading, List<Reading> made) {
    made.add(reading);
    int index = reading.point().index();
    if (!memory.isNews(reading)) {
      return;
    }
    memory.keep(reading);
    var step = steps[index];
    if (step == null) {
      return;
    }
    var follows = step.follows(memory, reading);
    if (follows != null) {
      take(memory, memory.youngest(follows), made);
    }
  }

  private void on(@Nullable Step step, Asset asset, String... inputs) {
    if (step == null) {
      return;
    }
    for (var input : inputs) {
      var point = asset.point(input);
      if (point != null) {
        steps[point.index()] = step;
      }
    }
  }
}
