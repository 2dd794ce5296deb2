package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Commission.Progress;
import org.kerbside.gateway.page.Commission.Step;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Fact;

/**
 * An asset is taken into service, one decision a page: is it this one, how is it mounted, what does
 * it say at two known distances, does what it sees reach the city. The steps keep what they found
 * in their address, so that going back always works; only the last changes something.
 */
final class CommissionPages {

  private static final List<String> KEPT =
      List.of("height", "full", "far", "near", "seen", "since", "mark");

  private final Sheets sheets;
  private final Shown shown;

  CommissionPages(Sheets sheets, Shown shown) {
    this.sheets = sheets;
    this.shown = shown;
  }

  /** {@code GET /commission/{asset}?step=…}: a step; what was found so far is in the query. */
  void show(Context context) {
    var stage = Stage.of(shown.view(), sheets.words(context), Reader.CREW, "");
    var standing = stage.standings().get(context.pathParam("asset"));
    if (standing == null || !standing.asset().kind().isListed()) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    var found = found(context);
    var trouble = "";
    var step = Step.of(context.queryParam("step"));
    if (step == Step.NEAR || step == Step.WALK) {
      trouble = take(context, stage, standing, found);
      step = trouble.isEmpty() ? step : before(step);
    }
    if (trouble.isEmpty() && note(context, stage, standing, step, found)) {
      // Looked at again, nothing is taken or begun a second time.
      context.redirect(address(standing.asset(), step, found));
      return;
    }
    page(context, stage, standing, step, found, trouble);
  }

  /** Whether something was noted that the step's own address must have. */
  private static boolean note(
      Context context,
      Stage stage,
      Standing standing,
      Step step,
      SequencedMap<String, String> found) {
    boolean isNew = context.queryParam("take") != null;
    if (step == Step.WALK && found.get("since") == null) {
      found.put("since", Long.toString(stage.overview().now().sinceBoot().toMillis()));
      isNew = true;
    }
    if (found.get("mark") == null && progress(stage, standing, found) == Progress.SEEN) {
      // What was seen may wait for its commit still: one frame more has it for certain.
      found.put("mark", Long.toString(stage.uplink().sent() + stage.uplink().waiting() + 1));
      isNew = true;
    }
    return isNew;
  }

  private static String address(Asset asset, Step step, SequencedMap<String, String> found) {
    return "/commission/" + asset.id() + "?step=" + step.word() + query(found);
  }

  /** {@code POST /commission/{asset}}: what was found is kept, and told to the city. */
  void keep(Context context) throws Refusal {
    var session = sheets.gate().admitted(context, Role.INSTALLER);
    var stage = Stage.of(shown.view(), sheets.words(context), Reader.CREW, "");
    var standing = stage.standings().get(context.pathParam("asset"));
    if (standing == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    var found = found(context);
    var asset = standing.asset().id();
    var settings = settings(found);
    var refusal =
        settings.isEmpty() ? null : shown.fitter().calibrate(asset, settings, session.worker());
    if (refusal != null) {
      page(context, stage, standing, Step.RECORD, found, refusal);
      return;
    }
    shown.fitter().record(asset, told(found, stage, standing), session.worker());
    context.redirect("/a/" + asset, HttpStatus.SEE_OTHER);
  }

  private void page(
      Context context,
      Stage stage,
      Standing standing,
      Step step,
      SequencedMap<String, String> found,
      String trouble) {
    var asset = standing.asset();
    var progress = progress(stage, standing, found);
    var waiting =
        step == Step.WALK && progress != Progress.ARRIVED
            ? Sheet.Waiting.FOR_THE_STREET
            : Sheet.Waiting.FOR_THE_READER;
    var sheet = sheets.sheet(context, "step." + step.word(), address(asset, step, found), waiting);
    context.html(
        sheets
            .templates()
            .commission(
                new Commission(
                    sheet,
                    step,
                    asset.id(),
                    asset.name(),
                    facts(stage, standing, step, found),
                    trouble,
                    found.entrySet().stream()
                        .map(entry -> new Kept.Field(entry.getKey(), entry.getValue()))
                        .toList(),
                    sheets.gate().who(context),
                    progress)));
  }

  /** What the sensor says at this moment goes along as what it says at that distance. */
  private String take(
      Context context, Stage stage, Standing standing, SequencedMap<String, String> found) {
    var which = context.queryParam("take");
    if (which == null) {
      return "";
    }
    var seen = distance(stage.overview(), standing);
    var value = seen == null || seen.last() == null ? null : seen.last().value();
    if (seen == null
        || seen.state(stage.overview().now()) != DataState.GOOD
        || !(value instanceof Value.Num(var metres))) {
      return stage.words().say("step.unfit");
    }
    found.put(which.equals("far") ? "far" : "seen", String.format(Locale.ROOT, "%.3f", metres));
    var points = points(found);
    var trouble = points == null ? null : points.trouble();
    return trouble == null
        ? ""
        : stage.words().say("step." + trouble.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static Step before(Step step) {
    return step == Step.NEAR ? Step.FAR : Step.NEAR;
  }

  /** What the steps found so far, as far as it is a number. */
  private static SequencedMap<String, String> found(Context context) {
    var found = new LinkedHashMap<String, String>();
    for (var name : KEPT) {
      var typed = context.queryParam(name);
      var text = typed == null ? context.formParam(name) : typed;
      if (text != null && text.matches("[0-9]{1,12}([.][0-9]{1,6})?")) {
        found.put(name, text);
      }
    }
    return found;
  }

  private static String query(SequencedMap<String, String> found) {
    var query = new StringBuilder();
    found.forEach((name, text) -> query.append('&').append(name).append('=').append(text));
    return query.toString();
  }

  /** Null until both are taken. */
  private static @Nullable TwoPoints points(SequencedMap<String, String> found) {
    return found.keySet().containsAll(List.of("height", "far", "near", "seen"))
        ? new TwoPoints(
            centimetres(found, "height"),
            Double.parseDouble(found.getOrDefault("far", "0")),
            centimetres(found, "near"),
            Double.parseDouble(found.getOrDefault("seen", "0")))
        : null;
  }

  private static double centimetres(SequencedMap<String, String> found, String name) {
    return Double.parseDouble(found.getOrDefault(name, "0")) / 100;
  }

  /** Where the sensor says empty, and where it would say full. */
  private static SequencedMap<String, String> settings(SequencedMap<String, String> found) {
    var settings = new LinkedHashMap<String, String>();
    var points = points(found);
    if (points != null && points.trouble() == null && found.containsKey("full")) {
      settings.put("empty", String.format(Locale.ROOT, "%.1fcm", points.seenFar() * 100));
      settings.put(
          "full",
          String.format(Locale.ROOT, "%.1fcm", points.seenAt(centimetres(found, "full")) * 100));
    }
    return settings;
  }

  private static SequencedMap<String, String> told(
      SequencedMap<String, String> found, Stage stage, Standing standing) {
    var told = new LinkedHashMap<String, String>();
    var points = points(found);
    if (points != null) {
      told.put("tape", String.format(Locale.ROOT, "%.2fm, %.2fm", points.far(), points.near()));
      told.put(
          "raw", String.format(Locale.ROOT, "%.3fm, %.3fm", points.seenFar(), points.seenNear()));
      told.put("scale", String.format(Locale.ROOT, "%.4f", points.scale()));
      told.put("offset", String.format(Locale.ROOT, "%.4fm", points.offset()));
    }
    told.put("walk", progress(stage, standing, found).name().toLowerCase(Locale.ROOT));
    return told;
  }

  private List<Fact> facts(
      Stage stage, Standing standing, Step step, SequencedMap<String, String> found) {
    var spoken = stage.words();
    var facts = new ArrayList<Fact>();
    for (var fitting : shown.machine().fittings(standing.asset().id())) {
      var profile = fitting.profile();
      var text = profile == null ? fitting.at() : profile + " · " + fitting.at();
      facts.add(new Fact(spoken.say("asset.device"), text, Badge.NONE));
    }
    for (var seen : standing.whole(stage.overview()).shown()) {
      var figure = stage.cards().figure(standing, seen);
      facts.add(
          new Fact(
              spoken.name("point", seen.point().name()),
              figure.text(),
              stage.cards().data(seen.state(stage.overview().now()))));
    }
    if (step == Step.RECORD) {
      settings(found)
          .forEach(
              (name, text) -> facts.add(new Fact(spoken.name("setting", name), text, Badge.NONE)));
      var points = points(found);
      if (points != null) {
        var line =
            String.format(Locale.ROOT, "× %.3f %+.1f cm", points.scale(), points.offset() * 100);
        facts.add(new Fact(spoken.say("step.line"), line, Badge.NONE));
      }
    }
    return facts;
  }

  /** Something changed since the walk began; and then the city has what stood in line by then. */
  private static Progress progress(
      Stage stage, Standing standing, SequencedMap<String, String> found) {
    var since = found.get("since");
    if (since == null) {
      return Progress.NONE;
    }
    var began = Duration.ofMillis(number(since));
    boolean isSeen =
        standing.whole(stage.overview()).shown().stream()
            .map(Seen::changed)
            .anyMatch(changed -> changed != null && changed.sinceBoot().compareTo(began) > 0);
    if (!isSeen) {
      return Progress.NONE;
    }
    var mark = found.get("mark");
    return mark != null && stage.uplink().sent() >= number(mark) ? Progress.ARRIVED : Progress.SEEN;
  }

  private static @Nullable Seen distance(Overview overview, Standing standing) {
    var point = standing.asset().point("distance");
    return point == null ? null : overview.of(point);
  }

  private static long number(String text) {
    return Long.parseLong(text.replaceFirst("[.].*", ""));
  }
}
