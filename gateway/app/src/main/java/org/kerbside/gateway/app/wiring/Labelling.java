package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.page.DoorLabel;

/** What {@code kerbside label} prints. */
final class Labelling {

  private Labelling() {}

  static Exit run(Work.Label work, Terminal terminal) throws CommandException {
    var site = Kept.plan(Kept.in(work.data()).source(work.site())).config().site();
    var id = site.id();
    var network =
        work.network().isEmpty()
            ? "KERBSIDE-" + id.substring(Math.max(0, id.length() - 4))
            : work.network();
    try {
      var key = Files.readString(work.key()).strip();
      var label = new DoorLabel(site.name(), id, network, key, work.address(), Gateway.HOTLINE);
      terminal.out().print(label.svg());
      return Exit.DONE;
    } catch (IOException broken) {
      throw new CommandException(
          Exit.NOT_ALLOWED,
          "%s cannot be read: %s".formatted(work.key(), broken.getMessage()),
          "ask as root");
    }
  }
}
