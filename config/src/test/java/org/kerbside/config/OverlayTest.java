package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {

  private static final Instant NOON = Instant.parse("2026-05-02T04:00:00Z");

  private static final String HEAD =
      Sites.HEAD.replace("mqtt } }", "simulator }, gpio: { driver: board } }") + "demo: true\n";

  private static final String ASSETS =
      """
      assets:
        bin-1..3: { kind: bin, empty: 120cm, full: 30cm, at: field/b1..3 }
        lamp-1:
          kind: lamp
          power: 60W
          curve: { 100%: 58W }
          devices: [ { at: field/l1 }, { at: field/l2 } ]
          relay: gpio/5
      """;

  @TempDir private Path folder;
  private final Mistakes mistakes = new Mistakes();

  @Test
  void whatWasMeasuredLiesOverTheSiteAndOfOneAssetOfARangeOnly() throws Exception {
    var site =
        site(
            learned("bin-2", Map.of("empty", "118cm"), "empty", "1.2m"),
            learned("lamp-1", Map.of("curve.50%", "31W"), "", ""));

    assertThat(site.assets().get(0).setting("empty", 0)).isEqualTo(1.2);
    assertThat(site.assets().get(1).setting("empty", 0)).isEqualTo(1.18);
    assertThat(site.assets().get(1).setting("full", 0)).isEqualTo(.3);
    assertThat(site.assets().get(3).setting("curve.100%", 0)).isEqualTo(58);
    assertThat(site.assets().get(3).setting("curve.50%", 0)).isEqualTo(31);
  }

  @Test
  void theLaterIsSo() throws Exception {
    var site =
        site(
            learned("bin-2", Map.of("empty", "118cm"), "empty", "1.2m"),
            learned("bin-2", Map.of("empty", "117cm"), "empty", "1.18m"));

    assertThat(site.assets().get(1).setting("empty", 0)).isEqualTo(1.17);
  }

  @Test
  void aDeviceIsBoundInTheOldOnesPlace() throws Exception {
    var site =
        site(
            learned("bin-2", Map.of("at", "field/new"), "at", "field/b2"),
            learned("lamp-1", Map.of("at", "field/other"), "at", "field/l2"),
            learned("lamp-1", Map.of("at", "gpio/6"), "at", "gpio/5"));

    assertThat(site.devices())
        .extracting(device -> device.at().text())
        .containsExactly("field/b1", "field/new", "field/b3", "field/l1", "field/other", "gpio/6");
    assertThat(site.devices())
        .extracting(Device::bound)
        .containsExactly(null, NOON, null, null, NOON, NOON);
    assertThat(site.devices().getLast().tells("on")).isTrue();
    assertThat(site.devices().getLast().tells("energy")).isFalse();
  }

  @Test
  void theNewOneMayBeAnotherModel() throws Exception {
    var site =
        site(
            learned("bin-2", Map.of("at", "field/new", "profile", "dds75-lb"), "at", "field/b2"),
            learned(
                "lamp-1", Map.of("at", "field/other", "profile", "lamp-485"), "at", "field/l2"));

    assertThat(site.devices().stream().map(OverlayTest::model))
        .containsExactly("-", "dds75-lb", "-", "-", "lamp-485", "lamp-relay");
  }

  private static String model(Device device) {
    return device.profile() == null ? "-" : device.profile().name().text();
  }

  @Test
  void aDeviceMayBeBoundTimeAndAgain() throws Exception {
    var site =
        site(
            learned("bin-2", Map.of("at", "field/new"), "at", "field/b2"),
            learned("bin-2", Map.of("at", "field/newer"), "at", "field/new"));

    assertThat(site.devices().get(1).at().text()).isEqualTo("field/newer");
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    var overlay =
        Overlay.NONE
            .with(learned("bin-2", Map.of("empty", "118cm"), "empty", "1.2m"))
            .with(learned("bin-1", Map.of("at", "field/\"x\""), "at", "field/b1"))
            .with(learned("lamp-1", Map.of("curve.50%", "31W"), "", ""));
    var file = folder.resolve(Overlay.FILE);
    overlay.write(file);

    var read = Overlay.read(file, mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(read.text()).isEqualTo(overlay.text());
    assertThat(read.learned().getFirst().by()).isEqualTo("张 4711");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void noFileIsNothingLearned() {
    assertThat(Overlay.read(folder.resolve(Overlay.FILE), mistakes).learned()).isEmpty();
    assertThat(mistakes.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bin-2, area, strict, E104, blind",
    "bin-2, emty, 118cm, E104, did you mean 'empty'?",
    "bin-2, empty, 118, E101, 118cm",
    "bin-2, empty, 31cm, E107, ''",
    "lamp-1, curve.60%, 1W, E104, curve",
    "bin-2, at, nowhere/1, E202, field",
    "bin-2, at, field/b1, E203, address",
  })
  void whatCannotBeIsTold(String asset, String name, String value, String code, String help)
      throws Exception {
    read(learned(asset, Map.of(name, value), "at", "field/b2"));

    assertThat(mistakes.all()).extracting(Mistake::code).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learned: 5 | E004",
        "learned: [ { asset: bin-2, by: \"x\", when: \"2026-05-02T04:00:00Z\" } ] | E001",
        "learned: [ { asset: bin-2, set: { empty: 1m }, by: \"x\", when: noon } ] | E303",
        "learned: [ | E000",
        "leaned: [] | E003",
      })
  void aDamagedFileIsToldAndNothingOfItUsed(String lines, String code) throws Exception {
    var file = folder.resolve(Overlay.FILE);
    Files.writeString(file, "schema: 1\n" + lines + "\n");

    assertThat(Overlay.read(file, mistakes).learned()).isEmpty();
    assertThat(mistakes.all()).extracting(Mistake::code).contains(code);
    assertThat(mistakes.hasErrors()).isTrue();
  }

  private SiteConfig site(Learned... learned) throws Exception {
    var site = read(learned);
    assertThat(mistakes.all()).isEmpty();
    return Objects.requireNonNull(site);
  }

  private @Nullable SiteConfig read(Learned... learned) throws Exception {
    var file = folder.resolve("site.yaml");
    Files.writeString(file, HEAD + ASSETS);
    var overlay = Overlay.NONE;
    for (var one : learned) {
      overlay = overlay.with(one);
    }
    return Sites.READER.over(overlay).read(file, List.of(), mistakes);
  }

  private static Learned learned(
      String asset, Map<String, String> set, String name, String before) {
    var was = new LinkedHashMap<String, String>();
    if (!name.isEmpty()) {
      was.put(name, before);
    }
    return Learned.of(asset, set, was, "张 4711", NOON.plusNanos(7));
  }
}
