package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Inspection.Presence;
import org.kerbside.gateway.model.Reason;

/** What people are told of an address, whatever the bus answers. */
@Timeout(20)
class InspectorTest {

  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final ModbusProfile PROFILE =
      Written.good(
          """
          profile: p
          driver: modbus
          timeout: 1s
          read: { function: 4 }
          points: { p0: { at: 7, type: u16, unit: W } }
          test: { recv: "01 04 02 00 2A 38 EF", expect: { p0: 42 } }
          """);

  private final Errands errands = new Errands();
  private final Place place = new Place.Tcp("10.0.0.5", 502);
  private Thread bus = new Thread();

  @AfterEach
  void endTheBus() throws Exception {
    bus.interrupt();
    bus.join();
  }

  /** A gateway answers for every number: who does not answer behind it is not there. */
  @Test
  void aGatewayThatReachesNobodyIsNobody() throws Exception {
    busAnswers(question -> new Answer.Refusal(11));
    assertThat(presence(PATIENT)).isEqualTo(new Presence.Nobody());
  }

  @Test
  void aDeviceThatRefusesIsSomebody() throws Exception {
    busAnswers(question -> new Answer.Refusal(2));
    assertThat(presence(PATIENT)).isEqualTo(new Presence.Somebody(List.of()));
  }

  @Test
  void whoIsSilentIsNobody() throws Exception {
    busAnswers(question -> new Answer.Nothing(Reason.TIME_OUT));
    assertThat(presence(PATIENT)).isEqualTo(new Presence.Nobody());
  }

  /** One register is heard; the profile's own is not asked for any more. */
  @Test
  void whenTheTimeIsOverNothingMoreIsGuessed() throws Exception {
    busAnswers(question -> new Answer.Refusal(2), 1);
    assertThat(presence(SHORT)).isEqualTo(new Presence.Somebody(List.of()));
  }

  @Test
  void asksWithThePatienceOfTheProfile() throws Exception {
    var asked = Collections.synchronizedList(new ArrayList<@Nullable Duration>());
    busAnswers(
        question -> {
          asked.add(question.timeout());
          return new Answer.Refusal(2);
        });
    new Inspector(errands, place, PATIENT).look(3, PROFILE);
    assertThat(asked).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aLineThatIsNotOpenIsToldAndNothingStaysToBeAsked() {
    assertThatThrownBy(() -> presence(SHORT))
        .isInstanceOf(DeviceException.Unavailable.class)
        .hasMessageStartingWith("modbus://10.0.0.5:502 is not open");
    assertThat(errands.nextQuestion()).isNull();
  }

  private Presence presence(Duration patience) throws Exception {
    return new Inspector(errands, place, patience).presence(3, () -> List.of(PROFILE));
  }

  private void busAnswers(Function<Errands.Question, Answer> answer) {
    busAnswers(answer, Integer.MAX_VALUE);
  }

  private void busAnswers(Function<Errands.Question, Answer> answer, int most) {
    bus = Thread.ofVirtual().start(() -> answer(answer, most));
  }

  private void answer(Function<Errands.Question, Answer> answer, int most) {
    try {
      for (int answered = 0; answered < most; ) {
        errands.await(PATIENT);
        var question = errands.nextQuestion();
        if (question != null) {
          question.answer().complete(answer.apply(question));
          answered++;
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
