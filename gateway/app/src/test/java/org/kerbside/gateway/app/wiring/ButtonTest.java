package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Text;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.CabinetButton.Press;

/** Who has opened the cabinet, and for how long that is believed. */
class ButtonTest {

  private static final Asset CABINET = cabinet();

  private Duration up = Duration.ofMinutes(5);
  private final Button button = new Button(List.of(wired("button")), new Hand());

  @Test
  void aPressIsGoodForAMinute() {
    says(false);
    assertThat(button.press()).isEqualTo(Press.RESTING);
    says(true);
    assertThat(button.press()).isEqualTo(Press.PRESSED);
    says(false);
    up = up.plusSeconds(60);
    assertThat(button.press()).isEqualTo(Press.PRESSED);
    up = up.plusMillis(1);
    assertThat(button.press()).isEqualTo(Press.RESTING);
  }

  /** Heard late, as after a commit that a slow disk held up, it is as old as it is. */
  @Test
  void aPressCountsFromWhenItWas() {
    says(false);
    var pressed = reading(true);
    up = up.plusSeconds(61);
    button.hear(List.of(pressed));
    assertThat(button.press()).isEqualTo(Press.RESTING);
  }

  @Test
  void aPressThatCameAndWentInOneBatchCounts() {
    button.hear(List.of(reading(false), reading(true), reading(false)));
    assertThat(button.press()).isEqualTo(Press.PRESSED);
  }

  @Test
  void oneThatIsStuckOpensNothing() {
    says(true); // as the gateway starts
    assertThat(button.press()).isEqualTo(Press.RESTING);
    says(false);
    says(true);
    assertThat(button.press()).isEqualTo(Press.PRESSED);
    for (int i = 0; i < 7; i++) {
      up = up.plusSeconds(10);
      says(true); // told again and again that it is down
    }
    assertThat(button.press()).isEqualTo(Press.RESTING);
  }

  @Test
  void whatIsNotBelievedIsNoPress() {
    says(false);
    button.hear(
        List.of(
            new Reading(
                point(), null, new Quality.Bad(Reason.SILENT), now(), Reading.Timing.RECEIPT)));
    says(true);
    assertThat(button.press()).isEqualTo(Press.RESTING);
  }

  @Test
  void withoutADeviceThatIsItThereIsNone() {
    var none = new Button(List.of(wired("door"), wired(null)), new Hand());
    none.hear(List.of(reading(false), reading(true)));
    assertThat(none.press()).isEqualTo(Press.NOT_FITTED);
  }

  private void says(boolean isDown) {
    button.hear(List.of(reading(isDown)));
  }

  private Reading reading(boolean isDown) {
    return new Reading(point(), Value.Flag.of(isDown), Quality.GOOD, now(), Reading.Timing.RECEIPT);
  }

  private static Point point() {
    return CABINET.points().getFirst();
  }

  private Moment now() {
    return new Moment(Instant.EPOCH.plus(up), ClockQuality.SYNC, up);
  }

  private static Device wired(@Nullable String point) {
    var at = new Text("gpio/27", Mark.of("site.yaml", "gpio/27"), Text.Style.PLAIN);
    return new Device("gpio", "27", at, CABINET, null, point, null);
  }

  private static Asset cabinet() {
    var like = Assets.asset("cabinet", Assets.flag("button"), Assets.flag("door"));
    var kind =
        new Kind(
            Kind.CABINET,
            like.kind().points(),
            List.of(),
            List.of(),
            Kind.Parent.NONE,
            Kind.Device.OPTIONAL);
    return new Asset("cabinet", kind, "cabinet", null, like.points(), Map.of(), Map.of());
  }

  /** Stands where it is put. */
  private final class Hand implements Clock {
    @Override
    public Moment now() {
      return ButtonTest.this.now();
    }

    @Override
    public long nanos() {
      return up.toNanos();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}
