package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Reason;

/** An answer belongs to one transaction, however late it comes and however it is cut. */
class TcpWireTest {

  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Request.Read FIRST = new Request.Read(Table.HOLDING, 0, 1);
  private static final Answer.Nothing SILENCE = new Answer.Nothing(Reason.TIME_OUT);

  private final ScriptedLine line = new ScriptedLine();
  private final TcpWire wire = new TcpWire(line, line::nanos);

  @Test
  void asksAndTakesTheAnswer() throws Exception {
    line.then("20: 00 01 00 00 00 05 01 03 02 00 2A");
    assertThat(word(wire.ask(1, FIRST, PATIENCE))).isEqualTo(42);
    assertThat(line.written()).containsExactly("00 01 00 00 00 06 01 03 00 00 00 01");
  }

  @Test
  void anAnswerThatComesTooLateIsDropped() throws Exception {
    line.then("150: 00 01 00 00 00 05 01 03 02 00 2A").then("60: 00 02 00 00 00 05 01 03 02 00 07");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isEqualTo(SILENCE);
    assertThat(word(wire.ask(1, FIRST, PATIENCE))).isEqualTo(7);
  }

  @Test
  void soIsOneOfAnotherUnit() throws Exception {
    line.then("20: 00 01 00 00 00 05 02 03 02 00 2A");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isEqualTo(SILENCE);
  }

  /** The half that came in time does not spoil what comes after it. */
  @Test
  void aTelegramThatIsCutByATimeOutKeepsTheStreamWhole() throws Exception {
    line.then("90: 00 01 00 00 00 05 01", "120: 03 02 00 2A")
        .then("60: 00 02 00 00 00 05 01 03 02 00 07");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isEqualTo(SILENCE);
    assertThat(word(wire.ask(1, FIRST, PATIENCE))).isEqualTo(7);
  }

  @Test
  void anAnswerToSomethingElseIsAnErrorOfTheDevice() throws Exception {
    line.then("20: 00 01 00 00 00 07 01 03 04 00 2A 00 2A");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isEqualTo(new Answer.Nothing(Reason.DEVICE_ERROR));
  }

  @Test
  void aRefusalIsAnAnswer() throws Exception {
    line.then("20: 00 01 00 00 00 03 01 83 02");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isEqualTo(new Answer.Refusal(2));
  }

  private static int word(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Said.class);
    return answer instanceof Answer.Said(var block) ? block.word(0) : -1;
  }
}
