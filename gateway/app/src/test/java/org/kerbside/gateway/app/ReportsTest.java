package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.app.Street.START;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

class ReportsTest {

  private final Reports reports = new Reports();
  private final List<Event> events = new ArrayList<>();
  private Moment now = START;

  @Test
  void everyReasonOfAMessageIsToldAndOfManyTheFirst() {
    reports.add("refused", "field/a1", List.of("one", "two"), now, events);
    assertThat(last().detail()).containsExactly("one", "two");
    var many = IntStream.range(0, 500).mapToObj(String::valueOf).toList();
    reports.add("refused", "field/a2", many, now, events);
    assertThat(last().detail())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "and 492 more records");
  }

  @Test
  void strangersWithEverNewNamesAreCountedInsteadOfNamed() {
    for (int i = 0; i < Reports.NAMED + 500; i++) {
      add("unknown-device", "coap/x" + i);
    }
    assertThat(events).hasSize(Reports.NAMED);
    assertThat(last().detail()).containsExactly("why", "others are only counted for up to 10 min");
    now = now.plus(Reports.PACE);
    add("unknown-device", "coap/y");
    assertThat(last().detail()).containsExactly("why", "500 more before, of others");
  }

  @Test
  void theyDoNotHideAnotherKind() {
    for (int i = 0; i < Reports.NAMED + 1; i++) {
      add("unknown-device", "coap/x" + i);
    }
    add("malformed", "coap/a1");
    assertThat(last().subject()).isEqualTo("coap/a1");
  }

  @Test
  void aNameThatAStrangerChoseIsCut() {
    var refused = new Arrival.Refused("unknown-device", "s".repeat(70_000), "p".repeat(70_000));
    assertThat(refused.subject()).hasSize(129).endsWith("s…");
    assertThat(refused.problem()).hasSize(513).endsWith("p…");
  }

  private void add(String what, String subject) {
    reports.add(what, subject, List.of("why"), now, events);
  }

  private Event.Health last() {
    return (Event.Health) events.getLast();
  }
}
