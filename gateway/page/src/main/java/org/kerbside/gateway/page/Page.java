package org.kerbside.gateway.page;

import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.Site;

/**
 * The whole document as its template takes it.
 *
 * @param rev which screen it shows, for the stream to go on from
 * @param clockNote what to say of a clock that is not to be believed; empty when it is
 * @param script the path of live.js
 */
record Page(
    Words words,
    Site site,
    Origin origin,
    Screen screen,
    String rev,
    String clock,
    String clockNote,
    String style,
    String script,
    Refresh refresh) {

  /** What a page without JavaScript does. */
  enum Refresh {
    EVERY_10_S,
    NEVER
  }

  String lang() {
    return words.language().tag();
  }

  String other() {
    return words.language().other().tag();
  }

  boolean isSimulated() {
    return origin == Origin.SIMULATED;
  }

  boolean refreshes() {
    return refresh == Refresh.EVERY_10_S;
  }
}
