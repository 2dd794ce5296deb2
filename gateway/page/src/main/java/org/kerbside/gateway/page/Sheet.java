package org.kerbside.gateway.page;

import org.kerbside.gateway.model.Site;

/**
 * What a small page of one question stands in.
 *
 * @param again after how many seconds it is asked for again; 0: never
 * @param path where it is asked for, for another language
 */
record Sheet(Words words, Site site, String title, String path, String style, int again) {

  /** One that waits for the reader. */
  Sheet(Words words, Site site, String title, String path, String style) {
    this(words, site, title, path, style, 0);
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
