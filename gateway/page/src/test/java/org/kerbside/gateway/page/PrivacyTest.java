package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;

/** What passers-by are not told: who was in a stall and when, and what people wrote. */
class PrivacyTest {

  private static final String NOTE = "call Mr Wang on 138-0013-8000";

  private final Street street = Street.troubled();
  private final PageServer server =
      Pages.of(street)
          .chronicle(() -> new Chronicle.Pages(Street.ago(600), happened()))
          .access(new Cabinet().access())
          .server();
  private Phone phone;

  @BeforeEach
  void serve() throws PageException {
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void whenSomebodyWasInAStallIsForCrewsAlone() throws Exception {
    var week = "/alarms?show=week";
    assertThat(phone.get(week).body()).contains("垃圾桶 2 满溢").doesNotContain("占用超时");
    phone.login(Role.CREW, "4711");
    assertThat(phone.get(week).body()).contains("垃圾桶 2 满溢", "占用超时");
  }

  @Test
  void whatSomebodyWroteHimselfIsForCrewsAlone() throws Exception {
    assertThat(phone.get("/a/bin-2").body()).contains("备注", "清洗").doesNotContain(NOTE);
    phone.login(Role.CREW, "4711");
    assertThat(phone.get("/a/bin-2").body()).contains(NOTE, "清洗");
  }

  private List<Event> happened() {
    var events = new ArrayList<Event>();
    for (var alarm : street.overview().alarms()) {
      events.add(
          new Event.AlarmChanged(
              alarm.since(), Event.AlarmChanged.Change.RAISED, alarm, null, List.of(), 0));
    }
    events.add(new Event.Audit(Street.ago(3), "note", "bin-2", act(NOTE)));
    events.add(new Event.Audit(Street.ago(4), "maintenance", "bin-2", act("cleaning")));
    return events;
  }

  private static Act act(String reason) {
    return new Act(Issuer.CREW, "crew:4711", reason, Street.ago(3), null);
  }
}
