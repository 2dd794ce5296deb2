package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Pem;

/**
 * A certificate that came in is tried at the broker before the one that was good is given up.
 *
 * <p>Beside the pair in use lies another one at most, key and chain in one file: {@code
 * previous.pem} until the broker has taken the new one, or {@code refused.pem} once it has not.
 * Which is in use says {@code cert.pem} alone, which is written whole or not at all; its key is in
 * one of the files at any instant. Not for two threads at once.
 */
public final class Trial {

  static final String PREVIOUS = "previous.pem";
  static final String REFUSED = "refused.pem";

  /** What was refused is tried again at the earliest so long after the last time. */
  private static final Duration AGAIN = Duration.ofHours(1);

  private final PrivateFolder folder;
  private @Nullable Duration again; // since boot: when what was refused was last tried again

  /** What became of it. */
  public enum Outcome {
    /** Nothing, yet. */
    NONE,
    /** The broker has taken the new one, and the one before is forgotten. */
    TAKEN,
    /** The broker has refused it: the one before is in use again. */
    BACK,
    /** The one before does no longer do: the refused one is tried again. */
    FORTH
  }

  Trial(PrivateFolder folder) {
    this.folder = folder;
  }

  /**
   * Does what follows from the broker's last word.
   *
   * @param verdict null: it has said none
   */
  public Outcome judge(@Nullable Verdict verdict, Moment now) throws IOException {
    var own = certificate(Credentials.CERTIFICATE);
    if (own == null) {
      return Outcome.NONE;
    }
    var said = verdict != null && verdict.shown().equals(own.fingerprint()) ? verdict : null;
    boolean isRefused = said != null && said.isRefusal();
    var previous = beside(PREVIOUS, own);
    if (previous != null) {
      if (said != null && said.isTaken()) {
        folder.delete(PREVIOUS);
        return Outcome.TAKEN;
      }
      return isRefused && !previous.isOver(now)
          ? swapped(own, PREVIOUS, REFUSED, Outcome.BACK)
          : Outcome.NONE;
    }
    var refused = beside(REFUSED, own);
    boolean isAnotherWanted = isRefused || own.isOver(now);
    if (refused == null || !isAnotherWanted || refused.isOver(now) || !isTime(now)) {
      return Outcome.NONE;
    }
    again = now.sinceBoot();
    return swapped(own, REFUSED, PREVIOUS, Outcome.FORTH);
  }

  /** The one that the broker refused, while the one before is in use; null: there is none. */
  public @Nullable OwnCertificate refused() throws IOException {
    var own = certificate(Credentials.CERTIFICATE);
    return own == null || beside(PREVIOUS, own) != null ? null : beside(REFUSED, own);
  }

  /** Whether the one in use has not been taken yet, and the one before is kept. */
  public boolean isOn() throws IOException {
    var own = certificate(Credentials.CERTIFICATE);
    return own != null && beside(PREVIOUS, own) != null;
  }

  /** Ends what was cut short: the key of the certificate in use becomes {@code key.pem}. */
  public void settle() throws IOException {
    if (!folder.has(Credentials.CERTIFICATE)) {
      return;
    }
    var own = PemFile.certificates(folder.file(Credentials.CERTIFICATE)).getFirst();
    var key = Credentials.keyOf(folder.path(), own);
    if (key == null) {
      return;
    }
    if (!key.endsWith(Credentials.KEY)) {
      folder.write(Credentials.KEY, keyText(PemFile.block(key, "PRIVATE KEY")));
    }
    if (isOn()) {
      folder.delete(REFUSED);
    }
  }

  /** Keeps the pair in use before another one takes its place, unless it is on trial itself. */
  void keep() throws IOException {
    if (!isOn()) {
      var pair = pair();
      if (!pair.isEmpty()) {
        folder.write(PREVIOUS, pair);
      }
    }
  }

  private boolean isTime(Moment now) {
    return again == null || now.sinceBoot().minus(again).compareTo(AGAIN) >= 0;
  }

  /** The pair in use is put aside whole, before the one that is kept takes its place. */
  private Outcome swapped(OwnCertificate own, String kept, String aside, Outcome outcome)
      throws IOException {
    var pair = pair();
    if (pair.isEmpty()) {
      return Outcome.NONE;
    }
    folder.write(aside, pair);
    if (!own.equals(certificate(Credentials.CERTIFICATE))) {
      return Outcome.NONE; // Another one has come in meanwhile.
    }
    folder.write(Credentials.CERTIFICATE, PemFile.text(PemFile.certificates(folder.file(kept))));
    settle();
    folder.delete(kept);
    return outcome;
  }

  /** Key and chain of what is in use; empty where they are no pair. */
  private String pair() throws IOException {
    var file = folder.file(Credentials.CERTIFICATE);
    if (!Files.exists(file)) {
      return "";
    }
    var chain = PemFile.certificates(file);
    var key = Credentials.keyOf(folder.path(), chain.getFirst());
    return key == null ? "" : keyText(PemFile.block(key, "PRIVATE KEY")) + PemFile.text(chain);
  }

  private static String keyText(byte[] key) {
    return Pem.text("PRIVATE KEY", key);
  }

  private @Nullable OwnCertificate beside(String name, OwnCertificate own) throws IOException {
    var other = certificate(name);
    return own.equals(other) ? null : other;
  }

  private @Nullable OwnCertificate certificate(String name) throws IOException {
    return folder.has(name)
        ? OwnCertificate.of(PemFile.certificates(folder.file(name)).getFirst())
        : null;
  }
}
