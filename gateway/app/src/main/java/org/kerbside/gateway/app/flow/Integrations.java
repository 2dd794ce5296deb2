package org.kerbside.gateway.app.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.model.Event;

/** The sinks beside the city, each from a file of Camel's routes. None of them loads no Camel. */
public final class Integrations implements AutoCloseable {

  /** Files that were found good. */
  public static final class Files {

    private final List<RouteFile> good;
    private final String language;

    private Files(List<RouteFile> good, String language) {
      this.good = List.copyOf(good);
      this.language = language;
    }
  }

  /**
   * How one of them stands.
   *
   * @param lost copies that will not come: the journal and the city have them
   * @param trouble why it loses them; absent while it takes them
   */
  public record Standing(String name, long sent, long lost, @Nullable String trouble) {}

  private final List<Integration> all = new ArrayList<>();

  /**
   * @param rendered an event as JSON; from several threads
   */
  public Integrations(Files files, Function<Event, String> rendered) {
    for (var file : files.good) {
      all.add(new Integration(file, event -> Telling.of(rendered.apply(event), files.language)));
    }
  }

  /** A file with mistakes is left out, and keeps nothing else from running. */
  public static Files read(SiteConfig config, Mistakes mistakes) {
    var good = new ArrayList<RouteFile>();
    for (var each : config.integrations()) {
      var file = RouteFile.read(each, mistakes);
      if (file != null && Judgement.isGood(file, mistakes)) {
        good.add(file);
      }
    }
    return new Files(good, config.language());
  }

  public void start() {
    all.forEach(Integration::start);
  }

  /** What was committed; on the writer's thread, and returns at once. */
  public void accept(List<Event> events) {
    for (var event : events) {
      for (var each : all) {
        each.offer(event);
      }
    }
  }

  public List<Standing> standings() {
    return all.stream().map(Integration::standing).toList();
  }

  @Override
  public void close() {
    all.forEach(Integration::close);
  }
}
