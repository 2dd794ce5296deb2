package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;

class LorawanBusTest {

  private static final String BIN = "kind: bin, empty: 220cm, full: 30cm, ";

  @TempDir private Path folder;
  private final Mistakes mistakes = new Mistakes();

  @Test
  void theExampleIsRight() {
    var site = Sites.read(Sites.EXAMPLE, mistakes);
    var bus = LorawanBus.read(site.buses().getFirst(), mistakes);
    bus.check(site.devices(), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(bus).isEqualTo(new LorawanBus("lora", null, Duration.ofHours(6)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application: bins | at: lora/24E124713B010001, profile: em400-mud  | E104",
        "expiry: 1         | at: lora/24E124713B010001, profile: em400-mud  | E101",
        "expiry: 1h        | at: lora/24E124713B01000, profile: em400-mud   | E104",
        "expiry: 1h        | at: lora/24E124713B010001/0, profile: em400-mud | E104",
        "expiry: 1h        | at: lora/24E124713B010001                      | E001",
        "expiry: 1h        | at: lora/24E124713B010001, profile: ws558      | E404",
        "expiry: 1h        | at: lora/24E124713B010001/2, profile: em400-mud | E404",
        "expiry: 1h        | kind: zone, method: drip, at: lora/24E124713B010001, profile: uc511 | W208",
        "expiry: 1h        | at: lora/24E124713B010001, profile: em400-mud, devices: [{ at: lora/24e124713b010001, profile: em400-mud }] | E203",
        "expiry: 1h        | kind: zone, method: drip, verify: 30min, at: lora/24E124713B010001, profile: lse01, devices: [{ at: lora/24e124713B010001/1, profile: uc511 }] | E201",
      })
  void tellsWhatIsWrong(String bus, String asset, String code) throws Exception {
    var site =
        """
        schema: 1
        site: { id: LORA-1, name: p, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
        uplink: { url: mqtt://127.0.0.1:1884, tenant: bench, accept: [plaintext, anonymous] }
        buses: { lora: { driver: lorawan, %s } }
        assets: { one: { %s } }
        """
            .formatted(bus, asset.startsWith("kind") ? asset : BIN + asset);
    var file = Files.writeString(folder.resolve("site.yaml"), site);
    var read = Sites.read(file, mistakes);
    LorawanBus.read(read.buses().getFirst(), mistakes).check(read.devices(), mistakes);
    assertThat(mistakes.all())
        .as("%s", mistakes.all())
        .extracting(Mistake::code)
        .containsExactly(code);
  }
}
