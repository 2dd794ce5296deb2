package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A broker of a few lines, which answers as it is told: by a reason code where a payload is one
 * that it does not like, by DISCONNECT where it is told so. No message goes anywhere.
 */
final class Peer implements AutoCloseable {

  /** What it does with a payload that it does not like. */
  enum Manner {
    ANSWERS,
    HANGS_UP
  }

  /** A PUBLISH that it took. */
  record Taken(String topic, String text) {}

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<Taken> refused = new CopyOnWriteArrayList<>();
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private final int code;
  private final Manner manner;
  private final Predicate<String> dislikes;

  /**
   * @param code that it refuses with
   */
  Peer(int code, Manner manner, Predicate<String> dislikes) throws IOException {
    this.code = code;
    this.manner = manner;
    this.dislikes = dislikes;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  List<String> taken(String tail) {
    return taken.stream().filter(t -> t.topic().endsWith("/" + tail)).map(Taken::text).toList();
  }

  List<Taken> refused() {
    return refused;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var end : ends) {
      end.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var end = server.accept();
        ends.add(end);
        Thread.ofVirtual().start(() -> talk(end));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private void talk(Socket end) {
    try (end;
        var in = new DataInputStream(end.getInputStream());
        var out = new DataOutputStream(end.getOutputStream())) {
      while (answer(in, out)) {
        out.flush();
      }
    } catch (IOException gone) {
      // The client hung up.
    }
  }

  private boolean answer(DataInputStream in, DataOutputStream out) throws IOException {
    int first = in.readUnsignedByte();
    var packet = in.readNBytes(length(in));
    switch (first >> 4) {
      case 1 -> out.write(new byte[] {0x20, 3, 0, 0, 0}); // CONNACK
      case 3 -> {
        return publish(packet, out);
      }
      case 8 -> out.write(suback(packet));
      case 12 -> out.write(new byte[] {(byte) 0xD0, 0}); // PINGRESP
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean publish(byte[] packet, DataOutputStream out) throws IOException {
    int topicEnd = 2 + (packet[0] << 8 | packet[1] & 0xFF);
    var topic = new String(packet, 2, topicEnd - 2, UTF_8);
    int properties = packet[topicEnd + 2] & 0xFF; // below 128 bytes
    int payload = topicEnd + 3 + properties;
    var text = new String(packet, payload, packet.length - payload, UTF_8);
    boolean isRefused = dislikes.test(text);
    (isRefused ? refused : taken).add(new Taken(topic, text));
    if (isRefused && manner == Manner.HANGS_UP) {
      out.write(new byte[] {(byte) 0xE0, 2, (byte) code, 0});
      out.flush();
      return false;
    }
    int answer = isRefused ? code : 0;
    out.write(new byte[] {0x40, 3, packet[topicEnd], packet[topicEnd + 1], (byte) answer});
    return true;
  }

  private static byte[] suback(byte[] packet) {
    int filters = 0;
    for (int at = 3 + packet[2]; at < packet.length; filters++) {
      at += 3 + (packet[at] << 8 | packet[at + 1] & 0xFF);
    }
    var answer = new byte[5 + filters];
    answer[0] = (byte) 0x90;
    answer[1] = (byte) (3 + filters);
    answer[2] = packet[0];
    answer[3] = packet[1];
    java.util.Arrays.fill(answer, 5, answer.length, (byte) 1);
    return answer;
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      if (digit < 0x80) {
        return length;
      }
    }
  }
}
