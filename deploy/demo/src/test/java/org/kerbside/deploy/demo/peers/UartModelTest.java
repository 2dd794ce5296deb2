package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/** The bytes are the makers' own examples, and no decoder of ours has a say in them. */
class UartModelTest {

  private static final byte[] NOTHING = {};

  @Test
  void aDistanceIsTwoBytesAndASum() {
    var model = new UartModel.A02yyuw("a02yyuw");
    assertThat(hex(model, Sample.of("distance", 1.953, Unit.METRE))).isEqualTo("ff 07 a1 a7");
    assertThat(hex(model, Sample.bad("distance", Reason.NO_ECHO))).isEqualTo("ff ff fd fb");
  }

  @Test
  void whoKeepsStillIsATelegramOfTheRadars() {
    assertThat(hex(new UartModel.Ld2410(), Sample.of("presence", "still")))
        .isEqualTo("f4 f3 f2 f1 0d 00 02 aa 02 00 00 00 78 00 3c 78 00 55 00 f8 f7 f6 f5");
  }

  @Test
  void aGasIsToldToWhoAsks() {
    var model = new UartModel.Ze03("ze03", "nh3", 0.697, 0.1);
    var air = Said.of(List.of(Sample.of("nh3", 697, Unit.MICROGRAM))); // 1 ppm at 25 degrees
    var question = HexFormat.ofDelimiter(" ").parseHex("ff 01 86 00 00 00 00 00 79");
    assertThat(model.says(NOTHING, air)).isEmpty();
    assertThat(HexFormat.ofDelimiter(" ").formatHex(model.says(question, air)))
        .isEqualTo("ff 86 00 0a 00 00 00 00 70");
  }

  private static String hex(UartModel model, Sample sample) {
    return HexFormat.ofDelimiter(" ").formatHex(model.says(NOTHING, Said.of(List.of(sample))));
  }
}
