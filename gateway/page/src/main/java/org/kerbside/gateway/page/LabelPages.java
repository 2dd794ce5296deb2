package org.kerbside.gateway.page;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Site;

/**
 * The label inside the cabinet's door, to be printed. It tells the access point's password: only
 * who fits the cabinet out may see it.
 */
final class LabelPages {

  private static final String PATH = "/label";

  private final Sheets sheets;
  private final @Nullable DoorLabel label;

  /**
   * @param point the access point; absent where the site names none
   */
  LabelPages(Sheets sheets, @Nullable AccessPoint point, String hotline) {
    this.sheets = sheets;
    this.label = point == null ? null : label(sheets.site(), point, hotline);
  }

  private static DoorLabel label(Site site, AccessPoint point, String hotline) {
    return new DoorLabel(site.name(), site.id(), point, hotline);
  }

  /** {@code GET /label}: the label, or how the site names its access point. */
  void show(Context context) throws Refusal {
    sheets.gate().shown(context, Role.INSTALLER);
    var sheet = sheets.sheet(context, "gw.label", PATH);
    var shown = label;
    context.html(
        sheets
            .templates()
            .label(new Label(sheet, shown == null ? "" : shown.svg(), PATH + ".svg")));
  }

  /** {@code GET /label.svg}: the same for a label printer. */
  void file(Context context) throws Refusal, Problem {
    sheets.gate().shown(context, Role.INSTALLER);
    var shown = label;
    if (shown == null) {
      throw Problem.unknown("access.wifi: the site names no access point");
    }
    context
        .contentType("image/svg+xml")
        .header(
            "Content-Disposition",
            "attachment; filename=\"label-%s.svg\"".formatted(sheets.site().id()))
        .result(shown.svg());
  }
}
