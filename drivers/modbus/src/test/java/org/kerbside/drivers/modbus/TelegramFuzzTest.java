package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.testkit.Inputs;

/**
 * Jazzer's targets: whatever comes on a line is our answer or none, the same in every chunking.
 * With JAZZER_FUZZ=1 in the environment they look for new inputs; those that they have are tried
 * again in every build, without its agent.
 */
class TelegramFuzzTest {

  private static final List<Table> TABLES = List.of(Table.values());

  @FuzzTest(maxDuration = "2m")
  @Tag("long")
  @Tag("fuzz")
  void aSerialLineAnswersOrDoesNot(byte[] input) {
    takeSerial(input);
  }

  @FuzzTest(maxDuration = "2m")
  @Tag("long")
  @Tag("fuzz")
  void aStreamIsTelegramsOrLost(byte[] input) {
    takeStream(input);
  }

  @Test
  void whatWasFoundOnceIsAnAnswerOrNone() throws Exception {
    for (byte[] input : Inputs.of(TelegramFuzzTest.class, "aSerialLineAnswersOrDoesNot")) {
      takeSerial(input);
    }
    for (byte[] input : Inputs.of(TelegramFuzzTest.class, "aStreamIsTelegramsOrLost")) {
      takeStream(input);
    }
  }

  /** The first three bytes are what was asked: table, count, unit. */
  private static void takeSerial(byte[] input) {
    if (input.length < 3) {
      return;
    }
    var table = TABLES.get((input[0] & 0xFF) % TABLES.size());
    var request = new Request.Read(table, 0, 1 + (input[1] & 0xFF) % 16);
    int unit = input[2] & 0xFF;
    byte[] line = Arrays.copyOfRange(input, 3, Math.min(input.length, 900)); // that a window keeps
    var slowly = new RtuWindow(unit, request);
    byte[] first = null;
    for (int i = 0; i < line.length && first == null; i++) {
      first = slowly.take(new byte[] {line[i]});
    }
    byte[] whole = new RtuWindow(unit, request).take(line);
    assertThat(whole == null).isEqualTo(first == null);
    read(request, first);
    read(request, whole);
  }

  private static void read(Request request, byte @Nullable [] pdu) {
    if (pdu == null) {
      return;
    }
    assertThat(Answer.fits(request, pdu)).isTrue();
    assertThat(Answer.of(request, pdu)).isInstanceOfAny(Answer.Said.class, Answer.Refusal.class);
  }

  private static void takeStream(byte[] input) {
    var slowly = new Mbap();
    var told = new ArrayList<String>();
    boolean isLost = false;
    for (int i = 0; i < input.length && !isLost; i++) {
      slowly.take(new byte[] {input[i]});
      isLost = drain(slowly, told);
    }
    var atOnce = new Mbap();
    atOnce.take(input);
    var whole = new ArrayList<String>();
    assertThat(drain(atOnce, whole)).isEqualTo(isLost);
    assertThat(whole).isEqualTo(told);
  }

  /** Whether the stream is lost. */
  private static boolean drain(Mbap stream, List<String> told) {
    try {
      for (var next = stream.next(); next != null; next = stream.next()) {
        assertThat(next.bytes()).hasSizeBetween(2, 253);
        told.add(next.transaction() + " " + next.unit() + HexFormat.of().formatHex(next.bytes()));
      }
      return false;
    } catch (Unavailable lost) {
      return true;
    }
  }
}
