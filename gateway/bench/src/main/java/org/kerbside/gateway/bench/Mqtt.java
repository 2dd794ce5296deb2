package org.kerbside.gateway.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A raw MQTT 5 connection to a broker on loopback: the few packets that the load needs, without a
 * library whose own cost would be measured along. Not thread-safe.
 */
final class Mqtt implements AutoCloseable {

  static final int PUBLISH = 3;
  static final int PUBACK = 4;

  private static final int RECEIVE_MAXIMUM = 0x21; // the property's number

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[256 * 1024];
  private int from;
  private int to;

  // The packet that was read last.
  private int type;
  private int start;
  private int length;
  private int next;

  private Mqtt(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static Mqtt connect(int port, String client) throws IOException {
    var mqtt = new Mqtt(port);
    var body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(5);
    body.write(2); // clean start
    body.writeBytes(new byte[] {0, 0}); // no keep alive
    body.writeBytes(new byte[] {3, RECEIVE_MAXIMUM, (byte) 0xFF, (byte) 0xFF});
    text(body, client);
    mqtt.tell(0x10, body);
    return mqtt;
  }

  void subscribe(String filter) throws IOException {
    var body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 0});
    text(body, filter);
    body.write(1); // QoS 1
    tell(0x82, body);
  }

  private void tell(int first, ByteArrayOutputStream body) throws IOException {
    out.write(first);
    out.write(body.size());
    body.writeTo(out);
    if (!read()) {
      throw new IOException("the broker hung up");
    }
  }

  private static void text(ByteArrayOutputStream body, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    body.write(bytes.length >> 8);
    body.write(bytes.length);
    body.writeBytes(bytes);
  }

  void write(byte[] bytes, int count) throws IOException {
    out.write(bytes, 0, count);
  }

  /** Whether a packet can be read without waiting, or at least begun. */
  boolean hasMore() throws IOException {
    return from < to || in.available() > 0;
  }

  /** Whether a whole packet is here already. */
  boolean hasWhole() {
    return isWhole();
  }

  /** The next packet, waiting for it; false at the end of the connection. */
  boolean read() throws IOException {
    while (!isWhole()) {
      if (next > buffer.length) {
        var larger = new byte[2 * next];
        System.arraycopy(buffer, from, larger, 0, to - from);
        buffer = larger;
        to -= from;
        from = 0;
      } else if (to == buffer.length || from == to) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
      }
      int got = in.read(buffer, to, buffer.length - to);
      if (got < 0) {
        return false;
      }
      to += got;
    }
    type = (buffer[from] & 0xF0) >> 4;
    from += next;
    return true;
  }

  /** Whether it is; then also where its body stands. */
  private boolean isWhole() {
    int body = 0;
    int shift = 0;
    for (int at = from + 1; at < to; at++) {
      body |= (buffer[at] & 0x7F) << shift;
      shift += 7;
      if (buffer[at] >= 0) {
        start = at + 1;
        length = body;
        next = at + 1 + body - from;
        return from + next <= to;
      }
    }
    next = 2;
    return false;
  }

  int type() {
    return type;
  }

  /** The bytes that {@link #start} and {@link #end} are about; good until the next read. */
  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return start + length;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
