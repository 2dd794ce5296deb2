package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.gateway.model.Value;

@Timeout(30)
class EventsTest {

  private static final Pattern REV = Pattern.compile("data-rev=\"([^\"]+)\"");

  private final Street street = Street.demo();
  private final PageServer server = Pages.of(street).server();

  @BeforeEach
  void serve() throws PageException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsTheTimeAtOnceAndIsNeitherCompressedNorStored() throws Exception {
    try (var page = EventLines.open(server.port(), "rev=" + rev())) {
      assertThat(page.next()).isEqualTo(new EventLines.Told("hb", "", "14:32:05\n"));
      var headers = page.response().headers();
      assertThat(headers.firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void sendsOnlyTheCardThatChanged() throws Exception {
    var rev = rev();
    try (var page = EventLines.open(server.port(), "rev=" + rev)) {
      assertThat(page.next().event()).isEqualTo("hb");
      street.says("bin-1", "fill", new Value.Num(.41));
      var patch = page.next();
      assertThat(patch.event()).isEqualTo("patch");
      assertThat(patch.id()).isEqualTo(rev.replaceFirst("\\.\\d+$", ".2"));
      assertThat(patch.data())
          .startsWith("<time id=\"clock\">14:32:05</time>")
          .contains("<article id=\"a-bin-1\"")
          .contains("41%")
          .doesNotContain("a-bin-2")
          .doesNotContain("<main");
    }
  }

  @Test
  void goesOnFromTheEditionThatThePageShows() throws Exception {
    var rev = rev();
    street.says("bin-1", "fill", new Value.Num(.41));
    try (var page = EventLines.open(server.port(), "rev=" + rev)) {
      assertThat(page.next("patch").data()).contains("a-bin-1").doesNotContain("<main");
    }
  }

  @Test
  void sendsTheWholeForAnEditionItDoesNotKnow() throws Exception {
    for (var stranger : new String[] {"", "0badc0de.1", "x", rev().replaceFirst("\\d+$", "x")}) {
      try (var page = EventLines.open(server.port(), "rev=" + stranger)) {
        assertThat(page.next("patch").data())
            .contains("<main id=\"main\"")
            .contains("<footer id=\"foot\">");
      }
    }
  }

  @Test
  void speaksTheLanguageOfItsPage() throws Exception {
    try (var page = EventLines.open(server.port(), "lang=en&rev=")) {
      assertThat(page.next("patch").data()).contains("Nothing to do").doesNotContain("无需处理");
    }
  }

  @Test
  void patchesAtMostTwiceASecond() throws Exception {
    try (var page = EventLines.open(server.port(), "rev=" + rev())) {
      assertThat(page.next().event()).isEqualTo("hb");
      var changing =
          Thread.startVirtualThread(
              () -> {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                  street.says("bin-1", "fill", new Value.Num(i % 100 / 100.0));
                  Thread.onSpinWait();
                }
              });
      page.next("patch");
      var start = System.nanoTime();
      page.next("patch");
      page.next("patch");
      page.next("patch");
      changing.interrupt();
      // Three paces, less what the first patch took on its way.
      assertThat(System.nanoTime() - start).isGreaterThan(1_250_000_000L);
    }
  }

  @Test
  void theSeventeenthPageSendsTheOldestAway() throws Exception {
    var rev = rev();
    var pages = new ArrayList<EventLines>();
    for (int i = 0; i < 17; i++) {
      var page = EventLines.open(server.port(), "rev=" + rev);
      assertThat(page.next().event()).isEqualTo("hb");
      pages.add(page);
    }
    assertThat(pages.getFirst().next("bye").data()).isEqualTo("full\n");
    street.says("bin-1", "fill", new Value.Num(.41));
    assertThat(pages.get(1).next("patch").data()).contains("41%");
    assertThat(pages.getLast().next("patch").data()).contains("41%");
    pages.forEach(EventLines::close);
  }

  @Test
  void saysGoodbyeAndStopsWithoutWaitingForItsPages() throws Exception {
    try (var page = EventLines.open(server.port(), "rev=" + rev())) {
      assertThat(page.next().event()).isEqualTo("hb");
      var start = System.nanoTime();
      server.close();
      // Half a second is the promise; the rest is for a busy machine. The idle limit would be 30 s.
      assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
      assertThat(page.next("bye").data()).isEqualTo("closing\n");
    }
  }

  private String rev() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
      var html = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return REV.matcher(html).results().findFirst().orElseThrow().group(1);
    }
  }
}
