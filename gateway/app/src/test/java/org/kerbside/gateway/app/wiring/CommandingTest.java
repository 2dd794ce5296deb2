package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.Deed;
import org.kerbside.gateway.cli.Visitor;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.page.Attendance;
import org.kerbside.gateway.page.CabinetButton.Press;

/** What the command line may not do from afar. */
class CommandingTest {

  private final List<String> asked = new ArrayList<>();
  private Press press = Press.RESTING;

  @Test
  void aCallForHelpIsResetByWhoPressesTheCabinetsButton() throws Exception {
    assertThatThrownBy(() -> acknowledge("stall-2/stall-sos"))
        .isInstanceOfSatisfying(
            CommandException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
              assertThat(refused.help()).contains("press the button inside");
            });
    acknowledge("bin-2/bin-overflow");
    press = Press.PRESSED;
    acknowledge("stall-2/stall-sos");
    press = Press.NOT_FITTED;
    acknowledge("stall-2/stall-sos");
    assertThat(asked)
        .containsExactly("bin-2/bin-overflow", "stall-2/stall-sos", "stall-2/stall-sos");
  }

  private void acknowledge(String alarm) throws CommandException {
    deed().done("subject=%s&by=4711".formatted(alarm), new Visitor("root", true));
  }

  private Deed deed() {
    var view = new Called();
    var deeds = new Commanding(new Asked(), view, new Attendance(view, () -> press)).deeds();
    return deeds.getOrDefault(
        ControlServer.request("ack", Format.TEXT),
        (words, by) -> {
          throw new AssertionError("there is no such deed");
        });
  }

  /** Does whatever it is asked for. */
  private final class Asked implements CrewDoor {
    @Override
    public Outcome ask(Command command, Duration patience) {
      asked.add(command.point());
      return new Outcome.Done(null);
    }

    @Override
    public @Nullable Outcome ended(String id) {
      return null;
    }

    @Override
    public boolean knows(String id) {
      return false;
    }
  }

  /** A site where somebody calls for help and a bin overflows. */
  private record Called() implements SiteView {

    private static final Moment NOW =
        new Moment(Instant.EPOCH, ClockQuality.SYNC, Duration.ofHours(1));

    @Override
    public Site site() {
      return new Site("s", "s", ZoneId.of("Asia/Shanghai"), 0, 0);
    }

    @Override
    public Overview overview() {
      return new Overview(
          1,
          NOW,
          List.of(),
          List.of(),
          List.of(
              alarm("stall-2", "stall-sos", Alarm.Latch.CABINET),
              alarm("bin-2", "bin-overflow", Alarm.Latch.NONE)),
          Map.of(),
          Map.of());
    }

    private static Alarm alarm(String asset, String rule, Alarm.Latch latch) {
      return new Alarm(
          asset,
          rule,
          "1",
          Severity.EMERGENCY,
          Alarm.State.LATCHED,
          latch,
          Alarm.Care.NONE,
          NOW,
          Duration.ZERO,
          List.of(),
          Map.of(),
          Map.of());
    }

    @Override
    public UplinkView uplink() {
      return new UplinkView(UplinkView.State.DOWN, 0, 0, Instant.EPOCH, null);
    }

    @Override
    public long revision() {
      return 1;
    }
  }
}
