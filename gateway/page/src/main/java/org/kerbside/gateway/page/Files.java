package org.kerbside.gateway.page;

import java.util.List;

/** The files that ship beside the pages, each under a name that changes with its content. */
final class Files {

  /** Leon Sorokin's uPlot, MIT; the version is the one in the build. */
  private static final String UPLOT_FOLDER = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  static final Served LIVE = Served.of("live", "js", SCRIPT, "live.js");
  static final Served HOLD = Served.of("hold", "js", SCRIPT, "hold.js");
  static final Served AGAIN = Served.of("again", "js", SCRIPT, "again.js");
  static final Served LOOK = Served.of("look", "js", SCRIPT, "look.js");
  static final Served CLOCK = Served.of("clock", "js", SCRIPT, "clock.js");
  static final Served DETAIL = Served.of("detail", "js", SCRIPT, "detail.js");
  static final Served UPLOT = Served.of("uplot", "js", SCRIPT, UPLOT_FOLDER + "uPlot.iife.min.js");
  static final Served UPLOT_STYLE =
      Served.of("uplot", "css", STYLE, UPLOT_FOLDER + "uPlot.min.css");

  static final List<Served> ALL =
      List.of(LIVE, HOLD, AGAIN, LOOK, CLOCK, DETAIL, UPLOT, UPLOT_STYLE);

  private Files() {}

  /** One of them. */
  record Served(String path, String type, String text) {

    private static Served of(String name, String ending, String type, String resource) {
      var shipped = Shipped.load(resource);
      return new Served("/%s.%s.%s".formatted(name, shipped.tag(), ending), type, shipped.text());
    }
  }
}
