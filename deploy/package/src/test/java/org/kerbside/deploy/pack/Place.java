package org.kerbside.deploy.pack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.deploy.platform.receiver.Main;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.Await;

/** What an installer does on a board, and what the city sees of it. */
record Place(DebianRoot board, Path folder) {

  static final String ID = "CD-QY-0173";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration GATE = Duration.ofMinutes(3);

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: CD-QY-0173, name: 人民公园 3 号公厕, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtts://127.0.0.1:8883", tenant: qingyang, identity: certificate, compress: none, spread: 0s }
      buses:
        sim: { driver: simulator, seed: 7, every: 1s }
      assets:
        wc-1:  { kind: toilet, name: 公厕, hours: 05:00..23:00, at: sim/wc-1 }
        f1..8: { kind: stall, name: 女 $n, parent: wc-1, at: sim/f1..8 }
        air-1..20: { kind: air, name: 空气 $n, parent: wc-1, at: sim/air-1..20 }
      """;

  private static final String COAP_BUS =
      """
      buses:
        coap: { driver: coap, listen: 127.0.0.1:5684, dtls: { keys: !secret coap-keys } }
      """;

  private static final String COAP_BIN =
      """
      assets:
        bin-7: { kind: bin, empty: 120cm, full: 30cm, at: coap/bin-7 }
      """;

  private static final String BROKER =
      """
      per_listener_settings true
      listener 8883 127.0.0.1
      cafile /etc/mosquitto/city/ca.pem
      certfile /etc/mosquitto/city/cert.pem
      keyfile /etc/mosquitto/city/key.pem
      require_certificate true
      use_identity_as_username true
      allow_anonymous false
      listener 1884 127.0.0.1
      allow_anonymous true
      """;

  /** The city's broker, which lets in who has a certificate of the city's. */
  void city(Authority authority) throws Exception {
    city(authority, "localhost");
  }

  /** As {@link #city(Authority)}, under a name of its own. */
  void city(Authority authority, String name) throws Exception {
    board.write("/etc/hosts", "127.0.0.1 localhost %s\n".formatted(name));
    files(authority.forBroker("IP:127.0.0.1,DNS:" + name), "/etc/mosquitto/city", "mosquitto");
    board.write("/etc/mosquitto/conf.d/city.conf", BROKER);
    board.run("systemctl", "restart", "mosquitto");
  }

  /** Certificate in, site dropped in, started. */
  void provision(Authority authority) throws Exception {
    board.run(
        "install", "-d", "-o", "kerbside", "-g", "kerbside", "-m", "0750", "/var/lib/kerbside");
    files(authority.forGateway(Authority.Kind.EC, ID), "/var/lib/kerbside/identity", "kerbside");
    board.write("/etc/kerbside/site.yaml", SITE);
    board.run("systemctl", "restart", "kerbside");
    awaitConnected();
  }

  /** The same site by a password, which stands elsewhere. */
  void byPassword() throws Exception {
    board.write(
        "/etc/kerbside/site.yaml",
        SITE.replace("mqtts://127.0.0.1:8883", "mqtt://127.0.0.1:1884")
            .replace(
                "identity: certificate",
                "identity: { user: $site, password: !secret mqtt }, accept: [ plaintext ]"));
    board.run("systemctl", "restart", "kerbside");
    awaitConnected();
  }

  /** Also a sensor that posts by DTLS, with a key of its own. */
  void alsoByDtls() throws Exception {
    board.write("/etc/kerbside/secrets/coap-keys", "bin-7:" + "5a".repeat(16) + "\n");
    board.run("chmod", "0600", "/etc/kerbside/secrets/coap-keys");
    board.write(
        "/etc/kerbside/site.yaml",
        SITE.replace("buses:\n", COAP_BUS).replace("assets:\n", COAP_BIN));
    board.run("systemctl", "restart", "kerbside");
    awaitConnected();
  }

  /**
   * A test does not wait as long as a street: seconds in the place of minutes. Not fewer: a writer
   * that idles tells of itself every five seconds, and a machine that builds starts in ten.
   */
  void hurry() throws Exception {
    board.write(
        "/etc/systemd/system/kerbside-gate.service.d/test.conf",
        """
        [Service]
        Environment=KERBSIDE_GATE_WATCHED=20 KERBSIDE_GATE_PATIENCE=30 KERBSIDE_GATE_PAUSE=2
        """);
    board.write(
        "/etc/systemd/system/kerbside.service.d/test.conf",
        """
        [Service]
        TimeoutStartSec=30
        WatchdogSec=15
        """);
    board.run("systemctl", "daemon-reload");
  }

  private void files(Path certificate, String to, String owner) throws Exception {
    board.run("install", "-d", "-o", owner, "-g", owner, "-m", "0700", to);
    for (var name : List.of("ca.pem", "cert.pem", "key.pem")) {
      var file = board.bring(certificate.resolve(name), name);
      board.run("install", "-o", owner, "-g", owner, "-m", "0600", file, to + "/" + name);
    }
  }

  void awaitConnected() throws Exception {
    Await.until(
        "the gateway is connected",
        () -> board.ask("kerbside", "status").output().contains("uplink   connected"),
        PATIENCE,
        this::log);
  }

  void awaitUpgrade(String word) throws Exception {
    Await.until(
        "kerbside upgrade status: " + word, () -> upgrade().contains(word), GATE, this::log);
  }

  void awaitKept(String word) throws Exception {
    Await.until("the gate: " + word, () -> upgrade().equals(word), GATE, this::log);
  }

  String upgrade() throws Exception {
    return board.run("kerbside", "upgrade", "status").strip();
  }

  String property(String name) throws Exception {
    return board.run("systemctl", "show", "-p", name, "--value", "kerbside").strip();
  }

  private String log() {
    try {
      return board
          .ask("journalctl", "-u", "kerbside*", "-o", "short-iso", "--no-pager", "-n", "40")
          .output();
    } catch (Exception gone) {
      return gone.toString();
    }
  }

  /** The city's receiver, on the broker's other door; returns when it listens. */
  Process receiver() throws Exception {
    var receiver = board.beside(receiving("--broker", "mqtt://127.0.0.1:1884"));
    var lines = receiver.inputReader();
    for (var line = lines.readLine(); !"ready".equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new AssertionError("the receiver has ended");
      }
    }
    return receiver;
  }

  /** What it has is whole: 0 where no frame lacks. */
  String verified() throws Exception {
    var line = receiving("--verify");
    return Deb.ran("env", line);
  }

  private List<String> receiving(String... more) {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "--store",
                folder.resolve("received.db").toString()));
    line.addAll(List.of(more));
    return line;
  }
}
