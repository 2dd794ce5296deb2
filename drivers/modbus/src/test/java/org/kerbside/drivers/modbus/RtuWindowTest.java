package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.model.Reason;

/** The answer is found in whatever comes, in whatever pieces; and nothing else is taken for it. */
class RtuWindowTest {

  private static final Request SOIL = new Request.Read(Table.HOLDING, 0, 3);
  private static final String ANSWER = "01 03 06 02 92 FF 9B 03 E8 D8 0F";
  private static final String PDU = "030602 92FF9B03E8";

  @ParameterizedTest
  @CsvSource({
    "the answer alone, ''",
    "an echo of what we asked, 01 03 00 00 00 03 05 CB",
    "noise, 00 FF 01 03 06",
    "another device's late answer, 02 03 06 00 01 00 02 00 03 E9 84",
    "an answer of another length, 01 03 02 00 2A 39 9B",
    "the answer with a bent bit, 01 03 06 02 92 FF 9B 03 E9 D8 0F"
  })
  void whatStandsInFrontIsPassedOver(String what, String before) {
    assertThat(found(new RtuWindow(1, SOIL), before + ANSWER)).isEqualTo(hex(PDU));
  }

  /** Tried in full: each of the 1024 ways to cut eleven bytes. */
  @Test
  void everyChunkingOfTheStreamDecodesTheSame() {
    byte[] stream = hex(ANSWER);
    for (int cuts = 0; cuts < 1 << stream.length - 1; cuts++) {
      var window = new RtuWindow(1, SOIL);
      int from = 0;
      byte @Nullable [] found = null;
      for (int to = 1; to <= stream.length; to++) {
        if (to == stream.length || (cuts >>> to - 1 & 1) == 1) {
          assertThat(found).isNull();
          found = window.take(Arrays.copyOfRange(stream, from, to));
          from = to;
        }
      }
      assertThat(found).as("cut at %s", Integer.toBinaryString(cuts)).isEqualTo(hex(PDU));
    }
  }

  @Test
  void aRefusalIsAnAnswer() {
    var answer = new RtuWindow(1, SOIL).take(hex("01 83 02 C0 F1"));
    assertThat(answer).isEqualTo(hex("8302"));
    assertThat(Answer.of(SOIL, hex("8302"))).isEqualTo(new Answer.Refusal(2));
  }

  @Test
  void saysWhetherNothingCameOrSomethingBent() {
    var window = new RtuWindow(1, SOIL);
    assertThat(window.take(hex("02 03 06 00 01 00 02 00 03 E9 84"))).isNull();
    assertThat(window.reason()).isEqualTo(Reason.TIME_OUT);
    assertThat(window.take(hex("01 03 06 02 92 FF 9B 03 E8 D8 0E"))).isNull();
    assertThat(window.reason()).isEqualTo(Reason.BAD_CHECKSUM);
  }

  @Test
  void aWriteIsAnsweredByItselfOnly() {
    var dim = new Request.WriteOne(6, 0, 37);
    byte[] echo = RtuWindow.telegram(1, dim.pdu());
    assertThat(new RtuWindow(1, dim).take(echo)).isEqualTo(dim.pdu());
    byte[] other = RtuWindow.telegram(1, new Request.WriteOne(6, 0, 38).pdu());
    assertThat(new RtuWindow(1, dim).take(other)).isNull();
  }

  /** Whatever a line babbles, the window stays small, throws nothing and finds what follows. */
  @Test
  @Tag("modbus-noise")
  void noiseOfAnyKindIsSurvived() {
    var campaign = Campaign.of("modbus-noise", 300);
    var chance = campaign.chance();
    for (int i = 0; i < campaign.n(); i++) {
      var window = new RtuWindow(1, SOIL);
      byte[] noise = new byte[chance.nextInt(3000)];
      chance.nextBytes(noise);
      assertThat(window.take(noise)).as("%s", campaign).isNull();
      assertThat(window.take(hex(ANSWER))).as("%s", campaign).isEqualTo(hex(PDU));
    }
  }

  /** Specification's own example (Modbus over Serial Line V1.02, appendix B): 02 07 → 41 12. */
  @Test
  void theChecksumIsTheSpecifications() {
    assertThat(RtuWindow.telegram(2, new byte[] {7})).isEqualTo(hex("02 07 41 12"));
  }

  private static byte @Nullable [] found(RtuWindow window, String stream) {
    for (int size : List.of(1, 3, 64)) {
      byte[] bytes = hex(stream);
      for (int from = 0; from < bytes.length; from += size) {
        byte[] found =
            window.take(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }
}
