package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import org.junit.jupiter.api.Test;

/** A label that phones read, and people without one. */
class DoorLabelTest {

  private static final DoorLabel LABEL =
      new DoorLabel(
          "人民公园 <3> 号公厕",
          "CD-QY-0173",
          new AccessPoint("KERBSIDE-0173", "7K4Q-M2XD-9TPW", "10.73.1.1"),
          "12345");

  @Test
  void itsCodesSayWhatTheyAreToSay() throws Exception {
    assertThat(LABEL.joins()).isEqualTo("WIFI:T:WPA;S:KERBSIDE-0173;P:7K4Q-M2XD-9TPW;;");
    assertThat(LABEL.opens()).isEqualTo("HTTP://10.73.1.1/");
    assertThat(read(LABEL.joins())).isEqualTo(LABEL.joins());
    assertThat(read(LABEL.opens())).isEqualTo(LABEL.opens());
    assertThat(DoorLabel.modules(LABEL.joins()).getWidth()).isEqualTo(33);
    assertThat(DoorLabel.modules(LABEL.opens()).getWidth()).isEqualTo(21);
  }

  @Test
  void whatWouldEndAWordOfACodeIsEscaped() {
    var odd = new DoorLabel("", "", new AccessPoint("a;b", "c:\\\"d", "10.73.1.1"), "");
    assertThat(odd.joins()).isEqualTo("WIFI:T:WPA;S:a\\;b;P:c\\:\\\\\\\"d;;");
  }

  @Test
  void everythingStandsThereInPlainTextAsWell() {
    assertThat(LABEL.svg())
        .contains("人民公园 &lt;3&gt; 号公厕", "CD-QY-0173 · 12345", ">KERBSIDE-0173<")
        .contains(">7K4Q-M2XD-9TPW<", ">http://10.73.1.1/<")
        .doesNotContain("<3>");
  }

  /** By the library's other half. */
  private static String read(String content) throws Exception {
    var modules = DoorLabel.modules(content);
    var bits = new BitMatrix(modules.getWidth(), modules.getHeight());
    for (int row = 0; row < modules.getHeight(); row++) {
      for (int column = 0; column < modules.getWidth(); column++) {
        if (modules.get(column, row) == 1) {
          bits.set(column, row);
        }
      }
    }
    return new Decoder().decode(bits).getText();
  }
}
