package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.AccessConfig;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.page.AccessPoint;
import org.kerbside.gateway.page.DoorLabel;

/** The cabinet's access point, and what {@code kerbside label} prints of it. */
final class Labelling {

  private static final String ADDRESS = "10.73.1.1";

  private Labelling() {}

  /** As the site has it; null where it names none. */
  static @Nullable AccessPoint point(Site site, AccessConfig access) {
    var wifi = access.wifi();
    return wifi == null
        ? null
        : new AccessPoint(
            wifi.network().isEmpty() ? network(site) : wifi.network(),
            wifi.password(),
            wifi.address());
  }

  private static String network(Site site) {
    return "KERBSIDE-" + site.id().substring(Math.max(0, site.id().length() - 4));
  }

  static Exit run(Work.Label work, Terminal terminal) throws CommandException {
    var config = Kept.plan(Kept.in(work.data()).source(work.site())).config();
    var site = config.site();
    var label =
        new DoorLabel(
            site.name(),
            site.id(),
            asked(work, site, point(site, config.access())),
            GatewayPage.HOTLINE);
    terminal.out().print(label.svg());
    return Exit.DONE;
  }

  /** What is not asked for is the site's. */
  private static AccessPoint asked(Work.Label work, Site site, @Nullable AccessPoint own)
      throws CommandException {
    var password = work.key() == null ? own == null ? null : own.password() : read(work.key());
    if (password == null) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "the site names no access point",
          "write access: { wifi: { password: !secret access-point } }, or kerbside label --key FILE");
    }
    return new AccessPoint(
        !work.network().isEmpty() ? work.network() : own == null ? network(site) : own.network(),
        password,
        !work.address().isEmpty() ? work.address() : own == null ? ADDRESS : own.address());
  }

  private static String read(Path file) throws CommandException {
    try {
      return Files.readString(file).strip();
    } catch (IOException broken) {
      throw new CommandException(
          Exit.NOT_ALLOWED,
          "%s cannot be read: %s".formatted(file, broken.getMessage()),
          "ask as root");
    }
  }
}
