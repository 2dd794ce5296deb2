package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Set<String> maintaining = new HashSet<>();
  private final Sessions sessions = new Sessions(new SplittableRandom(7));

  @Test
  void endsWhenNobodyUsesItForHalfAnHour() {
    for (int idle = 0; idle <= 60; idle++) {
      var id = begin("4711", Duration.ZERO).id();
      var found = find(id, MINUTE.multipliedBy(idle));
      assertThat(found != null).as("%d min", idle).isEqualTo(idle < 30);
    }
  }

  @Test
  void slidesWithUseUntilItIsEightHoursOld() {
    var id = begin("4711", Duration.ZERO).id();
    for (int minute = 0; minute < 600; minute += 20) {
      var found = find(id, MINUTE.multipliedBy(minute));
      assertThat(found != null).as("%d min", minute).isEqualTo(minute < 480);
    }
  }

  @Test
  void maintenanceKeepsItsWorkerInForEightHoursAndNobodyElse() {
    maintaining.add("4711");
    for (int minute = 0; minute < 600; minute += 20) {
      var worker = begin("4711", Duration.ZERO).id();
      var other = begin("4712", Duration.ZERO).id();
      var later = MINUTE.multipliedBy(minute);
      assertThat(find(worker, later) != null).as("%d min", minute).isEqualTo(minute < 480);
      assertThat(find(other, later) != null).as("%d min", minute).isEqualTo(minute < 30);
      sessions.end(worker);
      sessions.end(other);
    }
  }

  @Test
  void endsWithMaintenanceWhenItWasUnusedMeanwhile() {
    maintaining.add("4711");
    var id = begin("4711", Duration.ZERO).id();
    maintaining.clear();
    assertThat(find(id, Duration.ofHours(2))).isNull();
  }

  @Test
  void theSeventeenthEndsTheOneLongestUnused() {
    var first = begin("1", Duration.ZERO);
    var second = begin("2", Duration.ofSeconds(1));
    for (int i = 3; i <= Sessions.MOST; i++) {
      begin("" + i, Duration.ofSeconds(i));
    }
    assertThat(find(first.id(), MINUTE)).isEqualTo(first);

    begin("17", MINUTE);

    assertThat(find(second.id(), MINUTE)).isNull();
    assertThat(find(first.id(), MINUTE)).isEqualTo(first);
  }

  @Test
  void isOverAfterLogout() {
    var session = begin("4711", Duration.ZERO);
    sessions.end(session.id());
    assertThat(find(session.id(), Duration.ZERO)).isNull();
  }

  @Test
  void idsAndTokensAre128BitsOfChance() {
    var secrets = new HashSet<String>();
    for (int i = 0; i < 100; i++) {
      var session = begin("4711", Duration.ZERO);
      assertThat(session.id()).matches("[0-9a-f]{32}");
      assertThat(session.token()).matches("[0-9a-f]{32}");
      secrets.add(session.id());
      secrets.add(session.token());
    }
    assertThat(secrets).hasSize(200);
  }

  @Test
  void printsNoSecret() {
    assertThat("" + begin("4711", Duration.ZERO)).isEqualTo("crew:4711");
  }

  private Session begin(String worker, Duration now) {
    return sessions.begin(Role.CREW, worker, now, this::maintains);
  }

  private @Nullable Session find(String id, Duration now) {
    return sessions.find(id, now, this::maintains);
  }

  private boolean maintains(Session session) {
    return maintaining.contains(session.worker());
  }
}
