package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.SiteView;

/**
 * The site screen as it was last drawn, in each language: drawn once for all streams, at most once
 * a second and, so that ages move, at least every five while someone looks. Thread-safe.
 */
final class Editions {

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration AGES_MOVE = Duration.ofSeconds(5);
  private static final int KEPT = 8;

  /** One screen that was shown; an equal one later is the same edition. */
  record Edition(long number, Screen screen) {}

  private final SiteView view;
  private final String hotline;
  private final Map<Language, Shelf> shelves = new EnumMap<>(Language.class);

  Editions(SiteView view, String hotline) {
    this.view = view;
    this.hotline = hotline;
    for (var language : Language.values()) {
      shelves.put(language, new Shelf(new Words(language)));
    }
  }

  Words words(Language language) {
    return shelf(language).words;
  }

  /** The screen as it is now. */
  Edition fresh(Language language) {
    var shelf = shelf(language);
    synchronized (shelf) {
      return shelf.draw();
    }
  }

  /** The screen as it was a second ago at most when something changed, else five. */
  Edition paced(Language language) {
    var shelf = shelf(language);
    synchronized (shelf) {
      return shelf.latest();
    }
  }

  /** The edition of that number, or null when it is no longer kept. */
  @Nullable Edition kept(Language language, long number) {
    var shelf = shelf(language);
    synchronized (shelf) {
      return shelf.editions.stream()
          .filter(edition -> edition.number() == number)
          .findFirst()
          .orElse(null);
    }
  }

  private Shelf shelf(Language language) {
    var shelf = shelves.get(language);
    if (shelf == null) {
      throw new IllegalStateException("no words for " + language);
    }
    return shelf;
  }

  private final class Shelf {

    private final Words words;
    // Guarded by this shelf; newest first.
    private final Deque<Edition> editions = new ArrayDeque<>();
    private long drawnAt;
    private long revision;

    Shelf(Words words) {
      this.words = words;
    }

    Edition latest() {
      var newest = editions.peekFirst();
      if (newest == null) {
        return draw();
      }
      var age = Duration.ofNanos(System.nanoTime() - drawnAt);
      var isDue =
          age.compareTo(AGES_MOVE) >= 0
              || (revision != view.revision() && age.compareTo(PACE) >= 0);
      return isDue ? draw() : newest;
    }

    Edition draw() {
      drawnAt = System.nanoTime();
      revision = view.revision();
      var screen = Scene.draw(view.site(), view.overview(), view.uplink(), words, hotline);
      var newest = editions.peekFirst();
      if (newest != null && newest.screen().equals(screen)) {
        return newest;
      }
      var next = new Edition(newest == null ? 1 : newest.number() + 1, screen);
      editions.addFirst(next);
      if (editions.size() > KEPT) {
        editions.removeLast();
      }
      return next;
    }
  }
}
