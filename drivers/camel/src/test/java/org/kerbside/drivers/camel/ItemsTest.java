package org.kerbside.drivers.camel;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.picks.Pointer;

/** How a message comes apart. */
class ItemsTest {

  private static final Pointer ID = Pointer.of("id");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'a'}                          | a   |",
        "{'id':'a'} {'id':'b'}               | a b |",
        "[{'id':'a'},{'id':'b'}]             | a b |",
        "[{'id':'a'}] {'id':7}               | a 7 |",
        "{'x':{'id':'n'},'id':'a'}           | a   |",
        "{'x':1}                             | -   |",
        "{'id':{'id':'a'}}                   | -   |",
        "{'id':null}                         | null |",
        "{'id':'ä'}{'id':'b'}                | ä b |",
        "{'id':'a'},{'id':'b'}               | a   | not JSON",
        "{'id':'a'} 7                        | a   | no JSON object: got VALUE_NUMBER_INT",
        "{'id':'a'} [[{'id':'b'}]]           | a   | no JSON object: got START_ARRAY",
        "{'id':'a'} {'id'                    | a   | not JSON",
        "``                                  |     | no JSON object",
        "[]                                  |     | no JSON object",
      })
  void jsonIsTakenApartUpToTheFirstMistake(String body, String ids, String problem) {
    var items = Items.in(new Format.Json(), body.replace('\'', '"').getBytes(UTF_8), Bench.NOW);
    var found = items.items().stream().map(item -> String.valueOf(item.text(ID))).toList();
    assertThat(String.join(" ", found)).isEqualTo(ids == null ? "" : ids.replace("-", "null"));
    if (problem == null) {
      assertThat(items.problems()).isEmpty();
    } else {
      assertThat(items.problems()).singleElement().asString().startsWith(problem);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id,x~a,1~b,2~          | a b",
        "x,id~1,a               | a",
        "id,x^~a,1^~b,2^~       | a b",
        "id,x~'a','1~2'~b,2     | a b",
        "id,x~'a''c',1          | a'c",
        "id,x~ a , 1 ~          | a",
        "id,x~~a,1~             | a",
        "id~a~b                 | a b",
      })
  void aTableIsTakenApartByLines(String body, String ids) {
    byte[] bytes =
        body.replace('\'', '"').replace('~', '\n').replace('^', '\r').strip().getBytes(UTF_8);
    var items = Items.in(new Format.Csv(','), bytes, Bench.NOW);
    assertThat(items.problems()).isEmpty();
    assertThat(items.items().stream().map(item -> item.text(ID)).toList())
        .containsExactly(ids.replace('\'', '"').split(" "));
  }

  @Test
  void theByteOrderMarkOfASpreadsheetIsNoColumn() {
    var items = Items.in(new Format.Csv(';'), "\uFEFFid;x\na;1".getBytes(UTF_8), Bench.NOW);
    assertThat(items.items()).extracting(item -> item.text(ID)).containsExactly("a");
    var json = Items.in(new Format.Json(), "\uFEFF{\"id\":\"a\"}".getBytes(UTF_8), Bench.NOW);
    assertThat(json.items()).extracting(item -> item.text(ID)).containsExactly("a");
  }

  @Test
  void whatIsNoTextIsRefused() {
    byte[] bytes = "{\"id\":\"a\"}".getBytes(UTF_16);
    assertThat(Items.in(new Format.Json(), bytes, Bench.NOW).problems())
        .containsExactly("not text in UTF-8");
  }

  @Test
  void aMessageOfTooManyLinesIsCutAndTold() {
    var items =
        Items.in(
            new Format.Csv(','),
            "id\nabc\n".concat("x\n".repeat(1_000)).getBytes(UTF_8),
            Bench.NOW);
    assertThat(items.items()).hasSize(Items.MOST);
    assertThat(items.problems()).containsExactly("1001 objects or lines: expected at most 1000");
  }
}
