package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.util.List;
import java.util.regex.Pattern;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.page.DeedForm.Choice;
import org.kerbside.gateway.page.Part.Link;

/**
 * A device that was found and speaks for nothing yet: it goes into an asset's place, or becomes a
 * line for the site's file, which the page never writes.
 */
final class NewcomerPages {

  private static final String PATH = "/scan/at";
  private static final Pattern AT = Pattern.compile("[A-Za-z0-9._-]{1,30}/[A-Za-z0-9._:-]{1,40}");
  private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9._-]{0,60}");
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,30}");
  private static final int LONGEST_NAME = 40; // characters

  private final Sheets sheets;
  private final Shown shown;

  NewcomerPages(Sheets sheets, Shown shown) {
    this.sheets = sheets;
    this.shown = shown;
  }

  static String path(String at, String profile) {
    return PATH
        + "?at="
        + URLEncoder.encode(at, UTF_8)
        + (profile.isEmpty() ? "" : "&profile=" + URLEncoder.encode(profile, UTF_8));
  }

  static boolean speaks(Machine machine, Asset asset, String at) {
    return asset.kind().isListed()
        && machine.fittings(asset.id()).stream().anyMatch(fitting -> fitting.at().equals(at));
  }

  /** {@code GET /scan/at?at=…}: whose it becomes; with an id, a kind and a name, as a line. */
  void show(Context context) {
    var at = query(context, "at");
    var profile = query(context, "profile");
    if (!AT.matcher(at).matches() || !PROFILE.matcher(profile).matches()) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    var id = query(context, "id");
    var name = query(context, "name").strip();
    var kinds = shown.fitter().kinds();
    var chosen = query(context, "kind");
    var kind = kinds.stream().filter(one -> one.name().equals(chosen)).findFirst().orElse(null);
    boolean isNamed = ID.matcher(id).matches() && !name.isEmpty() && name.length() <= LONGEST_NAME;
    context.html(
        sheets
            .templates()
            .newcomer(
                new Newcomer(
                    sheets.sheet(context, "scan.place", path(at, profile)),
                    at,
                    profile,
                    places(at, profile),
                    choices(kinds, chosen, sheets.words(context)),
                    id,
                    name,
                    isNamed && kind != null
                        ? new SiteLine(id, kind, name, at, profile).text(assets())
                        : "")));
  }

  /** Assets that have a device, which this one may replace. */
  private List<Link> places(String at, String profile) {
    var with = path(at, profile).substring(PATH.length());
    return assets().stream()
        .filter(asset -> asset.kind().isListed())
        .filter(asset -> !shown.machine().fittings(asset.id()).isEmpty())
        .map(asset -> new Link(asset.name(), SwapPages.path(asset.id()) + with, ""))
        .toList();
  }

  /** The chosen one first, so that it stays chosen. */
  private static List<Choice> choices(List<Kind> kinds, String chosen, Words words) {
    return kinds.stream()
        .map(Kind::name)
        .sorted((one, other) -> Boolean.compare(other.equals(chosen), one.equals(chosen)))
        .map(kind -> new Choice(kind, words.name("kind", kind)))
        .toList();
  }

  private List<Asset> assets() {
    return shown.view().overview().assets();
  }

  private static String query(Context context, String name) {
    var asked = context.queryParam(name);
    return asked == null ? "" : asked;
  }
}
