package org.kerbside.gateway.page;

import org.kerbside.gateway.model.Site;

/**
 * What a small page of one question stands in.
 *
 * @param hotline what to call, as the foot says it
 * @param waiting for what; for the street, it looks again by itself
 * @param path where it is asked for, for another language
 */
record Sheet(
    Words words,
    Site site,
    String title,
    String path,
    String hotline,
    String style,
    Waiting waiting) {

  /** What it waits for. */
  enum Waiting {
    FOR_THE_READER,
    FOR_THE_STREET
  }

  boolean looksAgain() {
    return waiting == Waiting.FOR_THE_STREET;
  }

  String again() {
    return Files.AGAIN.path();
  }

  String lang() {
    return words.language().tag();
  }

  String otherPath() {
    return path + (path.contains("?") ? "&" : "?") + "lang=" + other();
  }

  String other() {
    return words.language().other().tag();
  }
}
