package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;

/**
 * The alert rules of the platform. Prometheus' own tool tries them in long runs alone: its package
 * brings 22 MB to fetch, 330 MB on the disk and a server that starts by itself.
 */
class AlertRulesTest {

  private static final Path FOLDER = GatewayProcess.home().resolve("deploy/platform/grafana");

  @Test
  void eachRuleIsTriedOnGoodAndBadSeries() throws IOException {
    assertThat(named("alerts-test.yaml", "alertname: (\\w+)"))
        .isEqualTo(named("alerts.yaml", "alert: (\\w+)"))
        .isNotEmpty();
  }

  @Test
  @Tag("long")
  @Tag("alerts")
  @NeedsPeer("promtool")
  void prometheusTakesThemAndTheyFireWhereTheyShould() throws Exception {
    var rules = FOLDER.resolve("alerts.yaml").toString();
    var checked = Peer.run("promtool", List.of("check", "rules", rules));
    assertThat(checked.exit()).as(checked.output()).isZero();
    var tests = FOLDER.resolve("alerts-test.yaml").toString();
    var tried = Peer.run("promtool", List.of("test", "rules", tests));
    assertThat(tried.exit()).as(tried.output()).isZero();
  }

  private static Set<String> named(String file, String pattern) throws IOException {
    var names = new TreeSet<String>();
    Pattern.compile(pattern)
        .matcher(Files.readString(FOLDER.resolve(file)))
        .results()
        .forEach(found -> names.add(found.group(1)));
    return names;
  }
}
