package org.kerbside.deploy.demo.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read waits natively
class PseudoTerminalTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void everyByteGoesThroughAsItIs() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i; // Ctrl-C, Ctrl-S, newlines and what is no letter among them
    }
    var name = folder.resolve("ports/line");
    try (var port = PseudoTerminal.open(name);
        var in = new FileInputStream(name.toFile());
        var out = new FileOutputStream(name.toFile())) {
      out.write(all);
      assertThat(read(port, all.length)).isEqualTo(all);
      port.write(all);
      assertThat(in.readNBytes(all.length)).isEqualTo(all);
      assertThat(port.read(1)).as("no echo").isEmpty();
    }
    assertThat(Files.exists(name, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aNameThatAKilledProcessLeftIsGivenAnewAndNothingElseIs() throws Exception {
    var name = folder.resolve("line");
    Files.createSymbolicLink(name, Path.of("/dev/pts/987654"));
    try (var port = PseudoTerminal.open(name)) {
      assertThat(name.toRealPath().toString()).isNotEqualTo("/dev/pts/987654");
      assertThat(port.isOpen()).isTrue();
    }
    Files.writeString(name, "a file");
    assertThatThrownBy(() -> PseudoTerminal.open(name)).hasMessage("something else has that name");
    assertThat(name).hasContent("a file");
    assertThatThrownBy(() -> PseudoTerminal.open(Path.of("/dev/ttyUSB0")))
        .hasMessage("a port of this machine's own is not played");
  }

  /** What is told while nobody listens is not heard by who comes later. */
  @Test
  void whoHasLeftIsNotWrittenTo() throws Exception {
    var name = folder.resolve("line");
    try (var port = PseudoTerminal.open(name)) {
      new FileInputStream(name.toFile()).close();
      for (int i = 0; i < 10_000; i++) {
        port.write("old".getBytes(UTF_8));
      }
      try (var in = new FileInputStream(name.toFile())) {
        port.write("new".getBytes(UTF_8));
        assertThat(new String(in.readNBytes(3), UTF_8)).isEqualTo("new");
      }
    }
  }

  private static byte[] read(PseudoTerminal port, int count) throws Exception {
    byte[] all = new byte[count];
    int[] length = {0};
    Await.until(
        "all bytes",
        () -> {
          byte[] more = port.read(count - length[0]);
          System.arraycopy(more, 0, all, length[0], more.length);
          length[0] += more.length;
          return length[0] == count;
        });
    return all;
  }
}
