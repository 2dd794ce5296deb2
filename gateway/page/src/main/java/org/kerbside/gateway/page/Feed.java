package org.kerbside.gateway.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.page.Editions.Edition;

/**
 * One open page: tells it what changed, at most twice a second, and the time every five. Runs on
 * its request's own virtual thread, so a phone that stopped reading holds up nobody else.
 */
final class Feed {

  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final long LOOK_EVERY = 100; // ms

  /** Why a page is told goodbye. */
  enum Bye {
    /** Others came: ask every ten seconds instead. */
    FULL("full"),
    /** The gateway stops: try again. */
    CLOSING("closing");

    private final String word;

    Bye(String word) {
      this.word = word;
    }
  }

  private final SiteView view;
  private final Editions editions;
  private final Templates templates;
  private final Editions.Copy copy;
  private final BooleanSupplier mayGoOn;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Bye bye = Bye.CLOSING;

  /**
   * @param mayGoOn whether who reads may still read this copy; asked again and again
   */
  Feed(
      SiteView view,
      Editions editions,
      Templates templates,
      Editions.Copy copy,
      BooleanSupplier mayGoOn) {
    this.view = view;
    this.editions = editions;
    this.templates = templates;
    this.copy = copy;
    this.mayGoOn = mayGoOn;
  }

  void end(Bye reason) {
    bye = reason;
    ended.countDown();
  }

  /**
   * Until told to end, until who reads may not any more, or until the page is gone, which is an
   * {@link IOException}.
   */
  void run(OutputStream out, @Nullable Edition known) throws IOException, InterruptedException {
    write(out, "retry: 2000\n\n");
    var shown = known;
    var patched = System.nanoTime() - Editions.PACE.toNanos();
    var beaten = System.nanoTime() - BEAT.toNanos();
    do {
      var now = System.nanoTime();
      var latest = editions.paced(copy);
      boolean isNew = latest != null && (shown == null || shown.number() != latest.number());
      if (latest != null && isNew && isPaced(shown, latest, patched, now)) {
        write(out, patch(shown, latest));
        shown = latest;
        patched = now;
      }
      if (now - beaten >= BEAT.toNanos()) {
        write(out, event("hb", clock()) + "\n");
        beaten = now;
      }
    } while (!ended.await(LOOK_EVERY, TimeUnit.MILLISECONDS) && mayGoOn.getAsBoolean());
    write(out, event("bye", bye.word) + "\n");
  }

  /** By when it was drawn where it can: what is sent late must not make the next one later. */
  private static boolean isPaced(@Nullable Edition shown, Edition latest, long patched, long now) {
    return now - patched >= Editions.PACE.toNanos()
        || (shown != null && latest.at() - shown.at() >= Editions.PACE.toNanos());
  }

  private String patch(@Nullable Edition shown, Edition latest) {
    return event("patch", fragments(shown, latest)) + "id: " + editions.rev(latest) + "\n\n";
  }

  private String fragments(@Nullable Edition shown, Edition latest) {
    var html = new StringBuilder("<time id=\"clock\">").append(clock()).append("</time>");
    var change = shown == null ? new Screen.Change.Whole() : latest.screen().since(shown.screen());
    switch (change) {
      case Screen.Change.Whole() ->
          html.append(templates.main(latest.screen()))
              .append(templates.part(latest.screen().nav()))
              .append(templates.part(latest.screen().foot()));
      case Screen.Change.Parts(var parts) ->
          parts.forEach(part -> html.append(templates.part(part)));
    }
    return html.toString();
  }

  private String clock() {
    return new Times(view.site().zone(), view.overview().now()).clock();
  }

  private static String event(String name, String data) {
    var text = new StringBuilder("event: ").append(name).append('\n');
    data.lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> text.append("data: ").append(line).append('\n'));
    return text.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
