package org.kerbside.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.NeedsPeer;

/**
 * What a stranger finds at a gateway that runs: the installed package with its page and a CoAP bus,
 * looked at from beside it by ss, nmap and sslscan. What they printed stands in the documents.
 */
@Tag("long")
@Tag("install")
@NeedsPeer({"debootstrap", "systemd-nspawn", "openssl", "ss", "nmap", "sslscan"})
class SocketsTest {

  private static final Path SPECIMENS = Path.of("../docs/specimens").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  @Test
  void thereIsNoDoorButThoseOfTheSite() throws Exception {
    try (var board = DebianRoot.boot(DebianRoot.bare(), "sockets")) {
      board.install(
          board.bring(Versions.java("25.0.3", folder), "java.deb"),
          board.bring(Deb.of("amd64").file(), "kerbside.deb"));
      var authority = Authority.in(folder, "city");
      var place = new Place(board, folder);
      place.city(authority);
      place.provision(authority);
      place.alsoByDtls();

      var sockets = look(board, "ss", "-lntuH", "-p");
      assertThat(sockets.lines().filter(line -> line.contains("java")).map(SocketsTest::door))
          .containsExactlyInAnyOrder("tcp 127.0.0.1:8080", "udp 127.0.0.1:5684");

      var tcp = look(board, "nmap", "-Pn", "-n", "-sT", "-p-", "--open", "-oG", "-", "127.0.0.1");
      assertThat(ports(tcp)).containsExactlyInAnyOrder("1884", "8080", "8883");
      var udp =
          look(board, "nmap", "-Pn", "-n", "-sU", "-p", "161,1900,5353,5683,5684", "127.0.0.1");
      assertThat(udp).contains("5684/udp").doesNotContainPattern("(161|1900|5353|5683)/udp +open ");
      var page = look(board, "nmap", "-Pn", "-n", "-sV", "-p", "8080", "127.0.0.1");
      assertThat(page).contains("8080/tcp open").doesNotContainIgnoringCase("jetty");

      var broker = look(board, "sslscan", "--no-colour", "127.0.0.1:8883");
      assertThat(broker)
          .contains("TLSv1.2   enabled", "TLSv1.3   enabled")
          .contains("SSLv3     disabled", "TLSv1.0   disabled", "TLSv1.1   disabled");
      keep("ss.txt", sockets);
      keep("nmap.txt", tcp + udp);
      keep("sslscan.txt", broker);
    }
  }

  private static String look(DebianRoot board, String... command) throws Exception {
    var process = board.beside(List.of(command));
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** {@code tcp 127.0.0.1:8080} of a line of ss. */
  private static String door(String line) {
    var words = line.strip().split("\\s+", -1);
    return words[0] + " " + words[4].replace("[::ffff:127.0.0.1]", "127.0.0.1");
  }

  private static List<String> ports(String nmap) {
    return Pattern.compile("(\\d+)/open/tcp")
        .matcher(nmap)
        .results()
        .map(port -> port.group(1))
        .toList();
  }

  /** The first time they are written; what changes from run to run is not compared. */
  private static void keep(String name, String text) throws Exception {
    var file = Files.createDirectories(SPECIMENS).resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, text);
    }
  }
}
