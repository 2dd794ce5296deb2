package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.FreePort;

/** Nothing of ours is unpacked where nothing may run or nothing fits. Mounting it needs root. */
@Timeout(60)
class TempFolderTest {

  @TempDir private Path data;
  @TempDir private Path temp;

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "noexec,size=64k", "kerbside-test", temp.toString());
    run("sh", "-c", "cat /dev/zero > %s/filler 2>&-; true".formatted(temp));
    assertThat(Files.getFileStore(temp).getUsableSpace()).isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", temp.toString());
  }

  private static void run(String... words) throws Exception {
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s; run as root", words[0], said).isZero();
  }

  @Test
  void startsWithATempFolderThatIsFullAndNoexec() throws Exception {
    try (var gateway =
        GatewayProcess.run(
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temp),
            "mqtt-field.yaml",
            data,
            "none",
            "uplink.url=mqtt://127.0.0.1:" + FreePort.tcp(),
            "buses.field.url=mqtt://127.0.0.1:" + FreePort.tcp())) {
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
  }
}
