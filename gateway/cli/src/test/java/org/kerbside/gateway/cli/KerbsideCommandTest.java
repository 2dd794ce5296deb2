package org.kerbside.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KerbsideCommandTest {

  private static final String[] NAMES = {
    "show",
    "reload",
    "alarms",
    "ack",
    "shelve",
    "unshelve",
    "maintenance",
    "set",
    "doctor",
    "journal info",
    "journal verify",
    "backup",
    "restore",
    "factory-reset",
    "bundle",
    "identity",
    "identity request",
    "identity accept",
    "label",
    "schema",
    "completion",
    "man"
  };

  private final Recorded actions = new Recorded();
  @TempDir private Path machine = Path.of("");
  private Path site = Path.of("");

  @BeforeEach
  void writesASite() throws IOException {
    site = Files.writeString(machine.resolve("site.yaml"), "schema: 1\n");
  }

  @Test
  void runAsksForWhatWasTyped() {
    var typed =
        type("run", site, "--data", "d", "--page", "[::1]:80", "--set", "a.b=c=d", "--set", "e=");

    assertThat(typed.exit()).isZero();
    assertThat(actions.asked)
        .containsExactly(
            new RunOptions(
                site,
                Path.of("d"),
                new PageDoor.At("::1", 80),
                List.of(new Setting("a.b", "c=d"), new Setting("e", ""))));
  }

  @Test
  void runHasASensibleAnswerForAllThatWasNotTyped() {
    type("run", site);

    assertThat(actions.asked)
        .containsExactly(
            new RunOptions(
                site, machine.resolve("local"), new PageDoor.At("127.0.0.1", 8080), List.of()));
  }

  @Test
  void rulesTestTakesFilesAndFoldersOrTheRulesOfTheMachine() throws IOException {
    assertThat(type("rules", "test", site, "--format", "json").exit()).isZero();
    Files.createDirectories(machine.resolve("etc/rules"));
    type("rules", "test");
    Files.createDirectories(machine.resolve("rules"));
    type("rules", "test");

    assertThat(actions.asked)
        .containsExactly(
            new TestOptions(List.of(site), Format.JSON),
            new TestOptions(List.of(machine.resolve("etc/rules")), Format.TEXT),
            new TestOptions(List.of(machine.resolve("rules")), Format.TEXT));
  }

  @Test
  void replayTakesTheJournalOfTheDataFolderOrAFile() throws IOException {
    var data = Files.createDirectories(machine.resolve("local"));
    type("replay", site, "--rules", site, "--from", "journal");
    type("replay", site, "--rules", site, "--from", site);

    assertThat(actions.asked)
        .containsExactly(new ReplayOptions(site, site, data), new ReplayOptions(site, site, site));
  }

  @Test
  void codeTellsAWorkersOrMakesAGatewaysKey() {
    type("code", site, "--role", "crew", "--worker", "4711");
    type("code", "--role", "crew", "--seed", site, "--gateway", "CD-QY-0173");

    assertThat(actions.asked)
        .containsExactly(
            new CodeOptions("crew", new CodeOptions.By.Site(site, "4711")),
            new CodeOptions("crew", new CodeOptions.By.Seed(site, "CD-QY-0173")));
  }

  @Test
  void rulesTestRefusesWhatIsNotThere() {
    var typed = type("rules", "test", machine.resolve("nothing"));

    assertThat(typed.exit()).isEqualTo(Exit.WRONG_INPUT.code());
    assertThat(typed.err()).contains("nothing' is no file and no folder");
  }

  @Test
  void aPackagedMachineNeedsNoArguments() throws IOException {
    Files.createDirectory(machine.resolve("var"));
    Files.createDirectory(machine.resolve("etc"));
    var packaged = Files.writeString(machine.resolve("etc/site.yaml"), "schema: 1\n");

    type("run", "--page=none");

    assertThat(actions.asked)
        .containsExactly(
            new RunOptions(packaged, machine.resolve("var"), new PageDoor.Closed(), List.of()));
  }

  @Test
  void theServiceOfThePackageServesThoughItsSiteIsGone() throws IOException {
    assertThat(type("run").exit()).isEqualTo(Exit.WRONG_INPUT.code());
    Files.createDirectory(machine.resolve("var"));

    type("run", "--page=none");

    var gone = machine.resolve("etc/site.yaml");
    assertThat(actions.asked)
        .containsExactly(
            new RunOptions(gone, machine.resolve("var"), new PageDoor.Closed(), List.of()));
    assertThat(type("run", "nowhere.yaml").exit()).isEqualTo(Exit.WRONG_INPUT.code());
  }

  @Test
  void aFactoryResetIsMeantInSoManyWords() throws IOException {
    assertThat(type("factory-reset").exit()).isEqualTo(Exit.WRONG_INPUT.code());
    assertThat(actions.asked).isEmpty();
    Files.createDirectory(machine.resolve("var"));

    type("factory-reset", "--erase-everything");
    type("factory-reset", "--erase-everything", "--data", "d");

    assertThat(actions.asked)
        .containsExactly(
            new Work.FactoryReset(machine.resolve("var"), machine.resolve("etc")),
            new Work.FactoryReset(Path.of("d"), null));
  }

  @Test
  void checkAsksForWhatWasTyped() {
    actions.exit = Exit.WARNED;

    var typed =
        type("check", "--strict", "--format=json", "--as", "/etc/x.yaml", site, "--set", "a=b");

    assertThat(typed.sheet()).isEqualTo("ok: site.yaml: 22 assets  [3]\n");
    assertThat(actions.asked)
        .containsExactly(
            new CheckOptions(
                List.of(site),
                Strictness.STRICT,
                Format.JSON,
                Path.of("/etc/x.yaml"),
                List.of(new Setting("a", "b"))));
  }

  @Test
  void checkTakesSeveralFiles() {
    type("check", site, site);

    assertThat(actions.asked)
        .containsExactly(
            new CheckOptions(
                List.of(site, site), Strictness.LENIENT, Format.TEXT, null, List.of()));
  }

  @Test
  void versionIsOneLine() {
    assertThat(type("version").sheet()).isEqualTo("kerbside 0.1.0, Java 25.0.3\n");
  }

  @Test
  void anotherRoomsCommandIsOneOfTheCommands() {
    assertThat(type("demo", "--speed", 7).exit()).isEqualTo(7);
  }

  @ParameterizedTest(name = "kerbside {0}")
  @MethodSource("mistyped")
  void aSlipIsToldWithItsRemedy(String line, String expected) {
    assertThat(Typed.of(actions, machine, new DemoCommand(), line).sheet()).isEqualTo(expected);
    assertThat(actions.asked).isEmpty();
  }

  static Stream<Arguments> mistyped() {
    return Stream.of(
        arguments(
            "check --fromat json",
            """
            kerbside check: unknown option '--fromat'
              = help: did you mean '--format'?  [2]
            """),
        arguments(
            "chekc site.yaml",
            """
            kerbside: unknown command 'chekc'
              = help: did you mean 'check'?  [2]
            """),
        arguments(
            "frobnicate",
            """
            kerbside: unknown command 'frobnicate'
              = help: commands: run, check, rules, replay, show, reload, status, health, alarms, why, ack, shelve, unshelve, maintenance, set, read, scan, simulate, calibrate, bind, overlay, code, doctor, journal, backup, restore, factory-reset, bundle, identity, label, schema, completion, man, version, demo  [2]
            """),
        arguments(
            "",
            """
            kerbside: missing required subcommand
              = help: kerbside --help  [2]
            """),
        arguments(
            "run site.yaml --speed 60",
            """
            kerbside run: unknown option '--speed'
              = help: '--speed' belongs to 'kerbside demo'  [2]
            """),
        arguments(
            "run --frob=1",
            """
            kerbside run: unknown option '--frob'
              = help: kerbside run --help  [2]
            """),
        arguments(
            "run one.yaml two.yaml",
            """
            kerbside run: 'two.yaml' is one argument too many
              = help: kerbside run --help  [2]
            """),
        arguments(
            "run --data",
            """
            kerbside run: option '--data' has no value: expected DIR
              = help: kerbside run --help  [2]
            """),
        arguments(
            "run --data a --data b",
            """
            kerbside run: option '--data' is given twice
              = help: kerbside run --help  [2]
            """),
        arguments(
            "run --page 8080",
            """
            kerbside run: option '--page': '8080' is no place for the page: expected \
            ADDRESS:PORT, as 127.0.0.1:8080, or none
              = help: kerbside run --help  [2]
            """),
        arguments(
            "run --page 0.0.0.0:8080",
            """
            kerbside run: option '--page': '0.0.0.0:8080' is every interface, the street's too: \
            expected the address of one
              = help: kerbside run --help  [2]
            """),
        arguments(
            "run --set uplink.url",
            """
            kerbside run: option '--set': 'uplink.url' is no setting: expected PATH=VALUE, \
            as uplink.url=mqtt://127.0.0.1:1884
              = help: kerbside run --help  [2]
            """),
        arguments(
            "status --format xml",
            """
            kerbside status: option '--format': 'xml' is no format: expected text or json
              = help: kerbside status --help  [2]
            """),
        arguments(
            "run nowhere.yaml",
            """
            kerbside run: 'nowhere.yaml' is no file: expected a site, as site.yaml
              = help: kerbside run SITE.yaml  [2]
            """),
        arguments(
            "code --role crew",
            """
            kerbside code: a code is one worker's
              = help: kerbside code SITE.yaml --role crew --worker 4711  [2]
            """),
        arguments(
            "code --role crew --seed pom.xml --worker 4711",
            """
            kerbside code: '--seed' makes the key of one gateway
              = help: kerbside code --role crew --seed FILE --gateway ID  [2]
            """),
        arguments(
            "check pom.xml pom.xml --as site.yaml",
            """
            kerbside check: option '--as' names one file: got 2
              = help: kerbside check FILE --as PATH  [2]
            """));
  }

  @Test
  void theHousesOwnEndIsToldInTheSameForm() {
    actions.end =
        new CommandException(
            Exit.MISSING_OR_TAKEN,
            "port 8080 (page) is taken by java, process 4711",
            "kerbside run SITE --page 127.0.0.1:8081");

    assertThat(type("run", site).sheet())
        .isEqualTo(
            """
            kerbside run: port 8080 (page) is taken by java, process 4711
              = help: kerbside run SITE --page 127.0.0.1:8081  [6]
            """);
  }

  @Test
  void ourFaultIsNeverMistakenForAFinding() {
    actions.fault = new IllegalStateException("no such column: seqq");

    assertThat(type("check", site).sheet())
        .isEqualTo(
            """
            ok: site.yaml: 22 assets
            kerbside check: a fault of the program: java.lang.IllegalStateException: \
            no such column: seqq
              = help: run it again with --debug, and report that  [70]
            """);
  }

  @Test
  void theStackOfOurFaultIsForThoseWhoAsk() {
    actions.fault = new IllegalStateException("no such column: seqq");

    var typed = type("check", site, "--debug");

    assertThat(typed.exit()).isEqualTo(70);
    assertThat(typed.err()).contains("cli.KerbsideCommandTest.theStackOfOurFaultIsForThoseWhoAsk(");
  }

  /** Golden: what a person reads first, and what the package's manual is made of. */
  @Test
  void theManualSaysOfEachCommandWhatItsHelpSays() throws IOException {
    var page = type("man").out();
    for (var name : NAMES) {
      assertThat(page).contains(".SS kerbside " + name.replace("-", "\\-") + "\n");
    }
    assertThat(page)
        .contains("\\-\\-lease=PERIOD", "7 refused; 70 a fault")
        .doesNotContain("\n.As");
    var golden = Path.of("src/test/resources/help.txt");
    var help =
        Stream.of(NAMES)
            .map(name -> "$ kerbside " + name + " --help\n" + type(name + " --help").out())
            .collect(Collectors.joining("\n"));
    if (!Files.exists(golden)) {
      Files.createDirectories(golden.resolveSibling(""));
      Files.writeString(golden, help);
      fail("%s did not exist: it has been written, read it".formatted(golden));
    }
    assertThat(help).isEqualTo(Files.readString(golden));
  }

  @Test
  void bashIsToldEveryCommand() {
    assertThat(type("completion").out()).contains("complete -F _complete_kerbside", "maintenance");
  }

  @Test
  void helpNamesEveryCommand() {
    var typed = type("--help");

    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("run", "check", "status", "version", "demo", "Exit codes");
  }

  @Test
  void helpOfACommandSaysWhereTheDataLives() {
    var typed = type("run", "--help");

    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("[SITE]", "--data=DIR", "/var/lib/kerbside", ".kerbside");
  }

  private Typed type(Object... words) {
    var line = String.join(" ", Stream.of(words).map(Object::toString).toList());
    return Typed.of(actions, machine, new DemoCommand(), line);
  }
}
