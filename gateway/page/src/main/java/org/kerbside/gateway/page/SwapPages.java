package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Machine.Fitting;

/**
 * A device is taken out and another put into its place: the asset keeps its name, its past and its
 * alarms. The gateway begins again for that, in its process.
 */
final class SwapPages {

  private static final int LONGEST = 60; // characters of an address or a model

  private final Sheets sheets;
  private final Shown shown;

  SwapPages(Sheets sheets, Shown shown) {
    this.sheets = sheets;
    this.shown = shown;
  }

  static String path(String asset) {
    return "/swap/" + asset;
  }

  /** {@code GET /swap/{asset}}: what is fitted, and what shall be. */
  void show(Context context) {
    var asset = asset(context);
    if (asset == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    context.html(sheets.templates().swap(swap(context, asset, "")));
  }

  /** {@code POST /swap/{asset}}: the new one speaks from now on. Sent again, it is done once. */
  void done(Context context) throws Refusal {
    var session = sheets.gate().admitted(context, Role.INSTALLER);
    var asset = asset(context);
    if (asset == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    var trouble = isDone(context, asset) ? null : bound(context, asset, session);
    if (trouble != null) {
      context
          .status(HttpStatus.UNPROCESSABLE_CONTENT)
          .html(sheets.templates().swap(swap(context, asset, trouble)));
      return;
    }
    context.html(
        sheets
            .templates()
            .swapped(
                new Swapped(
                    sheets.sheet(context, "swap.title", path(asset.id())),
                    asset.id(),
                    asset.name())));
  }

  /** Whether what is asked for is so already: the form was sent twice. */
  private boolean isDone(Context context, Asset asset) {
    var at = typed(context, "at");
    return fittings(asset).stream().anyMatch(fitting -> fitting.at().equals(at));
  }

  private @Nullable String bound(Context context, Asset asset, Session session) {
    var from = typed(context, "from");
    return shown
        .fitter()
        .bind(asset.id(), from.isEmpty() ? null : from, set(context), session.worker());
  }

  private static SequencedMap<String, String> set(Context context) {
    var set = new LinkedHashMap<String, String>();
    set.put("at", typed(context, "at"));
    var profile = typed(context, "profile");
    if (!profile.isEmpty()) {
      set.put("profile", profile);
    }
    return set;
  }

  private Swap swap(Context context, Asset asset, String trouble) {
    return new Swap(
        sheets.sheet(context, "swap.title", path(asset.id())),
        asset.id(),
        asset.name(),
        fittings(asset),
        typed(context, "from"),
        typed(context, "at"),
        typed(context, "profile"),
        trouble,
        sheets.gate().who(context));
  }

  private List<Fitting> fittings(Asset asset) {
    return shown.machine().fittings(asset.id());
  }

  private static String typed(Context context, String name) {
    var asked = context.queryParam(name); // by who found it on a bus
    var text = (asked == null ? Sheets.field(context, name) : asked).strip();
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  private @Nullable Asset asset(Context context) {
    var id = context.pathParam("asset");
    return shown.view().overview().assets().stream()
        .filter(asset -> asset.id().equals(id) && asset.kind().isListed())
        .findFirst()
        .orElse(null);
  }
}
