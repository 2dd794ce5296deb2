package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.model.Checkup.Finding;
import org.kerbside.gateway.model.Identity;

/** Tries the way to the city, and by whose certificate the gateway goes it. */
record CityCheck(Path data, SiteCheck site) {

  private static final int PATIENCE = 3_000; // ms, for a connection
  private static final Duration LAST_MONTH = Duration.ofDays(30);

  List<Finding> uplink() {
    String url;
    try {
      url = site.whole().config().uplink().url().text();
    } catch (CommandException none) {
      return List.of(Finding.warned("uplink", "the site cannot be read", none.help()));
    }
    var place = URI.create(url);
    int port = place.getPort() > 0 ? place.getPort() : url.startsWith("mqtts") ? 8883 : 1883;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.getHost(), port), PATIENCE);
      return List.of(Finding.well("uplink", "%s:%d is reached".formatted(place.getHost(), port)));
    } catch (IOException none) {
      return List.of(
          Finding.failed(
              "uplink",
              "%s:%d is not reached: %s".formatted(place.getHost(), port, none.getMessage()),
              "look at aerial, SIM and the city's broker; nothing is lost meanwhile"));
    }
  }

  /** Two thirds of its time over is a warning; within the last month it has a number. */
  List<Finding> certificate() {
    try {
      var plan = site.whole();
      if (!(plan.config().uplink().identity() instanceof Identity.Certificate)) {
        return List.of(Finding.well("certificate", "the site shows none"));
      }
      var certificate = Identifying.folder(data).certificate();
      if (certificate == null) {
        return List.of(
            Finding.failed(
                "certificate", "there is none", "sudo kerbside identity request > gateway.csr"));
      }
      var now = Identifying.now(data);
      var brief = Identifying.brief(certificate, now);
      if (Identifying.folder(data).trial().refused() != null) {
        return List.of(
            Finding.warned(
                "certificate", brief + "; " + Identifying.REFUSED, Identifying.REFUSED_REMEDY));
      }
      if (!certificate.isDue(now)) {
        return List.of(Finding.well("certificate", brief));
      }
      var remedy = "sudo kerbside identity request > gateway.csr, and accept what comes back";
      return List.of(
          now.wall().isAfter(certificate.end())
              ? Finding.failed("certificate", brief, remedy)
              : Finding.warned(
                  "certificate",
                  now.wall().plus(LAST_MONTH).isAfter(certificate.end()) ? "W503: " + brief : brief,
                  remedy));
    } catch (CommandException none) {
      return List.of(Finding.warned("certificate", "the site cannot be read", none.help()));
    } catch (IOException closed) {
      return List.of(
          Finding.warned(
              "certificate", String.valueOf(closed.getMessage()), "ask as root, who may look"));
    }
  }
}
