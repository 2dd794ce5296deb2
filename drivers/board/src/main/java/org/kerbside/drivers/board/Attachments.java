package org.kerbside.drivers.board;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.PointType;

/** Makes of the devices of a site what is attached to the lines of a bus. */
final class Attachments {

  private final Acts acts;
  private final LongSupplier nanos;

  /**
   * @param nanos monotonic time
   */
  Attachments(Acts acts, LongSupplier nanos) {
    this.acts = acts;
    this.nanos = nanos;
  }

  /** One that {@link LineCheck} found good. */
  Attached of(Device device) {
    var lines = Lines.of(device.address());
    var written = device.profile();
    var profile = written == null ? null : PinProfile.read(written, new Mistakes());
    var name = device.point();
    if (lines == null || profile == null || name == null) {
      throw new IllegalArgumentException("%s was not checked".formatted(device.at()));
    }
    var binding = new Binding(device.address(), lines.line(), name);
    return switch (profile) {
      case PinProfile.Input input -> {
        var edges = new Edges();
        yield edges.of(new ContactDevice(binding, input, edges, nanos.getAsLong()));
      }
      case PinProfile.Pulses pulses -> {
        var edges = new Edges();
        var treatment = Pace.of(pulses, device.asset()).treatment(pulses.edge());
        yield edges.of(new PulseDevice(binding, pulses, treatment, edges));
      }
      case PinProfile.Switch relay -> {
        var made = new RelayDevice(binding, relay, sort(device, name));
        yield lines.feedback() == null ? made : observed(made, lines.feedback());
      }
      case PinProfile.Dimmer dimmer -> new DimmerDevice(binding, dimmer);
    };
  }

  private Attached observed(RelayDevice relay, int feedback) {
    var edges = new Edges();
    var binding = new Binding(relay.address(), feedback, relay.point());
    var contact = new ContactDevice(binding, PinProfile.feedback(), edges, nanos.getAsLong());
    return edges.of(new ObservedRelay(relay, contact));
  }

  private static RelayDevice.Sort sort(Device device, String name) {
    var asset = device.asset();
    var point = asset.point(name);
    return new RelayDevice.Sort(
        point != null && point.spec().type() == PointType.NUM,
        name.equals("on") && asset.point(RelayDevice.SWITCHES) != null);
  }

  /** Where a line's own thread leaves its edges: it only hands over. */
  private final class Edges implements Consumer<Level> {

    private @Nullable Attached of; // from the making on

    Attached of(Attached device) {
      of = device;
      return device;
    }

    @Override
    public void accept(Level level) {
      if (of != null) {
        acts.put(new Acts.Act.Edge(of, level, nanos.getAsLong()));
      }
    }
  }
}
