package org.kerbside.gateway.app.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.kerbside.config.Nearest;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Faulty;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Form;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.Deed;
import org.kerbside.gateway.cli.Requests.Reply;

/** What {@code kerbside simulate} does: a fault for an asset of a street that is played. */
public final class Simulating {

  private final List<Faulty> streets;

  public Simulating(Collection<? extends Faulty> streets) {
    this.streets = List.copyOf(streets);
  }

  /** What was asked for. */
  private record Wanted(String asset, String fault, String span) {

    static Wanted of(String word) throws CommandException {
      var form = Form.read(word);
      var wanted = new Wanted(form.of("asset"), form.of("fault"), form.of("for"));
      if (wanted.asset().isEmpty() || wanted.fault().isEmpty()) {
        throw wrong(
            "nothing is said of any asset", "kerbside simulate lamp-3 --fault lamp-failure");
      }
      return wanted;
    }
  }

  /** The deeds of the control socket, by request. */
  public Map<String, Deed> deeds() {
    return Map.of(
        ControlServer.request("simulate", Format.TEXT),
        (words, by) -> new Reply(Exit.DONE, text(struck(words))),
        ControlServer.request("simulate", Format.JSON),
        (words, by) -> new Reply(Exit.DONE, json(struck(words))));
  }

  private Wanted struck(String words) throws CommandException {
    var wanted = Wanted.of(words);
    var lasts = Periods.read("--for", wanted.span(), Duration.ofDays(400));
    for (var street : streets) {
      var faults = street.faults().get(wanted.asset());
      if (faults != null) {
        check(wanted, faults);
        strike(street, wanted, lasts);
        return wanted;
      }
    }
    throw unknown(wanted.asset());
  }

  private CommandException unknown(String asset) {
    var played = new ArrayList<String>();
    streets.forEach(street -> played.addAll(street.faults().keySet()));
    return played.isEmpty()
        ? wrong(
            "nothing is simulated here",
            "a bus of driver: simulator, or ./kerbside peers and its data folder: --data DIR")
        : wrong("no asset '%s' is simulated here".formatted(asset), Nearest.help(asset, played));
  }

  private static void check(Wanted wanted, List<String> faults) throws CommandException {
    if (!faults.contains(wanted.fault())) {
      throw wrong(
          "%s cannot have the fault '%s'".formatted(wanted.asset(), wanted.fault()),
          Nearest.help(wanted.fault(), faults));
    }
  }

  private static void strike(Faulty street, Wanted wanted, Duration lasts) throws CommandException {
    try {
      street.fault(wanted.asset(), wanted.fault(), lasts);
    } catch (DeviceException told) {
      throw new CommandException(Exit.REFUSED, told.getMessage(), "ask again in a moment");
    }
  }

  private static CommandException wrong(String problem, String help) {
    return new CommandException(Exit.WRONG_INPUT, problem, help);
  }

  private static String text(Wanted struck) {
    return "%s: %s for %s".formatted(struck.asset(), struck.fault(), struck.span());
  }

  private static String json(Wanted struck) {
    return Json.answer()
        .put("asset", struck.asset())
        .put("fault", struck.fault())
        .put("for", struck.span())
        .toString();
  }
}
