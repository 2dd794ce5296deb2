package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.SiteView;

/**
 * The screens as they were last drawn: each drawn once for all streams, at most twice a second and,
 * so that ages move, at least every five while someone looks. Thread-safe.
 */
final class Editions {

  /**
   * Between two drawings, and two patches of a page: with a whole second a change that came just
   * after one was on the screen later than a second.
   */
  static final Duration PACE = Duration.ofMillis(500);

  private static final Duration AGES_MOVE = Duration.ofSeconds(5);
  private static final int KEPT = 16; // eight seconds of a street where all changes
  private static final int SHELVES = 32;

  /**
   * One screen that was shown; an equal one later is the same edition.
   *
   * @param at when it was drawn, in ns since any instant
   */
  record Edition(long number, Screen screen, long at) {}

  /** Whose screen it is: one address, one language, one kind of reader. */
  record Copy(Route route, Language language, Reader reader) {}

  private final SiteView view;
  private final Screens screens;
  private final String boot;
  private final SequencedMap<Copy, Shelf> shelves = new LinkedHashMap<>(); // guarded by this
  private long numbers; // guarded by this; one number is one screen of one shelf

  /**
   * @param boot another with each start: numbers begin anew
   */
  Editions(SiteView view, Screens screens, String boot) {
    this.view = view;
    this.screens = screens;
    this.boot = boot;
  }

  /** The screen as it is now; null when there is none of that address. */
  @Nullable Edition fresh(Copy copy) {
    var shelf = shelf(copy);
    synchronized (shelf) {
      return shelf.draw();
    }
  }

  /** The screen as it was half a second ago at most when something changed, else five. */
  @Nullable Edition paced(Copy copy) {
    var shelf = shelf(copy);
    synchronized (shelf) {
      return shelf.latest();
    }
  }

  /** What a page calls an edition by. */
  String rev(Edition edition) {
    return boot + "." + edition.number();
  }

  /** The edition that a page calls so; null where it is no longer kept, or of another start. */
  @Nullable Edition kept(Copy copy, @Nullable String rev) {
    if (rev == null || !rev.startsWith(boot + ".")) {
      return null;
    }
    try {
      return kept(copy, Long.parseLong(rev.substring(boot.length() + 1)));
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }

  private @Nullable Edition kept(Copy copy, long number) {
    var shelf = shelf(copy);
    synchronized (shelf) {
      return shelf.editions.stream()
          .filter(edition -> edition.number() == number)
          .findFirst()
          .orElse(null);
    }
  }

  private synchronized Shelf shelf(Copy copy) {
    var shelf = shelves.remove(copy);
    if (shelf == null) {
      shelf = new Shelf(copy);
    }
    shelves.putLast(copy, shelf);
    if (shelves.size() > SHELVES) {
      shelves.pollFirstEntry();
    }
    return shelf;
  }

  private synchronized long number() {
    return ++numbers;
  }

  private final class Shelf {

    private final Copy copy;
    private final Words words;
    // Guarded by this shelf; newest first.
    private final Deque<Edition> editions = new ArrayDeque<>();
    private long drawnAt;
    private long revision;

    Shelf(Copy copy) {
      this.copy = copy;
      words = Words.in(copy.language());
    }

    @Nullable Edition latest() {
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

    @Nullable Edition draw() {
      drawnAt = System.nanoTime();
      revision = view.revision();
      var screen = screens.draw(copy.route(), words, copy.reader());
      if (screen == null) {
        return null;
      }
      var newest = editions.peekFirst();
      if (newest != null && newest.screen().equals(screen)) {
        return newest;
      }
      var next = new Edition(number(), screen, drawnAt);
      editions.addFirst(next);
      if (editions.size() > KEPT) {
        editions.removeLast();
      }
      return next;
    }
  }
}
