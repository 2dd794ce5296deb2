package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.config.Overlay;
import org.kerbside.config.UplinkConfig;
import org.kerbside.gateway.model.Want;

/** Which files the city may replace, and which stay the board's. */
class PushableTest {

  private static final String SITE = "schema: 1\ninclude: [ city.yaml ]\n";

  @TempDir private Path folder = Path.of("");
  private Path site = Path.of("");

  @BeforeEach
  void writeTheSite() throws Exception {
    site = Files.writeString(folder.resolve("site.yaml"), SITE);
    Files.writeString(folder.resolve("city.yaml"), "language: en\n");
    put("integrations/wecom.camel.yaml");
    put("keys/dispatch-2026.pem");
    put("secrets/mqtt");
  }

  private void put(String name) throws Exception {
    Files.createDirectories(folder.resolve(name).resolveSibling(""));
    Files.writeString(folder.resolve(name), "here");
  }

  @Test
  void aWholeSiteTakesThePlaceOfAllButCodeAndSecrets() throws Exception {
    assertThat(pushed(UplinkConfig.Want.SITE, "site.yaml", "rules/own.yaml", "keys/new.pem"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "site.yaml", "pushed",
                "rules/own.yaml", "pushed",
                "keys/new.pem", "pushed",
                "integrations/wecom.camel.yaml", "here"));
    assertThatExceptionOfType(Pushable.Refused.class)
        .isThrownBy(() -> pushed(UplinkConfig.Want.SITE, "city.yaml"))
        .withMessage("'site.yaml' is not among the files");
  }

  @Test
  void aCityReplacesWhatTheSiteIncludesAndNothingElse() throws Exception {
    assertThat(pushed(UplinkConfig.Want.CITY, "city.yaml"))
        .containsEntry("site.yaml", SITE)
        .containsEntry("city.yaml", "pushed")
        .containsEntry("keys/dispatch-2026.pem", "here");
    for (var name : List.of("site.yaml", "other.yaml")) {
      assertThatExceptionOfType(Pushable.Refused.class)
          .as(name)
          .isThrownBy(() -> pushed(UplinkConfig.Want.CITY, name));
    }
  }

  /** Whoever may push its part of the site shall not choose whom the gateway trusts. */
  @Test
  void aCityReplacesNoKeyAndNoProfile() throws Exception {
    put("profiles/meter.yaml");
    for (var name : List.of("keys/dispatch-2026.pem", "profiles/meter.yaml")) {
      assertThatExceptionOfType(Pushable.Refused.class)
          .as(name)
          .isThrownBy(() -> pushed(UplinkConfig.Want.CITY, name))
          .withMessageContaining("is no file that the site includes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../site.yaml",
        "/etc/passwd.yaml",
        "rules/../../x.yaml",
        "secrets/mqtt.yaml",
        "integrations/x.yaml",
        "x.camel.yaml",
        "rules/x.camel.yaml",
        "keys/sub/x.pem",
        "x.pem",
        "x.sh",
        ".yaml",
        "a//b.yaml",
        "a\\b.yaml",
        "a\u0000.yaml",
        ""
      })
  void whatIsNoFileOfASiteIsRefused(String name) {
    assertThatExceptionOfType(Pushable.Refused.class)
        .isThrownBy(() -> pushed(UplinkConfig.Want.SITE, "site.yaml", name))
        .withMessageContaining("cannot be pushed");
  }

  @Test
  void whereNoSiteIsLeftHereTheCitysIsAllThereIs() throws Exception {
    Files.delete(site);
    assertThat(pushed(UplinkConfig.Want.SITE, "site.yaml")).containsOnlyKeys("site.yaml");
  }

  private Map<String, String> pushed(UplinkConfig.Want may, String... names) throws Exception {
    var files = new TreeMap<String, String>();
    for (var name : names) {
      files.put(name, "pushed");
    }
    var here = new Plan.Source(site, List.of(), Overlay.NONE, null);
    var will = new Pushable(may, site).with(new Want(1, files, Duration.ofMinutes(5)), here);
    var texts = new TreeMap<String, String>();
    will.contents().forEach((name, bytes) -> texts.put(name, new String(bytes, UTF_8)));
    return texts;
  }
}
