package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Pem;

/**
 * Where the gateway's key is made and stays, and where its certificate comes in. A key that was
 * asked a certificate for waits as {@code next-key.pem}, its request beside it as {@code ID.csr};
 * the one in use goes on until the certificate has come.
 *
 * <p>Stopped at any instant, there is a key for the certificate: {@link Credentials} takes
 * whichever of the keys here is the certificate's. Not for two threads at once; two processes make
 * at worst two requests, of which the later counts.
 */
public final class IdentityFolder {

  static final String NEXT_KEY = "next-key.pem";

  private static final String REQUEST = ".csr";

  private static final int MOST_AUTHORITIES = 32;

  private final Path folder;
  private final PrivateFolder files;
  private final Trial trial;

  /**
   * @param folder need not be there yet
   */
  public IdentityFolder(Path folder) {
    this.folder = folder;
    files = new PrivateFolder(folder);
    trial = new Trial(files);
  }

  /** What becomes of the certificate that came in last. */
  public Trial trial() {
    return trial;
  }

  /**
   * The certificate in use; null where there is none.
   *
   * @throws IOException also where it is not for us to see
   */
  public @Nullable OwnCertificate certificate() throws IOException {
    checkOpen(folder.toAbsolutePath().getParent());
    checkOpen(folder);
    var file = folder.resolve(Credentials.CERTIFICATE);
    return Files.exists(file) ? OwnCertificate.of(PemFile.certificates(file).getFirst()) : null;
  }

  /** The id that a certificate was asked for and has not come yet; null when none was. */
  public @Nullable String waiting() throws IOException {
    var requests = requests();
    return requests.isEmpty()
        ? null
        : requests.getFirst().getFileName().toString().replace(REQUEST, "");
  }

  /**
   * The request for a certificate: the one that waits, or a new one of a new key. The private key
   * stands in the folder before the request is seen.
   *
   * @param id the gateway's
   * @return PEM
   */
  public String request(String id) throws IOException {
    var standing = folder.resolve(id + REQUEST);
    if (Files.exists(standing) && Files.exists(folder.resolve(NEXT_KEY))) {
      return Files.readString(standing, US_ASCII);
    }
    try {
      var maker = KeyPairGenerator.getInstance("EC");
      maker.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = maker.generateKeyPair();
      var request = SigningRequest.of(pair, id);
      forgetRequests(); // A request that is seen is always one of the key that waits.
      files.write(NEXT_KEY, Pem.text("PRIVATE KEY", pair.getPrivate().getEncoded()));
      files.write(id + REQUEST, request);
      return request;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no P-256", missing);
    }
  }

  /**
   * Puts a certificate into use, on {@link Trial} where there was another one before, and whom it
   * comes from beside whom the broker's may come from, or changes nothing. The two may be different
   * authorities, and one may follow another: none is taken out of {@code ca.pem} but by a person.
   *
   * @param chain PEM: the gateway's first, then those between it and the authority
   * @param authority PEM: it has to come from there; null: from those that are here
   * @param id whose it has to be
   * @param now told as of a clock that may be wrong: then no date refuses
   * @return what a person should know besides
   */
  public List<String> accept(Path chain, @Nullable Path authority, String id, Moment now)
      throws IOException, IdentityException {
    var certificates = PemFile.certificates(chain);
    var here = authorities();
    var authorities = authority == null ? here : PemFile.certificates(authority);
    var examination = new Examination(chain, id, folder);
    var notes = new ArrayList<>(examination.of(certificates, authorities, now));

    var all = new LinkedHashSet<>(here);
    all.addAll(authorities);
    if (all.size() > MOST_AUTHORITIES) {
      throw new IdentityException(
          "%s: would have %d authorities: expected at most %d"
              .formatted(folder.resolve(Credentials.AUTHORITIES), all.size(), MOST_AUTHORITIES),
          "take out those that no longer count");
    }
    if (all.size() > here.size()) {
      files.write(Credentials.AUTHORITIES, PemFile.text(List.copyOf(all)));
      noteOthers(here, notes);
    }
    trial.keep();
    files.write(Credentials.CERTIFICATE, PemFile.text(certificates));
    trial.settle();
    if (Credentials.isPair(folder.resolve(NEXT_KEY), certificates.getFirst())) {
      forgetRequests();
      files.delete(NEXT_KEY);
    }
    return notes;
  }

  /** Whom the broker's certificate may come from; none where that is left to Java. */
  private List<X509Certificate> authorities() throws IOException {
    var file = folder.resolve(Credentials.AUTHORITIES);
    return Files.exists(file) ? PemFile.certificates(file) : List.of();
  }

  private void noteOthers(List<X509Certificate> before, List<String> notes) {
    for (var other : before) {
      notes.add(
          "the broker may still come from '%s' as well; where it shall not, take that out of %s"
              .formatted(other.getSubjectX500Principal(), folder.resolve(Credentials.AUTHORITIES)));
    }
  }

  /** What is closed to us looks as if there was nothing in it. */
  private static void checkOpen(@Nullable Path folder) throws IOException {
    if (folder != null && Files.isDirectory(folder) && !Files.isExecutable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }

  private List<Path> requests() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(REQUEST)).toList();
    }
  }

  private void forgetRequests() throws IOException {
    for (var request : requests()) {
      Files.delete(request);
    }
  }
}
