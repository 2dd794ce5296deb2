package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.cli.CodeOptions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.page.JobDay;
import org.kerbside.gateway.page.Role;
import org.kerbside.gateway.page.RoleKey;

/** {@code kerbside code}: from the city's seed to a worker's code. */
class JobCodesTest {

  private static final String SITE =
      """
      schema: 1
      site: { id: CD-QY-0173, name: 人民公园, timezone: Asia/Shanghai, location: 30.6N 104.0E }
      uplink: { url: mqtt://127.0.0.1, tenant: qingyang, accept: [ plaintext, anonymous ] }
      access: { roles: { crew: !secret role-crew } }
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aKeyMadeOfTheSeedTellsTheSameCodesAsTheCity() throws Exception {
    var seed = new byte[32];
    seed[0] = 7;
    var file = Files.writeString(folder.resolve("seed"), HexFormat.of().formatHex(seed) + "\n");
    assertThat(run("crew", new CodeOptions.By.Seed(file, "CD-QY-0173"))).isEqualTo(Exit.DONE);
    var site = site(out.toString());
    out.getBuffer().setLength(0);

    long before = today();
    assertThat(run("crew", new CodeOptions.By.Site(site, "4711"))).isEqualTo(Exit.DONE);
    var key = RoleKey.of(seed, "CD-QY-0173", Role.CREW);
    assertThat(out.toString().strip()).isIn(key.code("4711", before), key.code("4711", today()));
  }

  @Test
  void whatIsNotThereIsTold() throws Exception {
    var site = site("0".repeat(64));
    assertThatThrownBy(() -> run("engineer", new CodeOptions.By.Site(site, "4711")))
        .isInstanceOf(CommandException.class)
        .hasMessage("%s has no key of role 'engineer'", site);
    assertThatThrownBy(() -> run("viewer", new CodeOptions.By.Site(site, "4711")))
        .hasMessage("'viewer' is no role that has codes");
    assertThatThrownBy(() -> run("crew", new CodeOptions.By.Seed(site, "CD-QY-0173")))
        .hasMessage("%s is no seed", site);
  }

  @Test
  void aSiteWithMistakesTellsThemAndNoCode() throws Exception {
    var site = site("hunter2");
    assertThat(run("crew", new CodeOptions.By.Site(site, "4711"))).isEqualTo(Exit.WRONG_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("E503").doesNotContain("hunter2");
  }

  private Path site(String key) throws IOException {
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/role-crew"), key);
    return Files.writeString(folder.resolve("site.yaml"), SITE);
  }

  private Exit run(String role, CodeOptions.By by) throws CommandException {
    var terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(err, true));
    return JobCodes.run(new CodeOptions(role, by), terminal);
  }

  private static long today() {
    return JobDay.at(Instant.now(), ZoneId.of("Asia/Shanghai"));
  }
}
