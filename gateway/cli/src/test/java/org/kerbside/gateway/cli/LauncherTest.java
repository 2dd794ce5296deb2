package org.kerbside.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, {@code ./kerbside}, as a person types it. */
class LauncherTest {

  private static final String ALL_PEERS = "echo 'ii  1:2.0.11-1.2+deb12u2'";
  private static final String NO_CHROMIUM = "[ \"$4\" = chromium ] || " + ALL_PEERS;

  @TempDir private Path folder = Path.of("");
  private Checkout checkout;

  @BeforeEach
  void clones() throws IOException {
    checkout = new Checkout(folder);
    checkout.maven("");
    checkout.tool("dpkg-query", ALL_PEERS);
  }

  @Test
  void becomesJavaSoThatItsPidIsTheGateways() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());

    var ended = checkout.launch("run", "公厕.yaml", "--page", "none");

    assertThat(ended.exit()).isZero();
    assertThat(ended.out())
        .startsWith(ended.pid() + " 25.0.3 @")
        .contains("/deploy/jvm.options ")
        .contains("/gateway/app/target/gateway-app-1.jar:lib.jar ")
        .endsWith(" org.kerbside.gateway.app.wiring.Main run 公厕.yaml --page none\n");
  }

  @Test
  void runsWithACacheThatItMakesOnceABuild() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());

    var first = checkout.launch("run", "site.yaml");
    var second = checkout.launch("run", "site.yaml");

    assertThat(first.out()).contains(" -XX:AOTCache=", "/target/launcher/kerbside.aot ");
    assertThat(first.err()).contains("making the cache for a faster start");
    assertThat(second.out()).contains(" -XX:AOTCache=");
    assertThat(second.err()).isEmpty();
    assertThat(checkout.trainings()).isEqualTo(1);
    checkout.changeSource();
    checkout.launch("run", "site.yaml");
    assertThat(checkout.trainings()).isEqualTo(2);
    assertThat(checkout.launch("check", "site.yaml").out()).doesNotContain("AOTCache");
  }

  @Test
  void runsWithoutACacheWhereNoneCanBeMade() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.cannotBeTrained();

    var first = checkout.launch("run", "site.yaml");
    var second = checkout.launch("run", "site.yaml");

    assertThat(first.exit()).isZero();
    assertThat(first.out()).doesNotContain("AOTCache").contains("Main run site.yaml");
    assertThat(first.err()).contains("no cache was made", "training.log");
    assertThat(second.err()).isEmpty();
    assertThat(checkout.trainings()).isEqualTo(1);
  }

  @Test
  void passesOverAnOlderJdkEvenInJavaHome() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("17.0.15").toString());
    var right = checkout.jdk("25.0.3");
    checkout.javaInPath(right);

    assertThat(checkout.launch("version").out()).contains(" 25.0.3 ");
    assertThat(checkout.mavenRuns()).containsExactly(right.toString());
  }

  @Test
  void passesOverANewerJdk() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("26").toString());
    checkout.javaInPath(checkout.jdk("25"));

    assertThat(checkout.launch("version").out()).contains(" 25 ");
  }

  @Test
  void buildsOnceAndAgainOnlyWhenASourceIsNewer() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());

    assertThat(checkout.launch("version").err()).contains("first build  [16/17] gateway/app");
    assertThat(checkout.launch("version").err()).isEmpty();
    checkout.changeSource();
    assertThat(checkout.launch("version").err()).contains("kerbside: build  [16/17] gateway/app");
    assertThat(checkout.mavenRuns()).hasSize(2);
  }

  @Test
  void aFailedBuildShowsItsFirstErrorAndWhereTheLogIs() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.maven("echo '[ERROR] A.java:[1,7] class B is public'; exit 1");

    var ended = checkout.launch("version");

    assertThat(ended.exit()).isEqualTo(70);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("[ERROR] A.java:[1,7] class B is public\nkerbside: the build failed\n")
        .endsWith("/target/launcher/build.log\n");
  }

  @Test
  void aLibraryThatCannotBeFetchedIsNoFaultOfTheSources() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.maven("echo '[ERROR] Could not transfer artifact org.x:y:jar:1'; exit 1");

    assertThat(checkout.launch("version").exit()).isEqualTo(6);
  }

  @Test
  void namesTheLineThatInstallsMaven() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    Files.delete(folder.resolve("bin/mvn"));

    var ended = checkout.launch("version");

    assertThat(ended.exit()).isEqualTo(6);
    assertThat(ended.err())
        .endsWith(
            """
            kerbside: no mvn in PATH
              = help: sudo apt-get install --no-install-recommends maven
            """);
  }

  @Test
  void testEndsWithTheCountsOfAllSuites() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.maven(report("rules", 40, 1, 2) + report("config", 5, 0, 0) + "exit 1");

    var ended = checkout.launch("test");

    assertThat(ended.out())
        .isEqualTo(
            """
            peers  mosquitto 2.0.11 · libcoap 2.0.11 · pymodbus 2.0.11 · chromium 2.0.11
             config 5 · rules 38
            42 passed, 1 failed, 2 skipped
            """);
    assertThat(ended.exit()).isEqualTo(1);
  }

  @Test
  void testIsGreenWhenAllRanAndPassed() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.maven(report("config", 5, 0, 0));

    var ended = checkout.launch("test");

    assertThat(ended.lastLine()).isEqualTo("5 passed, 0 failed");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void whatWasTestedIsBuilt() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.maven(report("config", 5, 0, 0));

    checkout.launch("test");
    checkout.launch("version");

    assertThat(checkout.mavenRuns()).hasSize(1);
  }

  @Test
  void aCheckThatIsNoTestFailsTheTestAsWell() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.maven(report("config", 5, 0, 0) + "echo '[ERROR] format violations'; exit 1");

    var ended = checkout.launch("test");

    assertThat(ended.err()).contains("[ERROR] format violations");
    assertThat(ended.lastLine()).isEqualTo("5 passed, 1 failed");
    assertThat(ended.exit()).isEqualTo(1);
  }

  @Test
  void noTestAtAllIsAFailure() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());

    var ended = checkout.launch("test");

    assertThat(ended.lastLine()).isEqualTo("0 passed, 1 failed");
    assertThat(ended.exit()).isEqualTo(1);
  }

  @Test
  void aMissingPeerIsNamedAndLeavesThree() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.tool("dpkg-query", NO_CHROMIUM);
    checkout.maven(report("config", 5, 0, 0));

    var ended = checkout.launch("test");

    assertThat(ended.out())
        .contains("chromium MISSING\n")
        .contains("sudo apt-get install --no-install-recommends chromium\n")
        .endsWith("(in CI that fails)\n5 passed, 0 failed\n");
    assertThat(ended.exit()).isEqualTo(3);
  }

  @Test
  void inCiAMissingPeerFails() throws Exception {
    checkout.set("JAVA_HOME", checkout.jdk("25.0.3").toString());
    checkout.set("CI", "true");
    checkout.tool("dpkg-query", NO_CHROMIUM);

    var ended = checkout.launch("test");

    assertThat(ended.exit()).isEqualTo(6);
    assertThat(ended.err()).contains("in CI that fails: chromium");
  }

  private static String report(String module, int tests, int failures, int skipped) {
    return """
    mkdir -p %1$s/target/surefire-reports
    echo '<testsuite name="T" time="0.1" tests="%2$d" errors="0" skipped="%4$d" failures="%3$d">' \
    > %1$s/target/surefire-reports/TEST-T.xml
    """
        .formatted(module, tests, failures, skipped);
  }
}
