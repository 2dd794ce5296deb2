package org.kerbside.gateway.app.wiring;

import java.net.InetSocketAddress;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.page.Language;
import org.kerbside.gateway.page.PageException;
import org.kerbside.gateway.page.PageServer;
import org.kerbside.gateway.page.PageSettings;
import org.kerbside.gateway.page.Shown;

/** The status page of a gateway, with all that it shows. */
final class GatewayPage {

  /** The cities' common service number, at every foot of the page. */
  static final String HOTLINE = "12345";

  private GatewayPage() {}

  /** Serves from now on. */
  static PageServer open(InetSocketAddress address, Rooms rooms) throws CommandException {
    try {
      var page = of(address, rooms);
      page.start();
      return page;
    } catch (PageException taken) {
      throw refused(taken);
    }
  }

  static CommandException refused(PageException taken) {
    return new CommandException(
        Exit.MISSING_OR_TAKEN, String.valueOf(taken.getMessage()), "choose another by --page");
  }

  private static PageServer of(InetSocketAddress address, Rooms rooms) {
    var config = rooms.plan.config();
    var running = rooms.running;
    var clock = running.clock();
    var pipeline = rooms.pipeline;
    var shown =
        new Shown(
            pipeline.view(),
            rooms.history,
            rooms.metrics,
            rooms.lately,
            rooms.nameplate,
            Doctor.of(running.data(), rooms.plan.source()),
            rooms.errands,
            new Fitters(rooms.commissioning, rooms.field.looking(), pipeline, clock),
            new Winding(clock, rooms::tellOfClock, pipeline::arrive));
    var settings =
        new PageSettings(
            config.language().startsWith("zh") ? Language.ZH : Language.EN,
            HOTLINE,
            config.origin(),
            Labelling.point(config.site(), config.access()));
    return new PageServer(
        address, shown, settings, running.codes().access(config.access(), rooms.button, pipeline));
  }
}
