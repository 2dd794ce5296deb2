package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.model.Identity;

/** What the uplink offers a broker, read off the wire. */
class ClientHelloTest {

  /** RFC 8446, B.4; RFC 5289 and 7905: each encrypts and seals in one, its keys are gone after. */
  private static final Set<Integer> SEALING =
      Set.of(0x1301, 0x1302, 0x1303, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8, 0xCCA9);

  /** No cipher, but a word that renegotiation is safe (RFC 5746). */
  private static final int SIGNAL = 0x00FF;

  @TempDir private Path folder;

  @Test
  void offersNoCipherThatDoesNotSeal() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var uplink =
            new Street()
                .uplink(
                    Street.link(
                        "mqtts://127.0.0.1:" + server.getLocalPort(),
                        new Identity.Anonymous(),
                        folder),
                    Deadlines.USUAL)) {
      uplink.start();
      try (var call = server.accept()) {
        var offered = ciphers(new DataInputStream(call.getInputStream()));
        assertThat(offered)
            .filteredOn(cipher -> cipher != SIGNAL)
            .isSubsetOf(SEALING)
            .contains(0x1301, 0xC02B, 0xC02F);
      }
    }
  }

  /** RFC 8446, 4.1.2. */
  private static List<Integer> ciphers(DataInputStream hello) throws Exception {
    hello.skipNBytes(5 + 4 + 2 + 32); // record, handshake, version, random
    hello.skipNBytes(hello.readUnsignedByte()); // session
    int bytes = hello.readUnsignedShort();
    var ciphers = new ArrayList<Integer>();
    for (int i = 0; i < bytes / 2; i++) {
      ciphers.add(hello.readUnsignedShort());
    }
    return ciphers;
  }
}
