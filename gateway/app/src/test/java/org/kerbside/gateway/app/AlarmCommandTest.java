package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;

/** What people do to alarms passes the desk as any command, and goes up as an event. */
class AlarmCommandTest {

  private static final String TOO_MUCH = "lamp-1/too-much";

  @TempDir Path data;

  @Test
  void anAcknowledgementIsDurableBeforeItIsToldAndIsDoneOnce() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      raise(cabinet);
      cabinet.asks(command("1", "ack", TOO_MUCH, null));
      Await.until("it is done", () -> cabinet.told.contains("1 Done[observed=null]"));
      cabinet.asks(command("1", "ack", TOO_MUCH, null));
      Await.until("it is told again", () -> cabinet.told.size() == 3);
      assertThat(cabinet.told)
          .containsExactly("1 accepted", "1 Done[observed=null]", "1 Done[observed=null]");
      assertThat(events(cabinet, "\"change\":\"acknowledged\""))
          .singleElement()
          .asString()
          .contains("\"by\":\"dispatch:zhang\"", "\"reason\":\"on my way\"");
      assertThat(events(cabinet, "\"kind\":\"result\"")).hasSize(1);
    }
  }

  @Test
  void whatCannotBeIsRejectedWithItsReasonAndMayNotBeTriedAgainUnderItsId() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      cabinet.asks(command("1", "ack", TOO_MUCH, null));
      ends(cabinet, "1 Rejected[reason=unknown-alarm]");
      raise(cabinet);
      cabinet.asks(command("1", "ack", TOO_MUCH, null));
      Await.until(
          "it is told again",
          () -> cabinet.told.stream().filter(end -> end.contains("unknown-alarm")).count() == 2);
      cabinet.asks(command("2", "shelve", TOO_MUCH, Duration.ofHours(9)));
      ends(cabinet, "2 Rejected[reason=lease]");
      cabinet.asks(command("3", "shelve", "lamp-1/too-mcuh", Duration.ofHours(1)));
      ends(cabinet, "3 Rejected[reason=unknown-alarm]");
      cabinet.asks(command("4", "maintenance", "lamp-2", Duration.ofHours(1)));
      ends(cabinet, "4 Rejected[reason=unknown-asset]");
      cabinet.asks(command("5", "unheard-of", TOO_MUCH, null));
      ends(cabinet, "5 Rejected[reason=unknown-point]");
      assertThat(cabinet.view().overview().alarms())
          .singleElement()
          .satisfies(alarm -> assertThat(alarm.isAnnounced()).isTrue());
    }
  }

  @Test
  void whoShelvesAnAlarmAndWorksOnAnAssetIsShown() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      raise(cabinet);
      cabinet.asks(command("1", "shelve", TOO_MUCH, Duration.ofHours(1)));
      ends(cabinet, "1 Done[observed=null]");
      cabinet.asks(command("2", "maintenance", "lamp-1", Duration.ofHours(1)));
      ends(cabinet, "2 Done[observed=null]");
      var overview = cabinet.view().overview();
      assertThat(overview.alarms())
          .singleElement()
          .satisfies(alarm -> assertThat(alarm.isAnnounced()).isFalse());
      assertThat(overview.works()).containsOnlyKeys("lamp-1");
      assertThat(events(cabinet, "\"change\":\"shelved\""))
          .singleElement()
          .asString()
          .contains("\"until\":");
      assertThat(events(cabinet, "\"kind\":\"audit\""))
          .singleElement()
          .asString()
          .contains("\"what\":\"maintenance\",\"subject\":\"lamp-1\",\"by\":\"dispatch:zhang\"");
    }
  }

  private static void raise(Cabinet cabinet) throws Exception {
    cabinet.says("lamp-1", Sample.of("power", 150, Unit.WATT));
    Await.until("it is raised", () -> !cabinet.view().overview().alarms().isEmpty());
  }

  private static void ends(Cabinet cabinet, String end) throws Exception {
    Await.until(end, () -> cabinet.told.contains(end));
  }

  private static List<String> events(Cabinet cabinet, String part) {
    return cabinet.text(Stream.EVENTS).lines().filter(line -> line.contains(part)).toList();
  }

  private static Command command(String id, String op, String target, @Nullable Duration lease) {
    var expires = Instant.now().plus(Duration.ofDays(1));
    return new Command(
        id,
        op,
        target,
        null,
        Issuer.CITY,
        "dispatch:zhang",
        "on my way",
        null,
        expires,
        lease,
        op + target);
  }
}
