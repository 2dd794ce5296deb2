package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.kerbside.drivers.testkit.Relay;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;

/** The uplink against a real mosquitto and its own clients. */
@Isolated
class UplinkTest {

  /** Sessions count as stable at once, so that the first reconnect does not wait. */
  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  private static final Deadlines HASTY =
      new Deadlines(
          Duration.ofMillis(1500), // Paho alone takes 300 ms to start its threads
          Duration.ofMillis(800),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  private static final String PREFIX = Street.PREFIX;

  private final Street street = new Street();

  @TempDir private Path data = Path.of("");

  @Test
  void framesArriveInOrderWithTheirProperties() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      uplink.start();
      awaitConnected(uplink);
      street.outbox.commit(Stream.READINGS, 500);
      street.outbox.commit(Stream.EVENTS, 3);

      city.await(all -> city.on("d").size() + city.on("e").size() >= 503);
      var first = city.on("d").getFirst();
      assertThat(first.topic()).isEqualTo(PREFIX + "d");
      assertThat(first.users()).isEqualTo("epoch:01K4Z6R0YH stream:d seq:1");
      assertThat(first.contentType()).isEqualTo("application/json");
      assertThat(first.text()).isEqualTo("{\"stream\":\"d\",\"seq\":1}");
      assertThat(seqs(city.on("d"))).isEqualTo(street.numbers(1, 500));
      assertThat(seqs(city.on("e"))).isEqualTo(street.numbers(1, 3));
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      assertThat(uplink.view().sent()).isEqualTo(503);
    }
  }

  /** Paho would send no packet larger than those that we take, and the link came down for good. */
  @Test
  void aLargeSiteIsDescribedInFewBytesAndItsFramesGoOn() throws Exception {
    street.described = 2_000;
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      uplink.start();
      assertThat(city.awaitOn("desc").users()).contains("enc:zlib");
      street.outbox.commit(Stream.READINGS, 5);
      city.await(all -> city.on("d").size() == 5);
      assertThat(street.health).isEmpty();
    }
  }

  /** Decision 40: by the hour readings go once they are spared, and alarms as ever. */
  @Test
  void whereBytesRunShortReadingsWaitForTheirHourAndEventsDoNot() throws Exception {
    Files.writeString(data.resolve(Budget.FILE), "2026-09 850000");
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(within(broker), PATIENT)) {
      street.outbox.commit(Stream.READINGS, 3); // backlog
      uplink.start();
      assertThat(city.awaitOn("state").text()).contains("\"budget\":\"hour\"");
      street.outbox.commit(Stream.READINGS, 2);
      street.outbox.commit(Stream.EVENTS, 2);
      city.await(all -> city.on("e").size() == 2);
      street.fill(0.7);
      Thread.sleep(2_500); // two looks
      assertThat(city.on("d")).isEmpty();
      assertThat(city.on("h")).isEmpty();
      assertThat(city.on("bin-2")).as("an asset, by the hour").hasSize(1);

      street.outbox.spare(4);
      city.await(all -> city.on("d").size() + city.on("h").size() == 4);
      assertThat(seqs(city.on("h"))).isEqualTo(street.numbers(1, 3));
      assertThat(seqs(city.on("d"))).isEqualTo(street.numbers(4, 4));
      assertThat(uplink.budgetUsed()).isBetween(0.85, 0.87);
      assertThat(uplink.view().trouble()).contains("readings go by the hour");
      assertThat(street.health).extracting(Event.Health::what).containsExactly("uplink-budget");
      city.isAsPromised();
    }
  }

  @Test
  void whereBytesAreAllButUsedUpEventsAloneGo() throws Exception {
    Files.writeString(data.resolve(Budget.FILE), "2026-09 950000");
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(within(broker), PATIENT)) {
      uplink.start();
      assertThat(city.awaitOn("state").text()).contains("\"budget\":\"events\"");
      street.outbox.commit(Stream.READINGS, 3);
      street.outbox.spare(3);
      street.outbox.commit(Stream.EVENTS, 2);
      city.await(all -> city.on("e").size() == 2);
      Thread.sleep(1_500); // a look
      assertThat(city.on("d")).isEmpty();
      assertThat(city.on("bin-2")).isEmpty();

      street.pass(Duration.ofDays(10).toMillis()); // into October
      city.await(all -> city.on("d").size() == 3);
      assertThat(uplink.budgetUsed()).isLessThan(0.01);
      city.await(all -> !city.on("state").getLast().text().contains("budget"));
    }
    assertThat(Files.readString(data.resolve(Budget.FILE))).startsWith("2026-10 ");
  }

  private Link within(Broker broker) {
    return Street.link("mqtt", "127.0.0.1", broker.port()).within(new Allowance(1_000_000, data));
  }

  @Test
  void tellsItsStateItsDescriptionAndEachAsset() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#")) {
      try (var uplink = street.uplink(broker.port(), PATIENT)) {
        uplink.start();
        assertThat(city.awaitOn("state").text())
            .isEqualTo(
                """
                {"v":1,"gw":"CD-QY-0173","state":"online","epoch":"01K4Z6R0YH","clock":"sync",\
                "revision":42,"software":"0.1.0","ack":"broker"}""");
        assertThat(city.awaitOn("desc").text())
            .contains("\"assets\":[{\"id\":\"bin-2\",\"kind\":\"bin\"")
            .contains("\"schema\":\"");
        assertThat(city.awaitOn("bin-2").text())
            .isEqualTo(
                """
                {"v":1,"asset":"bin-2","kind":"bin","condition":"normal","data":"good",\
                "mode":"auto","points":{"fill":{"v":0.5,"t":1790000000}},"owner":{},"alarms":[]}""");
        street.fill(0.7);
        street.overflow();
        city.await(all -> city.on("bin-2").getLast().text().contains("bin-2/bin-overflow"));
        assertThat(city.on("bin-2").getLast().text()).contains("\"condition\":\"alarm\"");
        assertThat(city.on("bin-2")).hasSize(2); // at most one a second: 0.7 was never told
        city.isAsPromised();
      }
      city.await(all -> city.on("state").size() == 2);
      assertThat(city.on("state").getLast().text()).contains("\"state\":\"offline\"");
      var late = broker.listen("kerbside/#");
      assertThat(late.awaitOn("state").text()).contains("\"state\":\"offline\"");
      assertThat(late.awaitOn("bin-2").retained()).isEqualTo("1");
    }
  }

  @Test
  void theWillSaysLostWhenTheLineIsCut() throws Exception {
    try (var broker = Broker.start();
        var cable = Relay.to(broker.port());
        var city = broker.listen(PREFIX + "state");
        var uplink = street.uplink(cable.port(), PATIENT)) {
      uplink.start();
      city.awaitOn("state");

      cable.hangUp();

      city.await(all -> all.size() >= 3);
      assertThat(states(city)).containsExactly("online", "lost", "online");
    }
  }

  @Test
  void aKilledBrokerLosesNothingAndAlarmsComeFirst() throws Exception {
    try (var broker = Broker.start();
        var cable = Relay.to(broker.port());
        var uplink = street.uplink(cable.port(), PATIENT)) {
      var before = broker.listen("kerbside/#");
      uplink.start();
      awaitConnected(uplink);
      street.outbox.commit(Stream.READINGS, 300);
      before.await(all -> before.on("d").size() >= 40);
      broker.kill();
      cable.cut();
      Await.until(
          () -> uplink.view().state() != UplinkView.State.CONNECTED,
          () -> uplink.view().toString());
      street.outbox.commit(Stream.READINGS, 700);
      street.outbox.commit(Stream.EVENTS, 20);
      // What it had acknowledged and not handed on died with it: see PlatformTest for those.
      var owed =
          street.outbox.unacknowledged(Stream.READINGS, 1, 1000, 1000).stream()
              .map(StoredFrame::seq)
              .toList();
      broker.restart();
      var after = broker.listen("kerbside/#");
      cable.mend();
      after.awaitOn("state");
      street.outbox.commit(Stream.READINGS, 100);

      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      after.await(all -> all.stream().anyMatch(h -> isFrame(h) && h.seq() == 1100));
      after.await(all -> after.on("h").stream().anyMatch(h -> h.seq() == 1000));
      after.await(all -> after.on("e").size() == 20);
      var told =
          java.util.stream.Stream.of(after.on("d"), after.on("h"))
              .flatMap(List::stream)
              .map(Listener.Heard::seq)
              .collect(Collectors.toSet());
      assertThat(owed).contains(1000L).hasSizeGreaterThanOrEqualTo(700);
      assertThat(told).containsAll(owed).containsAll(street.numbers(1001, 1100));
      assertThat(seqs(after.on("e"))).isEqualTo(street.numbers(1, 20));
      assertThat(seqs(after.on("h"))).isSorted().doesNotHaveDuplicates().contains(1000L);
      assertThat(seqs(after.on("d"))).isSorted().contains(1100L).allMatch(seq -> seq > 1000);
      var frames = after.all().stream().filter(UplinkTest::isFrame).toList();
      assertThat(frames.subList(0, 20)).allMatch(h -> h.tail().equals("e"));
    }
  }

  @Test
  void liveFramesAndAlarmsOvertakeTheBacklog() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      street.outbox.commit(Stream.READINGS, 3000);
      uplink.start();
      city.awaitOn("h");
      street.outbox.commit(Stream.READINGS);
      street.outbox.commit(Stream.EVENTS);

      city.await(all -> all.stream().filter(UplinkTest::isFrame).count() == 3002);
      var frames = city.all().stream().filter(UplinkTest::isFrame).toList();
      assertThat(frames.indexOf(city.on("d").getFirst())).isLessThan(2900);
      assertThat(frames.indexOf(city.on("e").getFirst())).isLessThan(2900);
      assertThat(seqs(city.on("h"))).isEqualTo(street.numbers(1, 3000));
    }
  }

  @Test
  void aCommandGoesToTheDoorAndItsOutcomeBackToWhoAsked() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      uplink.start();
      awaitSubscribed(broker, city);
      broker.publish(
          PREFIX + "c/c-7",
          """
          {"v":1,"id":"c-7","op":"set","point":"lamp-5/dim","value":0.6,"by":"dispatch:zhang",\
          "issued":1790000000,"expires":1790000060.5,"lease":3600,"sig":"later"}""",
          "-D",
          "publish",
          "response-topic",
          "dispatch/answers",
          "-D",
          "publish",
          "correlation-data",
          "42");
      Await.until(() -> street.commands.size() == 1, street.commands::toString);
      var command = street.commands.getFirst();
      assertThat(command.id()).isEqualTo("c-7");
      assertThat(command.point()).isEqualTo("lamp-5/dim");
      assertThat(command.value()).isEqualTo(new Value.Num(0.6));
      assertThat(command.issuer()).isEqualTo(Issuer.CITY);
      assertThat(command.expires()).isEqualTo(Words.NOON.plusMillis(60_500));
      assertThat(command.lease()).isEqualTo(Duration.ofHours(1));

      uplink.progress("c-7", Progress.ACCEPTED);
      uplink.ended(new Event.Result(Words.at(2100), "c-7", new Outcome.Done(new Value.Num(0.6))));

      city.await(all -> city.on("answers").size() == 2 && replies(city, "c-7").size() == 2);
      assertThat(replies(city, "c-7"))
          .containsExactly(
              "{\"v\":1,\"id\":\"c-7\",\"progress\":\"accepted\"}",
              """
              {"v":1,"id":"c-7","outcome":"done","observed":0.6,"at":1790000002.1}""");
      assertThat(city.on("answers")).allMatch(h -> h.correlation().equals("42"));
    }
  }

  @Test
  void refusesWhatIsRetainedMalformedOrAFlood() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      broker.publish(PREFIX + "c/old", "{\"op\":\"set\"}", "-r");
      uplink.start();
      city.await(all -> !replies(city, "old").isEmpty());
      assertThat(replies(city, "old").getFirst()).contains("\"reason\":\"retained\"");

      broker.publish(PREFIX + "c/odd", "{\"id\":\"other\"}");
      city.await(all -> !replies(city, "odd").isEmpty());
      assertThat(replies(city, "odd").getFirst())
          .contains("\"reason\":\"not-allowed\",\"detail\":\"malformed: 'id' is not the topic's\"");

      var flood = "{\"op\":\"ack\"}\n".repeat(40);
      var process =
          new ProcessBuilder(
                  "mosquitto_pub",
                  "-V",
                  "mqttv5",
                  "-p",
                  "" + broker.port(),
                  "-q",
                  "1",
                  "-t",
                  PREFIX + "c/flood",
                  "-l")
              .start();
      try (var lines = process.outputWriter()) {
        lines.write(flood);
      }
      city.await(all -> replies(city, "flood").size() + street.commands.size() >= 40);
      assertThat(street.commands).hasSizeBetween(8, 20);
      assertThat(replies(city, "flood")).allMatch(r -> r.contains("\"reason\":\"busy\""));
    }
  }

  @Test
  void aPeerThatNeverAnswersIsLeftAtTheDeadline() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var uplink = street.uplink(silent.getLocalPort(), HASTY)) {
      uplink.start();
      byte[] said;
      do {
        // On a busy machine the deadline may come before the first word: then the next one counts.
        try (var peer = silent.accept()) {
          said = peer.getInputStream().readAllBytes(); // to its end: it was left
        }
      } while (said.length == 0);
      assertThat(said).startsWith(0x10);
      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains("no answer to CONNECT"),
          () -> uplink.view().toString());
      silent.accept().close(); // and it was tried again
    }
  }

  @Test
  void aFrozenBrokerIsFoundByWhatIsUnderWayAndLosesNothing() throws Exception {
    try (var broker = Broker.start();
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), HASTY)) {
      uplink.start();
      awaitConnected(uplink);
      street.outbox.commit(Stream.READINGS, 10);
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());

      broker.freeze();
      street.outbox.commit(Stream.READINGS, 10);
      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains("no acknowledgement"),
          () -> uplink.view().toString());
      broker.thaw();

      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      city.await(all -> all.stream().filter(UplinkTest::isFrame).anyMatch(h -> h.seq() == 20));
      assertThat(all(city)).containsAll(street.numbers(1, 20));
    }
  }

  @Test
  void saysOnceThatNobodyListens() throws Exception {
    try (var broker = Broker.start();
        var uplink = street.uplink(broker.port(), PATIENT)) {
      uplink.start();
      street.outbox.commit(Stream.READINGS, 5);
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());

      assertThat(street.health).extracting(Event.Health::what).containsExactly("nobody-listens");
      assertThat(Objects.toString(uplink.view().trouble())).contains("nobody listens");
    }
  }

  @Test
  void keepsWhatTheBrokerRefuses() throws Exception {
    var acl = Files.createTempFile("acl", ".txt");
    Files.writeString(acl, "topic read #\ntopic write probe\ntopic write %se\n".formatted(PREFIX));
    try (var broker = Broker.start("acl_file " + acl);
        var city = broker.listen("kerbside/#");
        var uplink = street.uplink(broker.port(), PATIENT)) {
      street.outbox.commit(Stream.READINGS, 3);
      street.outbox.commit(Stream.EVENTS, 3);
      uplink.start();

      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains("/h: the broker refuses"),
          () -> uplink.view().toString());
      city.await(all -> city.on("e").size() >= 3);
      assertThat(street.outbox.waiting(Stream.READINGS)).isEqualTo(3);
      Await.until(() -> street.outbox.waiting(Stream.EVENTS) == 0, () -> uplink.view().toString());
    } finally {
      Files.delete(acl);
    }
  }

  @Test
  void threadsStayFlatOverManyReconnects() throws Exception {
    try (var broker = Broker.start();
        var cable = Relay.to(broker.port());
        var uplink = street.uplink(cable.port(), PATIENT)) {
      uplink.start();
      for (int round = 1; round <= 15; round++) {
        street.outbox.commit(Stream.READINGS, 10);
        int expected = 10 * round;
        Await.until(
            () -> uplink.view().waiting() == 0 && uplink.view().sent() >= expected,
            () -> uplink.view().toString());
        cable.hangUp();
      }
      Await.until(() -> threads().size() <= 10, () -> "threads " + threads());
    }
    Await.until(() -> threads().isEmpty(), () -> "threads after the end " + threads());
  }

  private static List<String> threads() {
    return Threads.named("MQTT", "uplink");
  }

  private static void awaitConnected(Uplink uplink) {
    Await.until(
        () -> uplink.view().state() == UplinkView.State.CONNECTED, () -> uplink.view().toString());
  }

  /** A retained command's refusal shows that the subscription stands. */
  private static void awaitSubscribed(Broker broker, Listener city) throws Exception {
    broker.publish(PREFIX + "c/probe", "{}", "-r");
    city.await(all -> !replies(city, "probe").isEmpty());
  }

  private static boolean isFrame(Listener.Heard heard) {
    return heard.users().contains("seq:");
  }

  private static List<Long> seqs(List<Listener.Heard> heard) {
    return heard.stream().map(Listener.Heard::seq).toList();
  }

  private static List<Long> all(Listener city) {
    return city.all().stream()
        .filter(UplinkTest::isFrame)
        .map(Listener.Heard::seq)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static List<String> states(Listener city) {
    return city.all().stream()
        .map(h -> h.text().replaceAll(".*\"state\":\"(\\w+)\".*", "$1"))
        .toList();
  }

  private static List<String> replies(Listener city, String id) {
    return city.all().stream()
        .filter(h -> h.topic().equals(PREFIX + "r/" + id))
        .map(Listener.Heard::text)
        .toList();
  }
}
