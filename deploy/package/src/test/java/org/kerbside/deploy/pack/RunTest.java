package org.kerbside.deploy.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;

/** The packed tree as it starts, on this machine's Java. */
class RunTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void startsWithTheNativesOfThePackageAndLeavesNothingWhereEverybodyWrites() throws Exception {
    var tree = Deb.of(architecture()).unpacked(folder).resolve("usr/lib/kerbside");
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var said = new CopyOnWriteArrayList<String>();

    var gateway = start(tree, temporary);
    Thread.ofVirtual().start(() -> listen(gateway, said));
    try {
      Await.until("«ready»: " + said, () -> said.stream().anyMatch(it -> it.startsWith("ready ")));
      var maps = Files.readString(Path.of("/proc/%d/maps".formatted(gateway.pid())));

      assertThat(maps).contains(tree.resolve("native/libsqlitejdbc.so").toString());
      assertThat(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), "" + gateway.pid()))
          .doesNotExist();
    } finally {
      gateway.destroy();
      gateway.waitFor();
    }
    assertThat(gateway.exitValue()).as("%s", said).isZero();
    try (var left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static void listen(Process gateway, List<String> said) {
    try (var lines = gateway.inputReader(UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException closed) {
      // It has ended, and so has what it says.
    }
  }

  private Process start(Path tree, Path temporary) throws IOException {
    var builder =
        new ProcessBuilder(
                List.of(
                    tree.resolve("launch").toString(),
                    "run",
                    tree.resolve("training.yaml").toString(),
                    "--data",
                    folder.resolve("data").toString(),
                    "--page",
                    "127.0.0.1:0"))
            .redirectErrorStream(true);
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    return builder.start();
  }

  private static String architecture() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
  }
}
