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
import org.kerbside.gateway.uplink.Reception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the gateway's certificate from ending: makes the request in time, has another one shown as
 * soon as it is there, and goes back to the one before where the broker refuses it. Looks whenever
 * it is asked until when the certificate is good; belongs to the thread that asks.
 */
final class Renewal implements Supplier<@Nullable Instant> {

  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  private final IdentityFolder folder;
  private final String id;
  private final SiteClock clock;
  private final Reception reception;
  private final Runnable renewed;
  private final Consumer<Event.Health> told;

  private boolean isStuck; // and said so
  private volatile @Nullable Instant end; // as of the last look

  // What stood there the last time.
  private boolean hasLooked;
  private String shown = "";

  /**
   * @param id the gateway's
   * @param reception of the certificate at the broker
   * @param renewed hears that another certificate is there
   * @param told hears that the city is to send one, and that the broker refused what it sent
   */
  Renewal(
      IdentityFolder folder,
      String id,
      SiteClock clock,
      Reception reception,
      Runnable renewed,
      Consumer<Event.Health> told) {
    this.folder = folder;
    this.id = id;
    this.clock = clock;
    this.reception = reception;
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
      judge();
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

  /** Whether it is the right one says the broker. */
  private void judge() throws IOException {
    var trial = folder.trial();
    if (!hasLooked) {
      trial.settle();
    }
    var verdict = reception.last();
    var now = clock.now();
    switch (trial.judge(verdict, now)) {
      case NONE -> {}
      case TAKEN -> LOG.info("certificate: the broker takes it: the one before is forgotten");
      case BACK -> {
        var why = verdict == null ? "" : verdict.why();
        var says = Identifying.REFUSED + ": " + why;
        LOG.warn("certificate: {}; {}", says, Identifying.REFUSED_REMEDY);
        told.accept(
            new Event.Health(
                now, "certificate-refused", "uplink", List.of(says, Identifying.REFUSED_REMEDY)));
      }
      case FORTH -> LOG.warn("certificate: the one before does no longer do: the other once more");
    }
    reception.note(trial.refused() == null ? null : Identifying.REFUSED);
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
