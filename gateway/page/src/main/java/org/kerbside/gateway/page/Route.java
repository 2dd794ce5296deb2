package org.kerbside.gateway.page;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A screen, as its address names it. */
sealed interface Route {

  int MOST_PARAMETERS = 8;

  /** Path and query, by which the stream of its changes is asked for. */
  default String path() {
    return switch (this) {
      case Site _ -> "/";
      case Work _ -> "/work";
      case Gateway _ -> "/gateway";
      case Kiosk _ -> "/kiosk";
      case Public _ -> "/public";
      case Alarms(var show) ->
          show == Alarms.Show.UNACKED ? "/alarms" : "/alarms?show=" + show.word();
      case Asset(var id, var point, var span) ->
          "/a/"
              + encoded(id)
              + "?span="
              + span.word()
              + (point == null ? "" : "&point=" + encoded(point));
    };
  }

  /** The tab that it stands under. */
  default Tab tab() {
    return switch (this) {
      case Site _, Asset _, Kiosk _, Public _ -> Tab.SITE;
      case Alarms _ -> Tab.ALARMS;
      case Work _ -> Tab.WORK;
      case Gateway _ -> Tab.GATEWAY;
    };
  }

  /** What the foot of every screen leads to. */
  enum Tab {
    SITE("/", "site", "home"),
    ALARMS("/alarms", "alarms", "octagon"),
    WORK("/work", "work", "wrench"),
    GATEWAY("/gateway", "gateway", "box");

    private final String path;
    private final String word;
    private final String icon;

    Tab(String path, String word, String icon) {
      this.path = path;
      this.word = word;
      this.icon = icon;
    }

    String path() {
      return path;
    }

    String word() {
      return word;
    }

    String icon() {
      return icon;
    }
  }

  /** What must be done here, and how every asset stands. */
  record Site() implements Route {}

  /** One asset. */
  record Asset(String id, @Nullable String point, Span span) implements Route {}

  /** The alarms that are not gone, and those of the week. */
  record Alarms(Show show) implements Route {

    /** Which of them. */
    enum Show {
      UNACKED,
      ACKED,
      SHELVED,
      WEEK;

      String word() {
        return name().toLowerCase(Locale.ROOT);
      }

      static Show of(@Nullable String word) {
        for (var show : values()) {
          if (show.word().equals(word)) {
            return show;
          }
        }
        return UNACKED;
      }
    }
  }

  /** What a crew does here. */
  record Work() implements Route {}

  /** How the gateway itself does. */
  record Gateway() implements Route {}

  /** The site on the screen in the cabinet, nothing of it to scroll for. */
  record Kiosk() implements Route {}

  /** What a passer-by wants to know. */
  record Public() implements Route {}

  /** The screen of an address; null when there is none. */
  static @Nullable Route of(String address) {
    int mark = address.indexOf('?');
    var path = mark < 0 ? address : address.substring(0, mark);
    var query = mark < 0 ? Map.<String, String>of() : query(address.substring(mark + 1));
    return switch (path) {
      case "/" -> new Site();
      case "/alarms" -> new Alarms(Alarms.Show.of(query.get("show")));
      case "/work" -> new Work();
      case "/gateway" -> new Gateway();
      case "/kiosk" -> new Kiosk();
      case "/public" -> new Public();
      default ->
          path.startsWith("/a/")
              ? new Asset(
                  decoded(path.substring(3)), query.get("point"), Span.of(query.get("span")))
              : null;
    };
  }

  private static Map<String, String> query(String text) {
    var query = new HashMap<String, String>();
    for (var pair : text.split("&", MOST_PARAMETERS)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
