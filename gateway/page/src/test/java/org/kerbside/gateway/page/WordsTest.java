package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Reason;

class WordsTest {

  private static final Pattern USED = Pattern.compile("say\\(\\s*\"([^\"]+)\"");
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z\\p{IsHan}]{2,}");

  private final Words zh = new Words(Language.ZH);
  private final Words en = new Words(Language.EN);

  @Test
  void bothLanguagesAreComplete() {
    assertThat(zh.keys()).isEqualTo(en.keys()).hasSizeGreaterThan(100);
  }

  @Test
  void everyPatternKeepsItsPlacesInBothLanguages() {
    for (var key : zh.keys()) {
      assertThat(new MessageFormat(en.say(key)).getFormats())
          .as(key)
          .hasSameSizeAs(new MessageFormat(zh.say(key)).getFormats());
      assertThat(en.say(key) + zh.say(key)).as(key).doesNotContain("'");
    }
  }

  @Test
  void everyReasonOfTheHouseHasWords() throws IllegalAccessException {
    for (var field : Reason.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Reason reason) {
        assertThat(zh.name("reason", reason.text())).isNotEqualTo(reason.text());
      }
    }
  }

  @Test
  void everyKeyThatTheCodeNamesExists() throws IOException {
    var used = new HashSet<String>();
    for (var folder : new String[] {"src/main/java", "src/main/jte"}) {
      try (var files = Files.walk(Path.of(folder))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          USED.matcher(Files.readString(file)).results().forEach(hit -> used.add(hit.group(1)));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(20);
    // A family is completed by a word of the code's own.
    assertThat(used)
        .allMatch(
            key ->
                key.endsWith(".")
                    ? zh.keys().stream().anyMatch(known -> known.startsWith(key))
                    : zh.keys().contains(key));
  }

  @Test
  void noTemplateSaysAnythingByItself() throws IOException {
    try (var files = Files.walk(Path.of("src/main/jte"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var spoken =
            Files.readString(file)
                .replaceAll("\\$(unsafe)?\\{[^}]*}", "")
                .replaceAll("(?m)^@(import|param).*$", "")
                .replaceAll("@template\\.\\w+\\((?:[^()]|\\([^)]*\\))*\\)", "")
                .replaceAll("@(if|elseif|for)\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)", "")
                .replaceAll("@(else|endif|endfor)", "")
                .replaceAll("<[^>]*>", "");
        assertThat(LETTERS.matcher(spoken).results().map(hit -> hit.group()).toList())
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void speaksWhatTheBrowserAsksFor() {
    assertThat(Language.accepted("en-GB,en;q=0.9,zh;q=0.8")).isEqualTo(Language.EN);
    assertThat(Language.accepted("ko, zh-Hans-CN;q=0.5, en;q=0.4")).isEqualTo(Language.ZH);
    assertThat(Language.accepted("en;q=0, zh")).isEqualTo(Language.ZH);
    for (var none : Arrays.asList(null, "", "ko", ";;=,", "*")) {
      assertThat(Language.accepted(none)).as("%s", none).isNull();
    }
  }
}
