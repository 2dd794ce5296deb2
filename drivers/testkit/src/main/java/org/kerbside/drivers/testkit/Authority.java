package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of a test's own, by openssl. Each of its certificates has a folder with
 * {@code cert.pem}, {@code key.pem} and its own {@code ca.pem}.
 */
public final class Authority {

  /** What a key is made with. */
  public enum Kind {
    EC,
    RSA;

    private List<String> options() {
      return switch (this) {
        case EC -> List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        case RSA -> List.of("-newkey", "rsa:2048");
      };
    }
  }

  private final Path folder;

  private Authority(Path folder) {
    this.folder = folder;
  }

  /** Makes one in an empty folder below this one. */
  public static Authority in(Path parent, String name) throws Exception {
    var authority = new Authority(Files.createDirectory(parent.resolve(name)));
    authority.request(
        authority.folder,
        "ca",
        Kind.EC,
        name,
        List.of("-addext", "keyUsage=keyCertSign,cRLSign"),
        "now");
    return authority;
  }

  /** For the broker at an address: {@code IP:127.0.0.1}. */
  public Path forBroker(String address) throws Exception {
    return forBroker(address, "now");
  }

  /**
   * As {@link #forBroker(String)}, good for two days from then on.
   *
   * @param begin as libfaketime takes it: {@code -10d}
   */
  public Path forBroker(String address, String begin) throws Exception {
    return issue(Kind.EC, "broker", List.of("-addext", "subjectAltName=" + address), begin);
  }

  /** For the gateway of this id. */
  public Path forGateway(Kind kind, String id) throws Exception {
    return issue(kind, id, List.of("-addext", "extendedKeyUsage=clientAuth"), "now");
  }

  private Path issue(Kind kind, String name, List<String> more, String begin) throws Exception {
    var own = Files.createTempDirectory(folder, name);
    var options = new ArrayList<>(more);
    options.addAll(List.of("-CA", authorities().toString()));
    options.addAll(List.of("-CAkey", folder.resolve("ca.key").toString()));
    request(own, "cert", kind, name, options, begin);
    Files.move(own.resolve("cert.key"), own.resolve("key.pem"));
    Files.copy(authorities(), own.resolve("ca.pem"));
    return own;
  }

  /** The certificate for a request that somebody else made, with a key of his own. */
  public Path signed(Path request) throws IOException, InterruptedException {
    var certificate = Files.createTempDirectory(folder, "signed").resolve("cert.pem");
    var line =
        List.of(
            "x509",
            "-req",
            "-days",
            "2",
            "-in",
            request.toString(),
            "-CA",
            authorities().toString(),
            "-CAkey",
            folder.resolve("ca.key").toString(),
            "-CAcreateserial",
            "-out",
            certificate.toString());
    run(line);
    return certificate;
  }

  /**
   * The list of what it has revoked: this certificate.
   *
   * @return PEM, as brokers take it
   */
  public Path revoking(Path certificate) throws IOException, InterruptedException {
    var own = Files.createTempDirectory(folder, "revoked");
    Files.createFile(own.resolve("index"));
    var settings =
        Files.writeString(
            own.resolve("settings"),
            "[ca]\ndefault_ca=d\n[d]\ndatabase=%s\ndefault_md=sha256\ndefault_crl_days=2\n"
                .formatted(own.resolve("index")));
    var list = own.resolve("crl.pem");
    manage(settings, "-revoke", certificate.toString());
    manage(settings, "-gencrl", "-out", list.toString());
    return list;
  }

  private void manage(Path settings, String... what) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("ca", "-config", settings.toString()));
    line.addAll(List.of("-cert", authorities().toString()));
    line.addAll(List.of("-keyfile", folder.resolve("ca.key").toString()));
    line.addAll(List.of(what));
    run(line);
  }

  private static void run(List<String> line) throws IOException, InterruptedException {
    var ended = Peer.run("openssl", line);
    if (ended.exit() != 0) {
      throw new IOException("openssl: " + ended.output());
    }
  }

  /** Its own certificate. */
  public Path authorities() {
    return folder.resolve("ca.pem");
  }

  private void request(
      Path into, String file, Kind kind, String name, List<String> more, String begin)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of(Peer.path("openssl").toString(), "req", "-x509", "-nodes"));
    line.addAll(kind.options());
    line.addAll(List.of("-days", "2", "-subj", "/CN=" + name));
    line.addAll(List.of("-keyout", into.resolve(file + ".key").toString()));
    line.addAll(List.of("-out", into.resolve(file + ".pem").toString()));
    line.addAll(more);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    if (!begin.equals("now")) {
      builder.environment().put("LD_PRELOAD", Peer.path("libfaketimeMT.so.1").toString());
      builder.environment().put("FAKETIME", begin);
    }
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("openssl: " + said);
    }
  }
}
