package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Learned;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Overlay;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Finding;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.About;
import org.kerbside.gateway.cli.Requests.Deed;
import org.kerbside.gateway.cli.Requests.Reply;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.model.Value;

/**
 * What people learn of an asset where it stands: tried on the whole site, kept in the overlay, told
 * to the city, and then so. A calibration is so at once; for a device that was bound anew the
 * gateway begins again. What would be a mistake changes nothing. Answers one at a time.
 */
final class Commissioning {

  private final Path file;
  private final Clock clock;
  private final Pipeline pipeline;
  private final Turn.Again again;
  private Plan plan; // guarded by this, as the next
  private boolean isOver; // another gateway takes over, or has

  Commissioning(Plan plan, Path data, Clock clock, Pipeline pipeline, Turn.Again again) {
    this.plan = plan;
    this.file = data.resolve(Overlay.FILE);
    this.clock = clock;
    this.pipeline = pipeline;
    this.again = again;
  }

  /** Works on what runs, with all that was learned until now; nothing is learned meanwhile. */
  interface Work<T extends @Nullable Object> {
    T on(Plan plan) throws CommandException;
  }

  /** What runs, for who only looks. */
  synchronized Plan now() {
    return plan;
  }

  synchronized <T extends @Nullable Object> T during(Work<T> work) throws CommandException {
    refuseLate();
    return work.on(plan);
  }

  /** Another gateway takes over; to be called during a work. */
  void handOver(Plan next, Turn turn) {
    synchronized (this) {
      isOver = true;
    }
    again.with(next, turn);
  }

  private void refuseLate() throws CommandException {
    if (isOver) {
      throw new CommandException(
          Exit.REFUSED, "the gateway begins again just now", "ask once more in a few seconds");
    }
  }

  /** The answers of the control socket, by request. */
  Map<String, About> answers() {
    return Map.of(
        ControlServer.request("overlay", Format.TEXT), this::text,
        ControlServer.request("overlay", Format.JSON), this::json);
  }

  /** The deeds of the control socket, by request. */
  Map<String, Deed> deeds() {
    return Map.of(
        ControlServer.request("calibrate", Format.TEXT),
        (said, by) -> done(new LearnedLine(calibrate(Finding.of(said))).text()),
        ControlServer.request("calibrate", Format.JSON),
        (said, by) -> done(new LearnedLine(calibrate(Finding.of(said))).json()),
        ControlServer.request("bind", Format.TEXT),
        (said, by) ->
            done(new LearnedLine(bind(Finding.of(said))).text() + "; the gateway begins again"),
        ControlServer.request("bind", Format.JSON),
        (said, by) -> done(new LearnedLine(bind(Finding.of(said))).json()));
  }

  private static Reply done(String text) {
    return new Reply(Exit.DONE, text);
  }

  /** What was measured is so from the next turn on. */
  synchronized Learned calibrate(Finding said) throws CommandException {
    refuseLate();
    var asset = asset(said.asset());
    var was = new LinkedHashMap<String, String>();
    for (var name : said.set().keySet()) {
      var before = shown(asset, name);
      if (before != null) {
        was.put(name, before);
      }
    }
    var learned = learned(said, was);
    var changed = keep(learned);
    pipeline.learn(event("calibrated", learned), changed.config());
    plan = changed;
    return learned;
  }

  /** Another device speaks for an asset, and the gateway begins again. */
  synchronized Learned bind(Finding said) throws CommandException {
    refuseLate();
    var gone = device(asset(said.asset()), said.from());
    refuseTaken(said.set().getOrDefault(Learned.AT, ""));
    var was = new LinkedHashMap<String, String>();
    was.put(Learned.AT, gone.at().text());
    if (gone.profile() != null) {
      was.put(Learned.PROFILE, gone.profile().name().text());
    }
    var learned = learned(said, was);
    var changed = keep(learned);
    pipeline.learn(event("bound", learned), plan.config());
    plan = changed;
    handOver(changed, Turn.UNWATCHED);
    return learned;
  }

  private Learned learned(Finding said, SequencedMap<String, String> was) {
    return Learned.of(said.asset(), said.set(), was, said.by(), clock.now().wall());
  }

  private Event.Commission event(String what, Learned learned) {
    return new Event.Commission(
        clock.now(),
        what,
        learned.asset().text(),
        new LearnedLine(learned).words(),
        learned.was(),
        learned.by());
  }

  /** The plan with it, once it is on the disk. */
  private Plan keep(Learned learned) throws CommandException {
    var source = plan.source();
    var overlay = source.overlay().with(learned);
    var mistakes = new Mistakes();
    var changed = Plan.read(source.with(overlay), mistakes);
    if (changed == null) {
      throw refused(mistakes);
    }
    try {
      overlay.write(file);
    } catch (IOException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "%s cannot be written: %s".formatted(file, broken.getMessage()),
          "nothing has changed; see that the disk is not full");
    }
    return changed;
  }

  private static CommandException refused(Mistakes mistakes) {
    var first =
        mistakes.all().stream().filter(mistake -> mistake.isError()).findFirst().orElseThrow();
    return new CommandException(
        Exit.WRONG_INPUT,
        "%s: %s".formatted(first.code(), first.problem()),
        first.help() + "; nothing has changed");
  }

  private Asset asset(String id) throws CommandException {
    var assets = plan.config().assets();
    for (var asset : assets) {
      if (asset.id().equals(id)) {
        return asset;
      }
    }
    throw new CommandException(
        Exit.WRONG_INPUT,
        "there is no asset '%s'".formatted(id),
        Nearest.help(id, assets.stream().map(Asset::id).toList()));
  }

  private Device device(Asset asset, @Nullable String from) throws CommandException {
    var own =
        plan.config().devices().stream().filter(d -> d.asset().id().equals(asset.id())).toList();
    var meant = own.stream().filter(d -> from == null || d.at().text().equals(from)).toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    var all = own.stream().map(d -> d.at().text()).collect(Collectors.joining(", "));
    throw new CommandException(
        Exit.WRONG_INPUT,
        from == null
            ? "'%s' has %d devices".formatted(asset.id(), own.size())
            : "'%s' has no device at %s".formatted(asset.id(), from),
        own.isEmpty() ? "write at: into the site's file" : "say which: --from, of " + all);
  }

  private void refuseTaken(String at) throws CommandException {
    for (var device : plan.config().devices()) {
      if (device.at().text().equals(at)) {
        throw new CommandException(
            Exit.WRONG_INPUT,
            "'%s' is the address of '%s' already".formatted(at, device.asset().id()),
            "give that one another device first; nothing has changed");
      }
    }
  }

  /** A setting as it is now; null where the site says nothing. */
  private static @Nullable String shown(Asset asset, String name) {
    return switch (asset.settings().get(name)) {
      case null -> null;
      case Value.Num(var number) -> number + unit(asset.kind(), name);
      case Value.State(var word) -> word;
      case Value.Flag(var flag) -> Boolean.toString(flag);
    };
  }

  private static String unit(Kind kind, String name) {
    int dot = name.indexOf('.');
    var spec = kind.setting(dot < 0 ? name : name.substring(0, dot));
    var inner =
        spec != null && spec.shape() instanceof Shape.Group(var all)
            ? all.stream().filter(s -> s.name().equals(name.substring(dot + 1))).findFirst()
            : Optional.<SettingSpec>ofNullable(spec);
    return inner
        .map(SettingSpec::shape)
        .map(shape -> shape instanceof Shape.Quantity(var unit, _, _) ? unit.symbol() : "")
        .orElse("");
  }

  /** What was learned of an asset, or of all of them. */
  synchronized List<Learned> of(String asset) {
    return plan.source().overlay().learned().stream()
        .filter(one -> asset.equals(Finding.ALL) || one.asset().text().equals(asset))
        .toList();
  }

  /** As lines for the site's own files. */
  private String text(String asset) {
    var learned = of(asset);
    var zone = plan.config().site().zone();
    return learned.isEmpty()
        ? "nothing was learned here"
        : learned.stream()
            .map(one -> new LearnedLine(one).yaml(zone))
            .collect(Collectors.joining("\n"));
  }

  private String json(String asset) {
    return of(asset).stream()
        .map(one -> new LearnedLine(one).json())
        .collect(Collectors.joining("\n"));
  }
}
