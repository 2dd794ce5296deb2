package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manual on the board: every page of it, every link in it. */
@Timeout(30)
class ManualTest {

  private static final Path DOCS = Path.of("../../deploy/docs").toAbsolutePath().normalize();
  private static final Pattern HREF = Pattern.compile("href=\"(/docs[^\"]*|#[^\"]*)\"");

  /** What is left of Markdown where a page uses what the renderer does not know. */
  private static final Pattern LEFT =
      Pattern.compile("(?m)^ *(#+ |- |\\d+\\. |\\||>)|\\*\\*|`|\\]\\(");

  private final PageServer server = Pages.of(Street.troubled()).server();
  private Phone phone;

  @BeforeEach
  void serve() throws PageException {
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void everyPageIsThereInBothLanguagesAndEveryLinkLeadsSomewhere() throws Exception {
    for (var language : List.of("en", "zh-CN")) {
      var bodies = new TreeMap<String, String>();
      for (var page : pages(language)) {
        var path = page.equals("index") ? "/docs" : "/docs/" + page;
        var answer = phone.get(path + "?lang=" + language);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        var text = answer.body().replaceAll("(?s)<(pre|code|style)>.*?</\\1>", "");
        assertThat(text).as(path).doesNotContainPattern(LEFT).doesNotContain("&amp;lt;");
        bodies.put(path, answer.body());
      }
      var links = links(bodies);
      assertThat(links).hasSizeGreaterThan(30);
      for (var link : links) {
        var parts = link.split("#", 2);
        assertThat(bodies).as(link).containsKey(parts[0]);
        if (parts.length > 1) {
          assertThat(bodies.get(parts[0])).as(link).contains(" id=\"%s\"".formatted(parts[1]));
        }
      }
    }
  }

  private static Set<String> links(Map<String, String> bodies) {
    var links = new TreeSet<String>();
    bodies.forEach(
        (path, body) ->
            HREF.matcher(body)
                .results()
                .map(link -> link.group(1).replaceFirst("\\?lang=[a-zA-Z-]+$", ""))
                .forEach(link -> links.add(link.startsWith("#") ? path + link : link)));
    return links;
  }

  @Test
  void aCodeHasAnAddressAndAnAlarmItsRemedy() throws Exception {
    assertThat(phone.get("/docs/E101").headers().firstValue("location"))
        .hasValueSatisfying(where -> assertThat(where).endsWith("/docs/codes#e101"));
    assertThat(phone.get("/a/bin-2?lang=en").body())
        .contains("href=\"/docs/alarms#bin-overflow\"", "What to do: 垃圾桶 2 overflowing, 96%");
    assertThat(Manual.remedy("a-rule-of-the-sites-own")).isEmpty();
    assertThat(phone.get("/docs/codes?lang=en").body()).contains("<h4 id=\"e101\">E101</h4>");
  }

  @Test
  void nothingElseIsReadByIt() throws Exception {
    for (var path :
        List.of(
            "/docs/none", "/docs/../style.css", "/docs/..%2fstyle", "/docs/en/index", "/docs/E1")) {
      assertThat(phone.get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void whatStandsInAPageIsTextAndNoMarkup() {
    assertThat(Markdown.html("a <script> & `<b>` **\"x\"** [t](u\"v)", link -> link))
        .isEqualTo(
            "<p>a &lt;script&gt; &amp; <code>&lt;b&gt;</code> <b>&quot;x&quot;</b>"
                + " <a href=\"u&quot;v\">t</a></p>\n");
  }

  private static List<String> pages(String language) throws Exception {
    var root = DOCS.resolve(language);
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .map(file -> root.relativize(file).toString().replaceFirst("\\.md$", ""))
          .sorted()
          .toList();
    }
  }
}
