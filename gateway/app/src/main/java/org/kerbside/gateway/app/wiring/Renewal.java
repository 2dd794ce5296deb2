package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.uplink.IdentityFolder;
import org.kerbside.gateway.uplink.OwnCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gateway's certificate from ending: makes the request in time, and has another one shown
 * as soon as it is there. Looks whenever it is asked until when the certificate is good; belongs to
 * the thread that asks.
 */
final class Renewal implements Supplier<@Nullable Instant> {

  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  private final IdentityFolder folder;
  private final String id;
  private final SiteClock clock;
  private final Runnable renewed;
  private final Consumer<Event.Health> told;

  private boolean isStuck; // and said so
  private volatile @Nullable Instant end; // as of the last look

  // What stood there the last time.
  private boolean hasLooked;
  private String shown = "";

  /**
   * @param id the gateway's
   * @param renewed hears that another certificate is there
   * @param told hears that the city is to send one
   */
  Renewal(
      IdentityFolder folder,
      String id,
      SiteClock clock,
      Runnable renewed,
      Consumer<Event.Health> told) {
    this.folder = folder;
    this.id = id;
    this.clock = clock;
    this.renewed = renewed;
    this.told = told;
  }

  /** Until when it is good; null when there is none, or it cannot be read. */
  @Override
  public @Nullable Instant get() {
    end = look();
    return end;
  }

  /** Likewise as of the last look; from any thread. */
  @Nullable Instant end() {
    return end;
  }

  private @Nullable Instant look() {
    try {
      var certificate = folder.certificate();
      lookAt(certificate == null ? "" : certificate.fingerprint());
      if (certificate == null) {
        return null;
      }
      askInTime(certificate);
      return certificate.end();
    } catch (IOException unreadable) {
      LOG.debug("certificate: {}", unreadable.getMessage()); // The next connection says so.
      return null;
    }
  }

  private void lookAt(String fingerprint) {
    if (hasLooked && !fingerprint.isEmpty() && !fingerprint.equals(shown)) {
      renewed.run();
    }
    hasLooked = true;
    shown = fingerprint;
  }

  private void askInTime(OwnCertificate certificate) throws IOException {
    var now = clock.now();
    if (certificate.isDue(now) && folder.waiting() == null && isAsked()) {
      var remedy = "send the city what kerbside identity request prints";
      LOG.warn("certificate: ends on {}; {}", certificate.end(), remedy);
      told.accept(new Event.Health(now, "certificate-due", "uplink", List.of(remedy)));
    }
  }

  /** A disk that takes no request hides no certificate's end. */
  private boolean isAsked() {
    try {
      folder.request(id);
      isStuck = false;
      return true;
    } catch (IOException full) {
      if (!isStuck) {
        LOG.warn("certificate: no request can be written: {}", full.getMessage());
      }
      isStuck = true;
      return false;
    }
  }
}
