package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A lamp driver that gives half its light at 60 % duty, on a channel that is moved by hand. */
@Timeout(30)
class DimmerTest {

  private static final String PROFILE =
      """
      profile: half
      driver: board
      dimmer: { safe: 100%, curve: { 0%: 0%, 50%: 60%, 100%: 100% } }
      test: { order: 50%, expect: 60% }
      """;

  @Test
  void isDrivenByItsCurveAndToldByItsLight() throws Exception {
    var hardware = new HandHardware();
    var inlet = new RecordingInlet();
    var bus = Written.bus("{ pwm: label }");
    try (var field =
        new PinField(bus, new Place.Pwm("label"), List.of(lamp()), hardware, System::nanoTime)) {
      field.open(inlet);
      var full = Sample.of("dim", 1, Unit.RATIO).doubted(Reason.ONE_INPUT);
      Await.until("it tells", () -> inlet.samples().contains(full));
      field.move("2", "dim", new Value.Num(0.25));
      var quarter = Sample.of("dim", 0.25, Unit.RATIO).doubted(Reason.ONE_INPUT);
      Await.until("it is told", () -> inlet.samples().contains(quarter));
      assertThatThrownBy(() -> field.move("2", "dim", new Value.Num(1.1)))
          .isInstanceOf(Refused.class);
      assertThatThrownBy(() -> field.move("2", "dim", Value.Flag.TRUE)).isInstanceOf(Refused.class);
    }
    assertThat(hardware.driven()).containsExactly("2=1.0", "2=0.3", "2=1.0");
  }

  private static Device lamp() {
    var profile = Written.profile(PROFILE, new Mistakes());
    var asset = Assets.asset("a", Assets.num("dim", Unit.RATIO));
    return new Device("b", "2", Written.word("b/2"), asset, profile, "dim", null);
  }
}
