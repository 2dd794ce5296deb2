package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Value;

/** The sheets on which things are done, over real HTTP. */
class DeedPagesTest {

  private static final String ALARM = "bin-2/bin-overflow";

  private final Street street = Street.troubled();
  private final Cabinet cabinet = new Cabinet();
  private final Crew crew = new Crew(street);
  private final PageServer server = Pages.of(street).crew(crew).access(cabinet.access()).server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    server.start();
    phone = new Phone(server);
    phone.login(Role.CREW, "4711");
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void aFormSentAgainIsAnsweredAsAtFirstThoughItsAlarmIsGoneByThen() throws Exception {
    var first = acknowledge("page-0001");
    assertThat(first.statusCode()).isEqualTo(303);
    street.gone(ALARM);
    var again = acknowledge("page-0001");
    assertThat(again.statusCode()).isEqualTo(303);
    assertThat(again.headers().map().get("Location"))
        .isEqualTo(first.headers().map().get("Location"));
    assertThat(crew.asked()).hasSize(1);
    assertThat(acknowledge("page-0002").statusCode()).isEqualTo(400);
  }

  @Test
  void whatMovesSomethingIsConfirmedFirst() throws Exception {
    var tapped = test("page-0001");
    assertThat(tapped.statusCode()).isEqualTo(200);
    assertThat(tapped.body()).contains("name=\"held\" value=\"1\"", "value=\"page-0001\"");
    assertThat(crew.asked()).isEmpty();
    assertThat(test("page-0001", "held", "1").statusCode()).isEqualTo(303);
    assertThat(crew.asked())
        .singleElement()
        .satisfies(command -> assertThat(command.lease()).isEqualTo(Deed.TEST_LEASE));
  }

  @Test
  void aRefusalNamesItsInterlockOnTheNextPage() throws Exception {
    crew.refuses("interlock:frost-lock");
    var refused = test("page-0001", "held", "1");
    var next = refused.headers().firstValue("Location").orElseThrow();
    assertThat(phone.get(next.replaceFirst("^https?://[^/]+", "")).body())
        .contains("已拒绝：防冻 ≤ 2 °C");
  }

  @Test
  void aCallForHelpIsResetByWhoPressesTheCabinetsButton() throws Exception {
    street.alarm("stall-2", "stall-sos", Severity.EMERGENCY, Alarm.Latch.CABINET, 3, Map.of());
    cabinet.button(CabinetButton.Press.RESTING);
    var asked = acknowledge("page-0001", "stall-2/stall-sos");
    assertThat(asked.statusCode()).isEqualTo(403);
    assertThat(asked.body()).contains("请按一下柜内按钮", "value=\"page-0001\"");
    assertThat(crew.asked()).isEmpty();
    // Another alarm asks for no button.
    assertThat(acknowledge("page-0002").statusCode()).isEqualTo(303);
    cabinet.button(CabinetButton.Press.PRESSED);
    assertThat(acknowledge("page-0001", "stall-2/stall-sos").statusCode()).isEqualTo(303);
    cabinet.button(CabinetButton.Press.RESTING);
    assertThat(acknowledge("page-0001", "stall-2/stall-sos").statusCode()).isEqualTo(303);
    assertThat(crew.asked()).hasSize(2);
  }

  @Test
  void whereThereIsNoButtonNoneIsAskedFor() throws Exception {
    street.alarm("stall-2", "stall-sos", Severity.EMERGENCY, Alarm.Latch.CABINET, 3, Map.of());
    assertThat(acknowledge("page-0001", "stall-2/stall-sos").statusCode()).isEqualTo(303);
  }

  @Test
  void aNoteIsKeptInOneLineAndNoLongerThanItMayBe() throws Exception {
    var note = "盖子 弯了\r\n" + "长".repeat(200);
    phone.post(
        "/do/note", "token", phone.token(), "once", "page-0001", "of", "bin-2", "reason", note);
    assertThat(crew.asked())
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.value()).isEqualTo(new Value.State("note"));
              assertThat(command.reason())
                  .startsWith("盖子 弯了 长")
                  .hasSizeLessThanOrEqualTo(DeedPages.LONGEST_REASON);
            });
  }

  private HttpResponse<String> acknowledge(String once) throws Exception {
    return acknowledge(once, ALARM);
  }

  private HttpResponse<String> acknowledge(String once, String alarm) throws Exception {
    return phone.post(
        "/do/ack", "token", phone.token(), "once", once, "of", alarm, "reason", "going");
  }

  private HttpResponse<String> test(String once, String... more) throws Exception {
    var fields = new ArrayList<String>();
    fields.addAll(List.of("token", phone.token(), "once", once, "of", "lamp-1/on"));
    fields.addAll(List.of(more));
    return phone.post("/do/test", fields.toArray(String[]::new));
  }
}
