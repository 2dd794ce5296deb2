package org.kerbside.drivers.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;

/** What DTLS takes part in, and what it does for a stranger; openssl asks. */
@NeedsPeer("openssl")
class DtlsBaselineTest {

  private static final byte[] KEY = "sixteen-bytes-ok".getBytes(US_ASCII);
  private static final int MOST = 3; // times as much as a stranger sent, so that nobody is flooded

  @RegisterExtension final OpenField field = new OpenField(new Keys(Map.of("A81", KEY)), "A81");

  DtlsBaselineTest() throws Exception {}

  /** Without encryption, without proof, of a version before 1.2: nobody is talked to. */
  @ParameterizedTest
  @CsvSource({
    "-dtls1_2, PSK-AES128-CCM8, true",
    "-dtls1_2, PSK-NULL-SHA256, false",
    "-dtls1_2, ADH-AES128-SHA256, false",
    "-dtls1, PSK-AES128-CBC-SHA, false"
  })
  void encryptsAndProvesOrIsSilent(String version, String cipher, boolean isTaken)
      throws Exception {
    var asked = Peer.run("timeout", asking(field.port, version, cipher));
    if (isTaken) {
      assertThat(asked.output()).contains("Cipher is " + cipher);
    } else {
      assertThat(asked.output())
          .as("openssl knows it itself")
          .doesNotContain("no cipher match")
          .doesNotContain("Cipher is " + cipher);
      assertThat(asked.exit()).isNotZero();
    }
  }

  /** Whoever writes another's address into his datagram brings that one little. */
  @Test
  void aStrangerIsAnsweredHardlyMoreThanHeSaid() throws Exception {
    try (var between = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var own = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var client =
          Peer.start("timeout", asking(between.getLocalPort(), "-dtls1_2", "PSK-AES128-CCM8"));
      between.setSoTimeout(5_000);
      var hello = new DatagramPacket(new byte[2048], 2048);
      between.receive(hello);
      client.destroyForcibly().waitFor();
      var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), field.port);
      own.send(new DatagramPacket(hello.getData(), hello.getLength(), server));
      own.setSoTimeout(5_000);
      var answer = new DatagramPacket(new byte[4096], 4096);
      own.receive(answer);
      assertThat(answer.getData()[13]).as("a HelloVerifyRequest").isEqualTo((byte) 3);
      assertThat(answer.getLength()).isLessThanOrEqualTo(MOST * hello.getLength());
    }
  }

  private static List<String> asking(int port, String version, String cipher) {
    var line = new ArrayList<>(List.of("4", "openssl", "s_client", version));
    line.addAll(List.of("-connect", "127.0.0.1:" + port, "-psk_identity", "A81"));
    line.addAll(List.of("-psk", HexFormat.of().formatHex(KEY)));
    line.addAll(List.of("-cipher", cipher + ":@SECLEVEL=0"));
    return line;
  }
}
