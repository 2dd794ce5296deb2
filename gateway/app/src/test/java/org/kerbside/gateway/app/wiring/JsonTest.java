package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Programs read it: each sign counts. */
class JsonTest {

  @Test
  void aMemberOfEachSortOnOneLineInTheOrderInWhichTheyWerePut() {
    var json =
        Json.answer()
            .put("word", "a \"b\"\n桶")
            .put("number", 41)
            .put("share", 0.25, 1)
            .put("truth", true)
            .put("inner", new Json().put("at", "sim/1"))
            .put("rows", Stream.of(new Json().put("n", 1), new Json()))
            .put("words", List.of("x", "y"))
            .as("raw", "[1,2]");
    assertThat(json)
        .hasToString(
            """
            {"format":1,"word":"a \\"b\\"\\n桶","number":41,"share":0.3,"truth":true,\
            "inner":{"at":"sim/1"},"rows":[{"n":1},{}],"words":["x","y"],"raw":[1,2]}""");
  }

  @Test
  void whatNobodyKnowsIsNull() {
    String word = null;
    Long number = null;
    assertThat(new Json().put("word", word).put("number", number).none("else"))
        .hasToString("{\"word\":null,\"number\":null,\"else\":null}");
  }

  @Test
  void wordsByTheirNamesAndNothingAtAll() {
    assertThat(Json.of(Map.of("full", "85%"))).hasToString("{\"full\":\"85%\"}");
    assertThat(new Json().put("none", List.of())).hasToString("{\"none\":[]}");
    assertThat(Json.array(Stream.of())).isEqualTo("[]");
  }
}
