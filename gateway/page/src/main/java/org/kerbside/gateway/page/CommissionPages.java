package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Seen;
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

  private final Sheets sheets;
  private final Shown shown;

  CommissionPages(Sheets sheets, Shown shown) {
    this.sheets = sheets;
    this.shown = shown;
  }

  /** {@code GET /commission/{asset}?step=…}: a step; what was found so far is in the query. */
  void show(Context context) throws InterruptedException {
    var stage = Stage.of(shown.view(), sheets.words(context), Reader.CREW, "");
    var standing = stage.standings().get(context.pathParam("asset"));
    if (standing == null || !standing.asset().kind().isListed()) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    var findings = Findings.of(context);
    var trouble = "";
    var step = Step.of(context.queryParam("step"));
    if (step == Step.NEAR || step == Step.WALK) {
      trouble = take(context, new Taking(stage, standing, findings));
      step = trouble.isEmpty() ? step : before(step);
    }
    if (trouble.isEmpty() && note(context, stage, standing, step, findings)) {
      // Looked at again, nothing is taken or begun a second time.
      context.redirect(address(standing.asset(), step, findings));
      return;
    }
    page(context, stage, standing, step, findings, trouble);
  }

  /** {@code GET /commission/{asset}/now}: what its sensor says at this moment, as a text. */
  void now(Context context) throws Refusal, InterruptedException {
    sheets.gate().shown(context, Role.INSTALLER);
    var stage = Stage.of(shown.view(), sheets.words(context), Reader.CREW, "");
    var standing = stage.standings().get(context.pathParam("asset"));
    var seen = standing == null ? null : Taking.seen(stage, standing);
    if (standing == null || seen == null) {
      context.status(HttpStatus.NOT_FOUND);
      return;
    }
    var sight = shown.fitter().look(standing.asset().id(), Taking.DISTANCE, 1);
    if (sight == null) {
      context.result(stage.cards().figure(standing, seen).text());
    } else if (sight.numbers().isEmpty()) {
      context.result("–");
    } else {
      context.result(Numbers.text(sight.middle(), seen.point().spec()));
    }
  }

  /** Whether something was noted that the step's own address must have. */
  private static boolean note(
      Context context, Stage stage, Standing standing, Step step, Findings findings) {
    boolean isNew = context.queryParam("take") != null;
    if (step == Step.FAR && !findings.has(Findings.ASKED)) {
      findings.whole(Findings.ASKED, upNow(stage));
      isNew = true;
    }
    if (step == Step.WALK && !findings.has(Findings.SINCE)) {
      findings.whole(Findings.SINCE, upNow(stage));
      isNew = true;
    }
    if (!findings.has(Findings.MARK) && progress(stage, standing, findings) == Progress.SEEN) {
      // What was seen may wait for its commit still: one frame more has it for certain.
      findings.whole(Findings.MARK, stage.uplink().sent() + stage.uplink().waiting() + 1);
      isNew = true;
    }
    return isNew;
  }

  private static long upNow(Stage stage) {
    return stage.overview().now().sinceBoot().toMillis();
  }

  private static String address(Asset asset, Step step, Findings findings) {
    return "/commission/" + asset.id() + "?step=" + step.word() + findings.query();
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
    var findings = Findings.of(context);
    var asset = standing.asset().id();
    var settings = findings.settings();
    var refusal =
        settings.isEmpty() ? null : shown.fitter().calibrate(asset, settings, session.worker());
    if (refusal != null) {
      page(context, stage, standing, Step.RECORD, findings, refusal);
      return;
    }
    var told = findings.told();
    told.put("walk", progress(stage, standing, findings).name().toLowerCase(Locale.ROOT));
    shown.fitter().record(asset, told, session.worker());
    context.redirect("/a/" + asset, HttpStatus.SEE_OTHER);
  }

  private void page(
      Context context,
      Stage stage,
      Standing standing,
      Step step,
      Findings findings,
      String trouble) {
    var asset = standing.asset();
    var progress = progress(stage, standing, findings);
    var waiting =
        step == Step.WALK && progress != Progress.ARRIVED
            ? Sheet.Waiting.FOR_THE_STREET
            : Sheet.Waiting.FOR_THE_READER;
    var sheet =
        sheets.sheet(context, "step." + step.word(), address(asset, step, findings), waiting);
    context.html(
        sheets
            .templates()
            .commission(
                new Commission(
                    sheet,
                    step,
                    asset.id(),
                    asset.name(),
                    facts(stage, standing, step, findings),
                    trouble,
                    findings.fields(),
                    sheets.gate().who(context),
                    sheets.gate().covers(context, Role.INSTALLER),
                    step == Step.CHECK ? ScanPages.blink(standing.asset()) : "",
                    progress)));
  }

  /** What the sensor says at this moment goes along as what it says at that distance. */
  private String take(Context context, Taking taking) throws InterruptedException {
    var which = context.queryParam("take");
    if (which == null) {
      return "";
    }
    // A bus is not for everybody.
    boolean mayAsk = sheets.gate().covers(context, Role.INSTALLER);
    var sight = mayAsk ? taking.look(shown.fitter()) : null;
    return taking.take(which.equals("far") ? Findings.FAR : Findings.SEEN, sight);
  }

  private static Step before(Step step) {
    return step == Step.NEAR ? Step.FAR : Step.NEAR;
  }

  private List<Fact> facts(Stage stage, Standing standing, Step step, Findings findings) {
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
      findings
          .settings()
          .forEach(
              (name, text) -> facts.add(new Fact(spoken.name("setting", name), text, Badge.NONE)));
      var points = findings.points();
      if (points != null) {
        var line =
            String.format(Locale.ROOT, "× %.3f %+.1f cm", points.scale(), points.offset() * 100);
        facts.add(new Fact(spoken.say("step.line"), line, Badge.NONE));
        if (findings.has(Findings.SPREAD)) {
          var told = "± " + Numbers.centimetres(findings.number(Findings.SPREAD) / 2);
          facts.add(new Fact(spoken.say("step.spread"), told, Badge.NONE));
        }
      }
    }
    return facts;
  }

  /** Something changed since the walk began; and then the city has what stood in line by then. */
  private static Progress progress(Stage stage, Standing standing, Findings findings) {
    if (!findings.has(Findings.SINCE)) {
      return Progress.NONE;
    }
    var began = findings.up(Findings.SINCE);
    boolean isSeen =
        standing.whole(stage.overview()).shown().stream()
            .map(Seen::changed)
            .anyMatch(changed -> changed != null && changed.sinceBoot().compareTo(began) > 0);
    if (!isSeen) {
      return Progress.NONE;
    }
    boolean isTaken =
        findings.has(Findings.MARK) && stage.uplink().sent() >= findings.number(Findings.MARK);
    return isTaken ? Progress.ARRIVED : Progress.SEEN;
  }
}
