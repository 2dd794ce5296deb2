package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.page.PageServer;

/** The page has a word for every point that an asset of the house may have. */
class PointWordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"zh_CN", "en"})
  void everyPointOfEveryKindHasItsWord(String language) throws IOException {
    var words = new Properties();
    try (var in = PageServer.class.getResourceAsStream("words_" + language + ".properties")) {
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    var wanted = new TreeSet<String>();
    var states = new TreeSet<String>();
    for (var kind : Kinds.TABLE.values()) {
      for (var point : kind.points().values()) {
        wanted.add("point." + point.name());
        point.words().forEach(word -> states.add("state." + word));
      }
    }
    assertThat(words.stringPropertyNames()).containsAll(wanted).containsAll(states);
  }
}
