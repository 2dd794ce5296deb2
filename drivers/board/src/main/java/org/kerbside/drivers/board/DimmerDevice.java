package org.kerbside.drivers.board;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A dimmer by PWM, or by 0–10 V behind one: it is told, and never asked. */
final class DimmerDevice implements OutputDevice {

  private final Binding binding;
  private final PinProfile.Dimmer profile;

  private Pins.@Nullable Output output; // from open on
  private double light;
  private double given;

  DimmerDevice(Binding binding, PinProfile.Dimmer profile) {
    this.binding = binding;
    this.profile = profile;
    this.light = profile.safe();
    this.given = profile.safe();
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
    light = profile.safe();
    given = light;
    output = pins.output(binding.line(), profile.period(), profile.curve().at(light));
  }

  @Override
  public void refuse(Value value) throws Refused {
    if (!(value instanceof Value.Num(var number) && number >= 0 && number <= 1)) {
      throw new Refused("%s cannot be %s: a dimmer is 0 to 1".formatted(binding.point(), value));
    }
  }

  @Override
  public void wants(Value value) {
    light = value instanceof Value.Num(var number) ? number : light;
  }

  @Override
  public boolean turns(long now) throws Unavailable {
    if (light == given) {
      return false;
    }
    give();
    return true;
  }

  @Override
  public void end() throws Unavailable {
    light = profile.safe();
    give();
    output = null;
  }

  private void give() throws Unavailable {
    if (output != null) {
      output.drive(profile.curve().at(light));
    }
    given = light;
  }

  @Override
  public long due() {
    return light == given ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  @Override
  public List<Sample> says(long now) {
    return List.of(Sample.of(binding.point(), given, Unit.RATIO).doubted(Reason.ONE_INPUT));
  }
}
