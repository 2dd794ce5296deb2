package org.kerbside.gateway.page;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.page.Editions.Copy;

/** What every small page of one question needs: who asks, in which words, and what it stands in. */
record Sheets(
    Gate gate, Templates templates, Site site, String hotline, String style, Spoken spoken) {

  Words words(Context context) {
    return spoken.words(context);
  }

  /** A screen's copy for who asks. */
  Copy copy(Context context, Route route, @Nullable Session who) {
    return new Copy(route, spoken.language(context), Reader.of(who));
  }

  /** One that waits for the reader. */
  Sheet sheet(Context context, String title, String path) {
    return sheet(context, title, path, Sheet.Waiting.FOR_THE_READER);
  }

  /**
   * What it stands in.
   *
   * @param title the key of its words
   * @param path where it is asked for, for another language
   */
  Sheet sheet(Context context, String title, String path, Sheet.Waiting waiting) {
    var words = words(context);
    return new Sheet(
        words, site, words.say(title), path, words.say("help.line", hotline), style, waiting);
  }

  /** What was typed into a field; empty when it was not there. */
  static String field(Context context, String name) {
    var typed = context.formParam(name);
    return typed == null ? "" : typed;
  }
}
