package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;

class ErrandsTest {

  private static final Moment NOW =
      new Moment(Instant.EPOCH, ClockQuality.SYNC, Duration.ofSeconds(1));

  @Test
  void whoAsksIsToldTheEndThatComesOnAnotherThread() throws Exception {
    var handedIn = new AtomicReference<Errands>();
    var errands =
        new Errands(
            command ->
                Thread.ofVirtual()
                    .start(
                        () -> handedIn.get().ended(result(command.id(), new Outcome.Done(null)))),
            new Still());
    handedIn.set(errands);
    assertThat(errands.ask(command("c-1"), Duration.ofMinutes(1)))
        .isEqualTo(new Outcome.Done(null));
    assertThat(errands.ended("c-1")).isEqualTo(new Outcome.Done(null));
  }

  @Test
  void anEndThatComesLaterIsKeptForWhoAsksAgain() throws Exception {
    var errands = new Errands(command -> {}, new Still());
    assertThat(errands.ask(command("c-1"), Duration.ofMillis(1))).isNull();
    assertThat(errands.knows("c-1")).isTrue();
    assertThat(errands.ended(result("c-1", new Outcome.Rejected("busy")))).isTrue();
    assertThat(errands.ended("c-1")).isEqualTo(new Outcome.Rejected("busy"));
  }

  @Test
  void aStrangersEndIsNotOurs() {
    var errands = new Errands(command -> {}, new Still());
    assertThat(errands.ended(result("c-1", new Outcome.Done(null)))).isFalse();
    assertThat(errands.ended("c-1")).isNull();
  }

  @Test
  void keepsTheLastOnesOnlyAndLetsNoMoreWait() throws Exception {
    var errands = new Errands(command -> {}, new Still());
    for (int i = 0; i < 256; i++) {
      assertThat(errands.ask(command("c-" + i), Duration.ZERO)).isNull();
    }
    assertThat(errands.ask(command("more"), Duration.ZERO)).isEqualTo(new Outcome.Rejected("busy"));
    for (int i = 0; i < 256; i++) {
      errands.ended(result("c-" + i, new Outcome.Done(null)));
    }
    errands.ask(command("more"), Duration.ZERO);
    errands.ended(result("more", new Outcome.Done(null)));
    assertThat(errands.ended("c-0")).isNull();
    assertThat(errands.ended("c-1")).isEqualTo(new Outcome.Done(null));
  }

  @Test
  void aCommandIsDatedAndExpiresFiveRealSecondsLater() throws Exception {
    var arrived = new ArrayList<Command>();
    new Errands(arrived::add, new Still()).ask(command("c-1"), Duration.ZERO);
    assertThat(arrived.getFirst().issued()).isEqualTo(Instant.EPOCH);
    // Still's minutes last a second.
    assertThat(arrived.getFirst().expires()).isEqualTo(Instant.EPOCH.plusSeconds(300));
  }

  /** Stands still, and would run 60 times as fast. */
  private static final class Still implements Clock {
    @Override
    public Moment now() {
      return NOW;
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Duration real(Duration site) {
      return site.dividedBy(60);
    }
  }

  private static Event.Result result(String id, Outcome outcome) {
    return new Event.Result(NOW, id, outcome);
  }

  private static Command command(String id) {
    return new Command(
        id, "ack", "bin-1/bin-full", null, Issuer.CREW, "crew:4711", null, null, null, id);
  }
}
