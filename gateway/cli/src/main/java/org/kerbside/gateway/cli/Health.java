package org.kerbside.gateway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a gateway does its work, in the few figures by which one version is held against the
 * next.
 *
 * @param uplink as {@code connected}
 * @param commits of the journal, since the start
 * @param untrusted points that are silent, or tell what is not to be trusted
 */
public record Health(String uplink, long commits, long untrusted) {

  private static final String UPLINK = "uplink";
  private static final String COMMITS = "commits";
  private static final String UNTRUSTED = "untrusted";
  private static final String CONNECTED = "connected";

  /** As it is kept in a file: a name and a figure a line. */
  public String text() {
    return "%s %s\n%s %d\n%s %d".formatted(UPLINK, uplink, COMMITS, commits, UNTRUSTED, untrusted);
  }

  /** Reads {@link #text}; null where something of it lacks. */
  static @Nullable Health of(String text) {
    var told = new LinkedHashMap<String, String>();
    for (var line : text.lines().toList()) {
      var words = line.strip().split(" ", 2);
      if (words.length == 2) {
        told.put(words[0], words[1]);
      }
    }
    var uplink = told.get(UPLINK);
    var commits = number(told.get(COMMITS));
    var untrusted = number(told.get(UNTRUSTED));
    return uplink == null || commits == null || untrusted == null
        ? null
        : new Health(uplink, commits, untrusted);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null || !text.matches("[0-9]{1,18}") ? null : Long.valueOf(text);
  }

  /** What is worse than it was; a link that was down before may be down. */
  List<String> worseThan(Health before) {
    var worse = new ArrayList<String>();
    if (before.uplink.equals(CONNECTED) && !uplink.equals(CONNECTED)) {
      worse.add("uplink: %s, was connected".formatted(uplink));
    }
    if (before.commits > 0 && commits == 0) {
      worse.add("journal: no commit since the start, had %d".formatted(before.commits));
    }
    if (untrusted > before.untrusted) {
      worse.add("points: %d not to be trusted, were %d".formatted(untrusted, before.untrusted));
    }
    return worse;
  }
}
