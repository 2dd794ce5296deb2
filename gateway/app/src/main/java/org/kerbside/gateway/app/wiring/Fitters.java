package org.kerbside.gateway.app.wiring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Finding;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.Kind;

/** What the page's installers measured and fitted, the way of {@code kerbside calibrate}. */
record Fitters(Commissioning commissioning, Looking looking, Pipeline pipeline, Clock clock)
    implements Fitter {

  @Override
  public @Nullable String calibrate(String asset, SequencedMap<String, String> set, String by) {
    return refusal(() -> commissioning.calibrate(new Finding(asset, set, null, by)));
  }

  @Override
  public @Nullable String bind(
      String asset, @Nullable String from, SequencedMap<String, String> set, String by) {
    return refusal(() -> commissioning.bind(new Finding(asset, set, from, by)));
  }

  @Override
  public @Nullable Sight look(String asset, String point, int times) throws InterruptedException {
    return looking.at(asset, point, times);
  }

  @Override
  public void record(String asset, SequencedMap<String, String> found, String by) {
    pipeline.tell(
        new Event.Commission(clock.now(), "commissioned", asset, found, new LinkedHashMap<>(), by));
  }

  @Override
  public SequencedMap<String, List<String>> buses() {
    return looking.addresses();
  }

  @Override
  public Met meet(String bus, String address) throws InterruptedException {
    return looking.meet(bus, address);
  }

  @Override
  public List<Kind> kinds() {
    return Kinds.TABLE.values().stream().filter(Kind::isListed).toList();
  }

  private interface Work {
    Object done() throws CommandException;
  }

  private static @Nullable String refusal(Work work) {
    try {
      work.done();
      return null;
    } catch (CommandException refused) {
      return refused.getMessage() + "; " + refused.help();
    }
  }
}
