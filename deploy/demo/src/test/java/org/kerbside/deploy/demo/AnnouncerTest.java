package org.kerbside.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

class AnnouncerTest {

  private static final Moment NOON =
      new Moment(Instant.parse("2026-07-01T04:00:00Z"), ClockQuality.SYNC, Duration.ofHours(1));

  private final StringWriter console = new StringWriter();

  @Test
  void whatWasDoneIsSaidWithWhatShowed() {
    announce("k-1", new Outcome.Done(new Value.Num(0.6)));
    announce("k-2", new Outcome.Done(Value.Flag.TRUE));
    assertThat(console.toString())
        .contains("12:00:00  result   k-1", "done: 0.6\n")
        .endsWith(" done: true\n");
  }

  /** What people say that they did, and what becomes of an alarm, shows in no point. */
  @Test
  void whatShowsInNoPointIsDoneAndNoMore() {
    announce("did-1", new Outcome.Done(null));
    assertThat(console.toString()).endsWith(" done\n");
  }

  private void announce(String command, Outcome outcome) {
    var announcer = new Announcer(new PrintWriter(console), ZoneId.of("Asia/Shanghai"));
    announcer.accept(new Event.Result(NOON, command, outcome));
  }
}
