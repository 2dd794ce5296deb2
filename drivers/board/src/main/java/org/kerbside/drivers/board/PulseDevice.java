package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;

/** A meter that gives pulses. It tells the count since the start; the total is the asset's. */
final class PulseDevice implements Attached {

  /** Often enough for a flow, seldom enough for the intake. */
  private static final long PACE = Duration.ofSeconds(1).toNanos();

  private final Binding binding;
  private final PinProfile.Pulses profile;
  private final Consumer<Level> edges;
  private final PulseCount pulses;

  private Pins.@Nullable Input input; // from open on
  private long told = -1; // the count
  private long toldAt;
  private long bounced; // that was told of

  /**
   * Takes nothing yet.
   *
   * @param edges where the line's own thread leaves them
   */
  PulseDevice(
      Binding binding,
      PinProfile.Pulses profile,
      PulseCount.Treatment treatment,
      Consumer<Level> edges) {
    this.binding = binding;
    this.profile = profile;
    this.edges = edges;
    this.pulses = new PulseCount(treatment);
  }

  @Override
  public String address() {
    return binding.address();
  }

  @Override
  public String point() {
    return binding.point();
  }

  @Override
  public void open(Pins pins, long now) throws Unavailable {
    input = pins.input(binding.line(), profile.pull(), edges);
    pulses.finds(input.level(), now);
  }

  @Override
  public void hears(Level level, long at) {
    pulses.hears(level, at);
  }

  @Override
  public boolean look(long now) throws Unavailable {
    return input == null || input.level() == pulses.raw();
  }

  @Override
  public boolean turns(long now) {
    if (pulses.count() == told || (told >= 0 && now - toldAt < PACE)) {
      return false;
    }
    told = pulses.count();
    toldAt = now;
    return true;
  }

  @Override
  public long due() {
    return pulses.count() == told ? Long.MAX_VALUE : toldAt + PACE;
  }

  @Override
  public List<Sample> says(long now) {
    var unit = profile.unit();
    double amount = pulses.count() * profile.step();
    return List.of(Sample.of(binding.point(), amount, unit == null ? Unit.COUNT : unit));
  }

  @Override
  public List<String> problems() {
    long more = pulses.bounced() - bounced;
    bounced = pulses.bounced();
    return more == 0
        ? List.of()
        : List.of(
            "%s: %d pulses faster than the meter can turn, not counted; see its wire and its magnet"
                .formatted(binding.point(), more));
  }
}
