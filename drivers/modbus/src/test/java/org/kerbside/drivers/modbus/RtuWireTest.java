package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.gateway.model.Reason;

/** One request at a time on a line where nothing says what an answer is for. */
class RtuWireTest {

  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Request.Read FIRST = new Request.Read(Table.HOLDING, 0, 1);
  private static final Request.Read OTHER = new Request.Read(Table.HOLDING, 9, 1);
  private static final String ANSWER = "01 03 02 00 2A 39 9B"; // 42

  private final ScriptedLine line = new ScriptedLine();
  private final RtuWire wire = new RtuWire(line, LineSettings.USUAL, line::nanos);

  @Test
  void asksAndTakesTheAnswer() throws Exception {
    line.then("20: " + ANSWER);
    assertThat(word(wire.ask(1, FIRST, PATIENCE), 0)).isEqualTo(42);
    assertThat(line.written()).containsExactly("01 03 00 00 00 01 84 0A");
  }

  @Test
  void theLineWasSilentForThreeAndAHalfCharactersBeforeItAsks() throws Exception {
    line.then("20: " + ANSWER).then("20: " + ANSWER);
    wire.ask(1, FIRST, PATIENCE);
    wire.ask(1, FIRST, PATIENCE);
    // Of ten bits at 9600: 3.6 ms, twice; and 20 ms of waiting.
    assertThat(line.writtenAt()).containsExactly(3L, 27L);
  }

  @Test
  void anAnswerOfAnotherDeviceIsDroppedAndReadingGoesOn() throws Exception {
    line.then("10: 02 03 02 00 07 BD 86", "20: " + ANSWER);
    assertThat(word(wire.ask(1, FIRST, PATIENCE), 0)).isEqualTo(42);
  }

  @Test
  void anAnswerThatComesTooLateIsNotTakenForThatToAnotherRequest() throws Exception {
    line.then("150: " + ANSWER).then("20: 01 03 02 00 07 F9 86");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isEqualTo(new Answer.Nothing(Reason.TIME_OUT));
    assertThat(word(wire.ask(1, OTHER, PATIENCE), 9)).isEqualTo(7);
  }

  /** It answers both the try and the retry; neither is the answer to what is asked after them. */
  @Test
  void norIsTheSecondOfTwoLateAnswers() throws Exception {
    line.then("130: " + ANSWER).then("110: " + ANSWER).then("20: 01 03 02 00 07 F9 86");
    assertThat(wire.ask(1, FIRST, PATIENCE)).isInstanceOf(Answer.Nothing.class);
    assertThat(word(wire.ask(1, FIRST, PATIENCE), 0)).isEqualTo(42);
    assertThat(word(wire.ask(1, OTHER, PATIENCE), 9)).isEqualTo(7);
  }

  @Test
  void aLongAnswerMayTakeLongerThanThePatienceForItsFirstByte() throws Exception {
    var many = new Request.Read(Table.HOLDING, 0, 100);
    byte[] pdu = new byte[202];
    pdu[0] = 3;
    pdu[1] = (byte) 200;
    byte[] telegram = RtuWindow.telegram(1, pdu);
    line.then("90: 00", "250: " + HexFormat.ofDelimiter(" ").formatHex(telegram));
    assertThat(wire.ask(1, many, PATIENCE)).isInstanceOf(Answer.Said.class);
  }

  @Test
  void aLineThatBabblesIsAskedAllTheSame() throws Exception {
    var noise = new String[100];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = "%d: 55".formatted(i + 101);
    }
    line.then(noise);
    assertThat(wire.ask(1, FIRST, PATIENCE)).isInstanceOf(Answer.Nothing.class);
    line.then("1: " + ANSWER);
    wire.ask(1, FIRST, PATIENCE);
    assertThat(line.written()).hasSize(2);
  }

  private static int word(Answer answer, int address) {
    assertThat(answer).isInstanceOf(Answer.Said.class);
    return answer instanceof Answer.Said(var block) ? block.word(address) : -1;
  }
}
