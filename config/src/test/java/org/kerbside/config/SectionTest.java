package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class SectionTest {

  @Test
  void letsTheLaterSectionWinKeyByKey() {
    var city = Sites.yaml("uplink: { url: a, tenant: t, accept: [x] }\nlanguage: en");
    var site = Sites.yaml("uplink: { url: b, accept: [] }");
    var uplink = Objects.requireNonNull(city.merged(site).section("uplink"));
    assertThat(uplink.text("url")).hasToString("b");
    assertThat(uplink.text("tenant")).hasToString("t");
    assertThat(uplink.texts("accept")).isEmpty();
    assertThat(city.merged(site).text("language")).hasToString("en");
  }

  @Test
  void tellsOfNoMissingWordThatWasMisspelt() {
    var section = Sites.yaml("powr: 60W");
    section.required("power", "60W");
    section.refuseOthers("kind 'lamp'");
    assertThat(section.mistakes().all()).extracting(Mistake::code).containsExactly("E003");
  }

  @Test
  void tellsOfAMissingWordBesideAnUnknownOne() {
    var section = Sites.yaml("colour: red");
    section.required("power", "60W");
    section.refuseOthers("kind 'lamp'");
    assertThat(section.mistakes().all())
        .extracting(Mistake::code)
        .containsExactlyInAnyOrder("E001", "E003");
  }

  @Test
  void takesALoneWordForAListOfOne() {
    assertThat(Sites.yaml("accept: plaintext").texts("accept"))
        .extracting(Text::text)
        .containsExactly("plaintext");
  }
}
