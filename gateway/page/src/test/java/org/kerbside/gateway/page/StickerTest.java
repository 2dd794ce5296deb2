package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Machine;

/** Whose a label is, whatever its maker prints. */
class StickerTest {

  private static final Machine MACHINE =
      new Machine() {
        @Override
        public Facts facts() {
          return Machine.NONE.facts();
        }

        @Override
        public List<Fitting> fittings(String asset) {
          return switch (asset) {
            case "bin-1" -> List.of(new Fitting("em400-mud", "lora/24E124713B010001", null, ""));
            case "bin-2" -> List.of(new Fitting("ultrasonic-485", "rs485-a/32", null, ""));
            default -> List.of();
          };
        }
      };

  private final List<Asset> assets = Street.demo().overview().assets();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "LW:D0:24E1240000000001:24E124713B010001:002A1234 | bin-1",
        "DevEUI: 24-e1-24-71-3b-01-00-01                  | bin-1",
        "24E124713B010001                                 | bin-1",
        "http://maker.example/d?sn=24E124713B010001&v=2   | bin-1",
        "rs485-a/32                                       | bin-2",
        "BIN-2                                            | bin-2",
        "32                                               | -",
        "24E124713B0100010                                | -",
        "bin-22                                           | -",
        "''                                               | -",
      })
  void itIsTheAssetsWhoseDeviceOrCodeItNames(String text, String owner) {
    var found = new Sticker(text).of(assets, MACHINE).stream().map(Asset::id).toList();
    assertThat(found).isEqualTo(owner == null ? List.of() : List.of(owner));
  }

  @Test
  void ofTheAlliancesFormTheSecondNumberIsTheDevices() {
    assertThat(new Sticker("LW:D0:24E1240000000001:24E124713B010002:002A1234").eui())
        .isEqualTo("24E124713B010002");
    assertThat(new Sticker("bin-2").eui()).isNull();
  }

  @Test
  void ourOwnLabelsPasswordIsNotShown() {
    assertThat(new Sticker("WIFI:T:WPA;S:KERBSIDE-0173;P:7K4Q-M2XD-9TPW;;").shown())
        .isEqualTo("WIFI:…");
    assertThat(new Sticker("a\u0000b\n" + "x".repeat(500)).shown())
        .startsWith("a b x")
        .hasSize(301);
  }
}
