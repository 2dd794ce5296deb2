package org.kerbside.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;

/** The access point's rules of nftables, between two network namespaces: a cabinet and a phone. */
@NeedsPeer({"ip", "nft", "socat"})
class AccessPointTest {

  private static final Path SHIPPED = Path.of("../access-point").toAbsolutePath().normalize();

  private final String cabinet = "cabinet-" + ProcessHandle.current().pid();
  private final String phone = "phone-" + ProcessHandle.current().pid();
  private final List<Process> servers = new ArrayList<>();

  @BeforeEach
  void connects() throws Exception {
    ip("netns add " + cabinet);
    ip("netns add " + phone);
    ip("link add wlan0 netns %s type veth peer name eth0 netns %s".formatted(cabinet, phone));
    for (var up : List.of("lo", "wlan0")) {
      ip("-n %s link set %s up".formatted(cabinet, up));
    }
    ip("-n %s link set eth0 up".formatted(phone));
    ip("-n %s addr add 10.73.1.1/24 dev wlan0".formatted(cabinet));
    ip("-n %s addr add 10.73.1.20/24 dev eth0".formatted(phone));
    for (var line : Files.readAllLines(SHIPPED.resolve("sysctl.conf"))) {
      if (!line.startsWith("#")) {
        mustRun("sysctl", "-q", "-w", line.replace(" ", ""));
      }
    }
    mustRun("nft", "-f", SHIPPED.resolve("nftables.conf").toString());
    serves("127.0.0.1", 8080, "page");
    serves("127.0.0.1", 1883, "broker");
    serves("0.0.0.0", 22, "shell");
  }

  @AfterEach
  void forgets() throws Exception {
    servers.forEach(Process::destroyForcibly);
    ip("netns del " + cabinet);
    ip("netns del " + phone);
  }

  @Test
  void aPhoneReachesThePageAndNothingElse() throws Exception {
    assertThat(asks("10.73.1.1", 80)).isEqualTo("page");
    assertThat(asks("10.73.1.1", 8080)).isEmpty();
    assertThat(asks("10.73.1.1", 1883)).isEmpty();
    assertThat(asks("10.73.1.1", 22)).isEmpty();
  }

  /** A phone that sends to the loopback by itself: the kernel would let it, since we asked. */
  @Test
  void theLoopbackIsNotThePhones() throws Exception {
    ip("-n %s route add 127.0.0.2/32 via 10.73.1.1 dev eth0 onlink".formatted(phone));

    assertThat(asks("127.0.0.2", 1883)).isEmpty();
  }

  private void serves(String address, int port, String word) throws Exception {
    var listen = "TCP-LISTEN:%d,bind=%s,fork,reuseaddr".formatted(port, address);
    servers.add(
        Peer.start(
            "ip", List.of("netns", "exec", cabinet, "socat", listen, "SYSTEM:printf " + word)));
    Await.until(
        word + " listens",
        () -> in(cabinet, "socat", "-T1", "-u", "TCP:127.0.0.1:" + port, "-").equals(word));
  }

  private String asks(String address, int port) throws Exception {
    return in(
            phone,
            "socat",
            "-T2",
            "-u",
            "TCP:%s:%d,connect-timeout=0.5".formatted(address, port),
            "-")
        .replaceAll("(?s).*socat\\[.*", "");
  }

  private void mustRun(String... command) throws Exception {
    var line = new ArrayList<>(List.of("netns", "exec", cabinet));
    line.addAll(List.of(command));
    Deb.ran("ip", line);
  }

  private static String in(String space, String... command) throws Exception {
    var line = new ArrayList<>(List.of("netns", "exec", space));
    line.addAll(List.of(command));
    return Peer.run("ip", line).output();
  }

  private static void ip(String words) throws Exception {
    Deb.ran("ip", List.of(words.split(" ")));
  }
}
