package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.kerbside.drivers.testkit.Await;

/** The page of a gateway as a browser gets it, and the cards on it. */
record PageCards(URI page) {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Until a card of each has figures, and nothing is wrong with what they rest upon. */
  void await(String... assets) throws Exception {
    var wanted = List.of(assets);
    Await.until(
        "figures of " + Arrays.toString(assets),
        () -> wanted.stream().allMatch(this::isGood),
        PATIENCE,
        () -> String.join("\n", wanted.stream().map(this::card).toList()));
  }

  /** Until the card of one has all these words. */
  void await(String asset, List<String> words) throws Exception {
    await(asset, words.toString(), card -> words.stream().allMatch(card::contains));
  }

  /** Until the card of one has such a figure. */
  void awaitFigure(String asset, String figure) throws Exception {
    var wanted = Pattern.compile("<b>%s</b>".formatted(figure));
    await(asset, figure, card -> wanted.matcher(card).find());
  }

  private void await(String asset, String what, Predicate<String> holds) throws Exception {
    Await.until(
        "%s on the card of %s".formatted(what, asset),
        () -> holds.test(card(asset)),
        PATIENCE,
        () -> card(asset));
  }

  private boolean isGood(String asset) {
    var card = card(asset);
    return card.contains("<b>")
        && !card.contains("<b>–</b>")
        && !Pattern.compile("\\bd-(never|stale|silent|bad)\\b").matcher(card).find();
  }

  /** What stands on the page of one; empty where it has no card. */
  String card(String asset) {
    var card =
        Pattern.compile("<article id=\"a-%s\".*?</article>".formatted(asset), Pattern.DOTALL)
            .matcher(html());
    return card.find() ? card.group() : "";
  }

  String html() {
    var request = HttpRequest.newBuilder(page).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException closed) {
      return "";
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
