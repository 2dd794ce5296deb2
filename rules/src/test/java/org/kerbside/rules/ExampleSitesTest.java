package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteReader;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.model.RuleCard;

class ExampleSitesTest {

  private static final SiteReader READER =
      new SiteReader(
          Kinds.TABLE, Profiles.shipped(), Set.of("coap", "lorawan", "mqtt", "simulator"));

  @ParameterizedTest
  @CsvSource({
    "demo.yaml, bin-overflow lamp-out stall-overstay water-burst",
    "mqtt-field.yaml, high",
  })
  void everyExampleHasItsRules(String file, String names) {
    var mistakes = new Mistakes();
    var site = READER.read(Path.of("../config/sites", file), List.of(), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(site).isNotNull();
    if (site != null) {
      var book = RuleBook.read(site, mistakes);
      assertThat(mistakes.all()).isEmpty();
      assertThat(book.cards()).extracting(RuleCard::name).contains(names.split(" ", -1));
    }
  }
}
