package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.ClockQuality;

/** A clock that knows nothing is set by a phone, over real HTTP. */
class ClockPagesTest {

  private final Street street = Street.demo();
  private final Cabinet cabinet = new Cabinet();
  private final Hand hand = new Hand(street);
  private final PageServer server = Pages.of(street).clock(hand).access(cabinet.access()).server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    street.clock(ClockQuality.NONE);
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void thereIsAWayToSetItOnlyWhileItIsNotKnown() throws Exception {
    assertThat(phone.get("/gateway").body()).contains("href=\"/clock\"", "用手机校时");
    street.clock(ClockQuality.HOLD);
    assertThat(phone.get("/gateway").body()).doesNotContain("href=\"/clock\"");
    assertThat(phone.get("/clock").body()).contains("不用校时").doesNotContain("<form");
  }

  @Test
  void thePhonesTimeIsOfWhenItsPageWasDrawnAndWhatPassedSinceIsAdded() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    var drawn = drawn();
    cabinet.passes(Duration.ofSeconds(90));
    var at = Instant.parse("2026-10-01T06:00:00Z");
    assertThat(set(drawn, "phone", Long.toString(at.toEpochMilli())).statusCode()).isEqualTo(303);
    assertThat(hand.told()).containsExactly("2026-10-01T06:01:30Z installer:7002");
  }

  @Test
  void withoutAScriptItIsTypedInTheSitesZone() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    assertThat(set(drawn(), "local", "2026-10-01T14:32").statusCode()).isEqualTo(303);
    assertThat(hand.told()).containsExactly("2026-10-01T06:32:00Z installer:7002");
    street.clock(ClockQuality.HOLD);
    assertThat(phone.get("/gateway").body()).contains("守时中，按手机校时", "installer:7002");
    phone.forget();
    assertThat(phone.get("/gateway").body()).contains("按手机校时").doesNotContain("7002");
  }

  @Test
  void sentAgainItIsSetOnce() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    var drawn = drawn();
    assertThat(set(drawn, "local", "2026-10-01T14:32").statusCode()).isEqualTo(303);
    assertThat(set(drawn, "local", "2026-10-01T14:32").statusCode()).isEqualTo(303);
    assertThat(hand.told()).hasSize(1);
  }

  @Test
  void whatCannotBeIsRefusedWithTheLastKnownTime() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    for (var local : List.of("2026-09-30T23:59", "2036-10-02T00:00")) {
      var refused = set(drawn(), "local", local);
      assertThat(refused.statusCode()).as(local).isEqualTo(422);
      assertThat(refused.body()).contains("2026-10-01T00:00");
    }
    for (var local : List.of("", "now", "2026-13-01T00:00", "2026-10-01")) {
      assertThat(set(drawn(), "local", local).body()).as(local).contains("没有读到日期和时间");
    }
    assertThat(set("", "local", "2026-10-01T14:32").statusCode()).isEqualTo(422);
    assertThat(hand.told()).isEmpty();
  }

  @Test
  void aFormThatLayOpenForLongIsNotTaken() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    var drawn = drawn();
    cabinet.passes(Duration.ofMinutes(11));
    assertThat(set(drawn, "local", "2026-10-01T14:32").statusCode()).isEqualTo(422);
    assertThat(hand.told()).isEmpty();
  }

  @Test
  void aKnownClockIsNobodysToSet() throws Exception {
    phone.login(Role.INSTALLER, "7002");
    var drawn = drawn();
    street.clock(ClockQuality.SYNC);
    var refused = set(drawn, "local", "2026-10-01T14:32");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("不用校时");
    assertThat(hand.told()).isEmpty();
  }

  @Test
  void aCrewSetsItWithTheCabinetsButton() throws Exception {
    cabinet.button(CabinetButton.Press.RESTING);
    phone.login(Role.CREW, "4711");
    assertThat(set(drawn(), "local", "2026-10-01T14:32").statusCode()).isEqualTo(403);
    cabinet.button(CabinetButton.Press.PRESSED);
    assertThat(set(drawn(), "local", "2026-10-01T14:32").statusCode()).isEqualTo(303);
    assertThat(hand.told()).hasSize(1);
  }

  private String drawn() throws Exception {
    return Phone.hidden(phone.get("/clock").body(), "drawn");
  }

  private HttpResponse<String> set(String drawn, String name, String value) throws Exception {
    return phone.post("/clock", "token", phone.token(), "drawn", drawn, name, value);
  }
}
