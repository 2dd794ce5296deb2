package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlClient;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.model.Checkup.Finding;

/** Asks the running service: whether it is there, and whether its buses answer. */
record ServiceCheck(ControlClient client) {

  List<Finding> service() {
    try {
      var status = client.ask(ControlServer.request("status", Format.TEXT));
      var line = status.lines().findFirst().orElse("it answers");
      return List.of(
          line.startsWith(SafeMode.WORD)
              ? Finding.failed("service", line, "mend the files, then kerbside reload")
              : Finding.well("service", line));
    } catch (CommandException none) {
      return List.of(Finding.failed("service", String.valueOf(none.getMessage()), none.help()));
    }
  }

  /** Whether a revision runs, whatever the files have become since. */
  boolean serves() {
    try {
      return !client.ask(ControlServer.request("status", Format.TEXT)).startsWith(SafeMode.WORD);
    } catch (CommandException none) {
      return false;
    }
  }

  List<Finding> buses() {
    try {
      var found = new ArrayList<Finding>();
      for (var line : client.ask(ControlServer.request("buses", Format.TEXT)).lines().toList()) {
        found.add(
            line.contains(" silent: ")
                ? Finding.failed(
                    "bus",
                    line,
                    "power and wiring of the first; kerbside read %s --raw".formatted(first(line)))
                : Finding.well("bus", line));
      }
      return found.isEmpty() ? List.of(Finding.well("bus", "the site has none")) : found;
    } catch (CommandException none) {
      return List.of(Finding.warned("bus", "nobody can say: " + none.getMessage(), none.help()));
    }
  }

  private static String first(String line) {
    return line.substring(line.indexOf(" silent: ") + " silent: ".length()).split(",", 2)[0];
  }

  /** Why nothing is committed; empty where it is, or nobody can say. */
  String refusing() {
    try {
      return client.ask(ControlServer.request("refusing", Format.TEXT));
    } catch (CommandException none) {
      return "";
    }
  }
}
