package org.kerbside.gateway.page;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.page.Endpoint.Parameter;

/**
 * What the page shows, for programs: the site with its three axes, one asset, a point's past, the
 * alarms, the gateway. Times are ISO 8601 with the site's offset; a worker's number is told to
 * crews alone.
 */
final class SiteApi {

  static final String PATH = "/api/v1/";

  private final Shown shown;
  private final Executor disk;
  private final Function<Context, Reader> reader;

  /**
   * @param disk where history is asked: a native call would hold a core's virtual threads
   * @param reader who sent a request
   */
  SiteApi(Shown shown, Executor disk, Function<Context, Reader> reader) {
    this.shown = shown;
    this.disk = disk;
    this.reader = reader;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            PATH + "site",
            "Every asset by its three axes: condition, data, mode.",
            List.of(),
            Told.SITE,
            List.of(),
            context -> answer(context, Told.SITE, stage(context))),
        Endpoint.get(
            PATH + "assets/{asset}",
            "One asset, its points as they were last heard, its alarms.",
            List.of(Parameter.path("asset", "Its id.")),
            Told.ASSET,
            List.of(404),
            this::asset),
        Endpoint.get(
            PATH + "alarms",
            "The alarms that are not gone.",
            List.of(
                Parameter.query(
                    "state",
                    "Only those; without it all.",
                    Shape.words(Alarm.State.class, Alarm.State::word))),
            Told.ALARMS,
            List.of(),
            this::alarms),
        Endpoint.get(
            PATH + "events",
            "What happened lately: alarms' changes, what people did. Complete since the time told.",
            List.of(Parameter.query("after", "Only what came later.", Shape.TIME)),
            Happened.SHAPE,
            List.of(400),
            this::events),
        Endpoint.get(
            PATH + "gateway",
            "How the gateway itself does.",
            List.of(),
            Told.GATEWAY,
            List.of(),
            context ->
                answer(
                    context,
                    Told.GATEWAY,
                    new Told.Gateway(stage(context), shown.machine().facts()))),
        Endpoint.get(
            PATH + "assets/{asset}/points/{point}/history",
            "A point's past: arrays of equal length, one place a step; what is not known is null.",
            HistoryQuery.PARAMETERS,
            HistoryAnswer.SHAPE,
            List.of(400, 403, 404),
            this::history));
  }

  private void history(Context context) throws Problem {
    var now = shown.view().overview();
    var query =
        HistoryQuery.of(
            now.assets(),
            context.pathParam("asset"),
            context.pathParam("point"),
            context::queryParam,
            now.now());
    var series =
        CompletableFuture.supplyAsync(
                () ->
                    shown.history().of(query.point().id(), query.from(), query.to(), query.step()),
                disk)
            .join();
    answer(context, HistoryAnswer.SHAPE, new HistoryAnswer(query, series));
  }

  private void asset(Context context) throws Problem {
    var stage = stage(context);
    var id = context.pathParam("asset");
    var standing = stage.standings().get(id);
    if (standing == null) {
      throw Problem.unknown("no asset is called '%s'".formatted(id));
    }
    answer(context, Told.ASSET, new Told.Asset(stage, standing));
  }

  private void alarms(Context context) {
    var stage = stage(context);
    var state = context.queryParam("state");
    var alarms =
        stage.overview().alarms().stream()
            .filter(alarm -> state == null || alarm.state().word().equals(state))
            .map(alarm -> new Told.Alarm(stage, alarm))
            .toList();
    answer(context, Told.ALARMS, new Told.Alarms(alarms));
  }

  private void events(Context context) throws Problem {
    var after = HistoryQuery.time("after", context.queryParam("after"), Instant.EPOCH);
    var pages = shown.chronicle().pages();
    answer(context, Happened.SHAPE, new Happened(stage(context), pages, after));
  }

  private Stage stage(Context context) {
    return Stage.of(shown.view(), Words.in(Language.EN), reader.apply(context), "");
  }

  private static <T> void answer(Context context, Shape<T> shape, T thing) {
    context.result(Json.text(shape, thing)).contentType(Json.TYPE);
  }
}
