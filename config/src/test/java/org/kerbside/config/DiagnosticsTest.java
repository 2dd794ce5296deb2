package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kerbside.config.Diagnostics.Strictness;

class DiagnosticsTest {

  private static final Mark MARK = new Mark("site.yaml", 15, 44, 3, "  bin-2: { empty: 120 }");

  private final Mistakes mistakes = new Mistakes();
  private final Diagnostics diagnostics = new Diagnostics(mistakes);

  @Test
  void endsWellWithoutMistakes() {
    assertThat(diagnostics.exitCode(Strictness.STRICT)).isZero();
    assertThat(diagnostics.json()).isEqualTo("{\"format\":1,\"ok\":true,\"diagnostics\":[]}");
    assertThat(diagnostics.text()).isEmpty();
  }

  @Test
  void mindsAWarningOnlyWhenStrict() {
    mistakes.add(MARK, "W501", "the password stands in the open", "hide it");
    assertThat(diagnostics.exitCode(Strictness.LENIENT)).isZero();
    assertThat(diagnostics.exitCode(Strictness.STRICT)).isEqualTo(3);
  }

  @Test
  void mindsAnErrorAlways() {
    mistakes.add(MARK, "E101", "'120' has no unit", "write 120cm");
    assertThat(diagnostics.exitCode(Strictness.LENIENT)).isEqualTo(2);
  }

  @Test
  void writesJsonThatAnyPeerReads() {
    mistakes.add(MARK, "E101", "'1\"2\\0' 垃圾\n\t\u0001 🗑", "write 120cm");
    assertThat(diagnostics.json())
        .isEqualTo(
            """
            {"format":1,"ok":false,"diagnostics":[{"severity":"error","code":"E101",\
            "file":"site.yaml","line":15,"column":44,"endColumn":47,"path":null,\
            "message":"'1\\"2\\\\0' 垃圾\\n\\t\\u0001 🗑","help":"write 120cm","fix":null}]}""");
  }
}
