package org.kerbside.gateway.app.wiring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.model.Kind;

/**
 * Each kind of asset and each family of devices has its page in both languages, each code of {@code
 * check} and each alarm its place; what stands in them is what the sources say, and their examples
 * load.
 */
class StreetPagesTest {

  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
  private static final Path DOCS = HOME.resolve("deploy/docs");
  private static final List<String> LANGUAGES = List.of("en", "zh-CN");

  /** Whether pages are to be written, and not to be looked at. */
  private static final String WRITES = "kerbside.write";

  private static final String MARK =
      "<!-- From here on made of the sources by StreetPagesTest, -Dkerbside.write=true. -->\n";

  private static final String HEAD =
      """
      schema: 1
      site: { id: S-1, name: sample, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1883, tenant: t, accept: [ plaintext, anonymous ] }
      """;

  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> eachKindHasItsPages() {
    return kinds()
        .flatMap(
            kind ->
                LANGUAGES.stream()
                    .map(
                        language ->
                            dynamicTest(
                                language + " " + kind.name(), () -> holds(kind, language))));
  }

  @TestFactory
  Stream<DynamicTest> eachFamilyOfDevicesHasItsPages() throws IOException {
    return families().stream()
        .flatMap(
            family ->
                LANGUAGES.stream()
                    .map(
                        language ->
                            dynamicTest(
                                language + " " + family,
                                () ->
                                    holds(
                                        DOCS.resolve(language + "/devices/" + family + ".md"),
                                        new DevicePage(HOME, family, language).text()))));
  }

  /** Whoever adds a code says what to do about it, in both languages, and shows one. */
  @TestFactory
  Stream<DynamicTest> eachCodeHasItsPlaceOnThePage() throws IOException {
    var codes = CodePage.codes(HOME);
    assertThat(CodePage.specimens(HOME)).containsKeys(codes.toArray(String[]::new));
    return LANGUAGES.stream()
        .map(
            language ->
                dynamicTest(
                    language,
                    () -> {
                      var page = new CodePage(HOME, language);
                      assertThat(page.told()).isEqualTo(codes);
                      holds(DOCS.resolve(language + "/codes.md"), page.text());
                    }));
  }

  /** Likewise a rule. */
  @TestFactory
  Stream<DynamicTest> eachAlarmHasItsPlaceOnThePage() throws IOException {
    var rules = AlarmPage.shipped(HOME).keySet();
    return LANGUAGES.stream()
        .map(
            language ->
                dynamicTest(
                    language,
                    () -> {
                      var page = new AlarmPage(HOME, language);
                      assertThat(page.texts().keySet()).isEqualTo(rules);
                      holds(DOCS.resolve(language + "/alarms.md"), page.text());
                    }));
  }

  /** The city's file in the manual is one that a site can include. */
  @Test
  void theCitysFileOfTheManualLoads() throws Exception {
    var block = YAML.matcher(Files.readString(DOCS.resolve("en/fleet.md")));
    assertThat(block.find()).isTrue();
    Files.writeString(folder.resolve("city.yaml"), block.group(1));
    var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
    Files.createDirectories(folder.resolve("keys"));
    Files.writeString(
        folder.resolve("keys/dispatch-2026.pem"),
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getEncoder().encodeToString(key)));
    var site =
        Files.writeString(
            folder.resolve("site.yaml"),
            HEAD.lines().limit(2).collect(joining("\n")) + "\ninclude: [ city.yaml ]\n");
    var mistakes = new Mistakes();
    Plan.read(site, List.of(), mistakes);
    assertThat(mistakes.all()).isEmpty();
  }

  /** No page of something that is gone, and the same chapters in both. */
  @Test
  void bothLanguagesSayTheSame() throws IOException {
    var pages =
        Stream.concat(
                kinds().map(kind -> "kinds/" + kind.name() + ".md"),
                families().stream().map(family -> "devices/" + family + ".md"))
            .sorted()
            .toList();
    for (var language : LANGUAGES) {
      try (var files = Files.walk(DOCS.resolve(language), 2)) {
        assertThat(
                files
                    .map(file -> DOCS.resolve(language).relativize(file).toString())
                    .filter(file -> file.matches("(kinds|devices)/.*")))
            .containsExactlyInAnyOrderElementsOf(pages);
      }
    }
    for (var page : pages) {
      assertThat(shape(DOCS.resolve("zh-CN").resolve(page)))
          .as(page)
          .isEqualTo(shape(DOCS.resolve("en").resolve(page)));
    }
  }

  private void holds(Kind kind, String language) throws IOException {
    var page = DOCS.resolve(language + "/kinds/" + kind.name() + ".md");
    holds(page, new KindPage(HOME, kind, language).text());
    if (language.equals("en")) { // The other has the same.
      loads(page);
    }
  }

  private void loads(Path page) throws IOException {
    var example = YAML.matcher(Files.readString(page));
    assertThat(example.find()).isTrue();
    var site = Files.writeString(folder.resolve("site.yaml"), HEAD + example.group(1));
    var mistakes = new Mistakes();
    Plan.read(site, List.of(), mistakes);
    assertThat(mistakes.all()).isEmpty();
  }

  private static void holds(Path page, String made) throws IOException {
    var text = Files.readString(page);
    int mark = text.indexOf(MARK);
    assertThat(mark).as("%s lacks: %s", page, MARK).isPositive();
    var above = text.substring(0, mark + MARK.length());
    var below = text.substring(mark + MARK.length());
    if (Boolean.getBoolean(WRITES)) {
      Files.writeString(page, above + "\n" + made);
    } else {
      assertThat(below.strip())
          .as("%s: -D%s=true writes it anew", page, WRITES)
          .isEqualTo(made.strip());
    }
  }

  /** Its headings' levels, its bullets and its blocks. */
  private static String shape(Path page) throws IOException {
    var text = Files.readString(page);
    var lines =
        text.lines()
            .filter(line -> line.matches("(#|- |\\|).*"))
            .map(line -> line.substring(0, line.startsWith("##") ? 2 : 1))
            .collect(joining());
    return lines + YAML.matcher(text).results().map(block -> block.group(1)).collect(joining());
  }

  private static Stream<Kind> kinds() {
    return Kinds.TABLE.values().stream().filter(kind -> !kind.name().equals(Kind.BUS));
  }

  private static List<String> families() throws IOException {
    try (var folders = Files.list(HOME.resolve("drivers"))) {
      return folders
          .filter(each -> Files.exists(each.resolve("README.md")))
          .map(each -> String.valueOf(each.getFileName()))
          .sorted()
          .toList();
    }
  }
}
