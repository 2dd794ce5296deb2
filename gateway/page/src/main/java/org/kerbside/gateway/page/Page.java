package org.kerbside.gateway.page;

import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.page.Part.Badge;

/**
 * The whole document as its template takes it.
 *
 * @param path of the screen, query and all
 * @param rev which edition it shows, for the stream to go on from
 * @param clockNote what to say of a clock that is not to be believed; empty when it is
 * @param notice what became of what was just done; none when nothing was
 * @param portal where a browser finds the page that a phone's system opened by itself; empty where
 *     it did not
 * @param script the path of live.js
 */
record Page(
    Words words,
    Site site,
    Origin origin,
    String path,
    Screen screen,
    String rev,
    String clock,
    String clockNote,
    Badge notice,
    String portal,
    String style,
    String script,
    Refresh refresh) {

  /** What a page without JavaScript does. */
  enum Refresh {
    EVERY_10_S,
    STOPPED,
    NEVER
  }

  String lang() {
    return words.language().tag();
  }

  String other() {
    return words.language().other().tag();
  }

  /** What the screen is about: the site, or one thing of it. */
  String heading() {
    return screen.title().isEmpty() ? site.name() : screen.title();
  }

  String title() {
    return heading() + " · " + site.id();
  }

  String otherPath() {
    return with("lang=" + other());
  }

  String stillPath() {
    return with("still=1");
  }

  private String with(String parameter) {
    return path + (path.contains("?") ? "&" : "?") + parameter;
  }

  boolean isSimulated() {
    return origin == Origin.SIMULATED;
  }

  boolean refreshes() {
    return refresh == Refresh.EVERY_10_S;
  }

  /** Whether it would refresh by itself if nobody had stopped it. */
  boolean isStopped() {
    return refresh == Refresh.STOPPED;
  }
}
