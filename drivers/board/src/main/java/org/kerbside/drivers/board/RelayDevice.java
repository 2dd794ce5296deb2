package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A relay or a valve. What it says is what its coil was given: nothing comes back from it. */
final class RelayDevice implements OutputDevice {

  /** What is counted of it, where the asset has a point for that. */
  static final String SWITCHES = "switches";

  private final Binding binding;
  private final PinProfile.Switch profile;
  private final boolean isNumber;
  private final boolean isCounted;
  private final Relay relay;

  private Pins.@Nullable Output output; // from open on

  /**
   * Takes nothing yet.
   *
   * @param sort of the point, and whether its switches are counted
   */
  RelayDevice(Binding binding, PinProfile.Switch profile, Sort sort) {
    this.binding = binding;
    this.profile = profile;
    this.isNumber = sort.isNumber();
    this.isCounted = sort.isCounted();
    this.relay = new Relay(profile.safe(), profile.leastOn(), profile.leastOff());
  }

  /**
   * What is told of it.
   *
   * @param isNumber 0 and 1 as a valve, else false and true
   */
  record Sort(boolean isNumber, boolean isCounted) {}

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
    relay.madeSafe(profile.safe());
    output = pins.output(binding.line(), Duration.ZERO, share());
  }

  @Override
  public void refuse(Value value) throws Refused {
    boolean fits =
        switch (value) {
          case Value.Flag flag -> !isNumber;
          case Value.Num(var number) -> isNumber && (number == 0 || number == 1);
          case Value.State state -> false;
        };
    if (!fits) {
      throw new Refused(
          "%s cannot be %s: a relay is %s"
              .formatted(binding.point(), value, isNumber ? "0 or 1" : "true or false"));
    }
  }

  @Override
  public void wants(Value value) {
    relay.wants(
        value instanceof Value.Num(var number) ? number == 1 : Value.Flag.TRUE.equals(value));
  }

  @Override
  public boolean turns(long now) throws Unavailable {
    if (!relay.switches(now)) {
      return false;
    }
    drive();
    return true;
  }

  @Override
  public void end() throws Unavailable {
    relay.madeSafe(profile.safe());
    drive();
    output = null;
  }

  private void drive() throws Unavailable {
    if (output != null) {
      output.drive(share());
    }
  }

  private double share() {
    return relay.isOn() == (profile.on() == Level.HIGH) ? 1 : 0;
  }

  @Override
  public long due() {
    return relay.due();
  }

  @Override
  public List<Sample> says(long now) {
    var samples = new ArrayList<Sample>();
    var is =
        isNumber
            ? Sample.of(binding.point(), relay.isOn() ? 1 : 0, Unit.RATIO)
            : Sample.of(binding.point(), relay.isOn());
    samples.add(is.doubted(Reason.ONE_INPUT));
    samples.addAll(counts());
    return samples;
  }

  /** How often it has switched, where that is told. */
  List<Sample> counts() {
    return isCounted
        ? List.of(Sample.of(SWITCHES, (double) relay.switches(), Unit.COUNT))
        : List.of();
  }

  /** Told as 0 and 1, as a valve is. */
  boolean isNumber() {
    return isNumber;
  }
}
