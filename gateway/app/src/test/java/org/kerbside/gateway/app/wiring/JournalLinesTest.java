package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class JournalLinesTest {

  private final ByteArrayOutputStream journal = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(new JournalLines(journal), true, UTF_8);

  @Test
  void aLevelBecomesAPriority() {
    err.println("ERROR Writer - journal: 磁盘 full");
    err.println("WARN Supervisor - no answer");
    err.println("INFO Supervisor - connected");
    err.println("DEBUG Poller - asked");

    assertThat(journal.toString(UTF_8))
        .isEqualTo(
            """
            <3>Writer - journal: 磁盘 full
            <4>Supervisor - no answer
            <6>Supervisor - connected
            <7>Poller - asked
            """);
  }

  @Test
  void aStackBelongsToItsMessage() {
    err.print("said by nobody\nERROR Service - thread writer died\n");
    err.print("java.lang.Error: x\n\tat A.b(A.java:1)\nWARN A - over\n");

    assertThat(journal.toString(UTF_8))
        .isEqualTo(
            """
            <6>said by nobody
            <3>Service - thread writer died
            <3>java.lang.Error: x
            <3>\tat A.b(A.java:1)
            <4>A - over
            """);
  }

  @Test
  void onlyJournaldReadsItSo() {
    assertThat(JournalLines.isReadBy(null)).isFalse();
    assertThat(JournalLines.isReadBy("1:2")).isFalse();
  }
}
