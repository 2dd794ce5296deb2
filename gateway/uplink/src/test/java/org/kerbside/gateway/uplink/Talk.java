package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The broker's end of one connection, packet by packet: what a test makes it say. */
final class Talk {

  static final int CONNECT = 1;
  static final int PUBLISH = 3;
  static final int SUBSCRIBE = 8;
  static final int PINGREQ = 12;

  /** Properties of CONNACK. */
  static final int RECEIVE_MAXIMUM = 0x21;

  static final int TOPIC_ALIAS_MAXIMUM = 0x22;

  private static final int ALIAS = 0x23;

  /**
   * A PUBLISH.
   *
   * @param alias that stands for the topic, or 0
   * @param topic as it was written: empty where an alias stands for it
   */
  record Published(int id, int alias, String topic, String text) {}

  /** A packet as it came. */
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
  record Packet(int type, byte[] body) {}

  private final DataInputStream in;
  private final OutputStream out;
  private long pace;
  private final Map<Integer, String> aliases = new HashMap<>();

  Talk(Socket end) throws IOException {
    in = new DataInputStream(new BufferedInputStream(end.getInputStream()));
    out = end.getOutputStream();
  }

  /** The next packet; {@link EOFException} when the client has hung up. */
  Packet next() throws IOException {
    int type = in.readUnsignedByte() >> 4;
    return new Packet(type, in.readNBytes(length()));
  }

  /** How many aliases a CONNECT says that the client takes. */
  static int aliasMaximum(Packet connect) {
    var body = connect.body();
    for (int at = 11, end = at + body[10]; at < end; ) {
      switch (body[at]) {
        case TOPIC_ALIAS_MAXIMUM -> {
          return (body[at + 1] & 0xFF) << 8 | body[at + 2] & 0xFF;
        }
        case 0x11, 0x27 -> at += 5; // session expiry, largest packet
        case RECEIVE_MAXIMUM -> at += 3;
        default -> at += 2; // flags
      }
    }
    return 0;
  }

  /** Reads CONNECT and takes the client in. */
  void welcome(int... properties) throws IOException {
    next();
    connack(0, properties);
  }

  void connack(int code, int... properties) throws IOException {
    say(0x20, 3 + properties.length, 0, code, properties.length);
    say(properties);
  }

  /** As a broker does that has nothing against anything. */
  void answer(Packet packet) throws IOException {
    switch (packet.type()) {
      case PUBLISH -> puback(published(packet), 0);
      case SUBSCRIBE -> suback(packet, 1);
      case PINGREQ -> say(0xD0, 0);
      default -> throw new EOFException("packet " + packet.type());
    }
  }

  Published published(Packet packet) {
    var body = packet.body();
    int topicEnd = 2 + (body[0] << 8 | body[1] & 0xFF);
    var topic = new String(body, 2, topicEnd - 2, UTF_8);
    int properties = body[topicEnd + 2] & 0xFF; // below 128 bytes
    int payload = topicEnd + 3 + properties;
    int alias = alias(body, topicEnd + 3, payload);
    if (alias > 0 && !topic.isEmpty()) {
      aliases.put(alias, topic);
    }
    int id = (body[topicEnd] & 0xFF) << 8 | body[topicEnd + 1] & 0xFF;
    return new Published(id, alias, topic, new String(body, payload, body.length - payload, UTF_8));
  }

  /** What the topic is, be it by its alias. */
  String topic(Published published) {
    return published.topic().isEmpty()
        ? aliases.getOrDefault(published.alias(), "(unknown alias)")
        : published.topic();
  }

  void puback(Published published, int code) throws IOException {
    say(0x40, 3, published.id() >> 8, published.id() & 0xFF, code);
  }

  void suback(Packet packet, int code) throws IOException {
    var body = packet.body();
    int filters = 0;
    for (int at = 3 + body[2]; at < body.length; filters++) {
      at += 3 + (body[at] << 8 | body[at + 1] & 0xFF);
    }
    var answer = new int[5 + filters];
    Arrays.fill(answer, code);
    answer[0] = 0x90;
    answer[1] = 3 + filters;
    answer[2] = body[0];
    answer[3] = body[1];
    answer[4] = 0;
    say(answer);
  }

  void disconnect(int code) throws IOException {
    say(0xE0, 2, code, 0);
  }

  void say(int... octets) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int octet : octets) {
      bytes.write(octet);
    }
    say(bytes.toByteArray());
  }

  void say(byte[] bytes) throws IOException {
    if (pace == 0) {
      out.write(bytes);
    } else {
      for (byte octet : bytes) {
        LockSupport.parkNanos(pace);
        out.write(octet);
      }
    }
    out.flush();
  }

  /** From now on one byte at a time, with so much between. */
  void dribble(Duration pause) {
    pace = pause.toNanos();
  }

  /** Whether the next packet begins to be here. */
  boolean isMore() throws IOException {
    return in.available() > 0;
  }

  /** The properties that we send: an alias first, if any; then strings. */
  private static int alias(byte[] body, int from, int to) {
    for (int at = from; at < to; ) {
      switch (body[at]) {
        case ALIAS -> {
          return (body[at + 1] & 0xFF) << 8 | body[at + 2] & 0xFF;
        }
        case 0x26 -> { // user property: name, value
          int name = 2 + (body[at + 1] << 8 | body[at + 2] & 0xFF);
          at += 1 + name + 2 + (body[at + 1 + name] << 8 | body[at + 2 + name] & 0xFF);
        }
        default -> at += 3 + (body[at + 1] << 8 | body[at + 2] & 0xFF); // content type
      }
    }
    return 0;
  }

  private int length() throws IOException {
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
