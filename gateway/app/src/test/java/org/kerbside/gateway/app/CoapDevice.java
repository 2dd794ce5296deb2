package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A CoAP device in bytes: posts packs of numbered readings, each until it is acknowledged. It
 * repeats a telegram as RFC 7252 says, only sooner; where nobody answers it gives up, and posts the
 * same readings in a new telegram, as a client does that died or lost its exchange. Belongs to one
 * thread, but for what was said.
 */
final class CoapDevice implements AutoCloseable {

  private static final int POINTS = 3;
  private static final int PACK = 6;
  private static final int ANSWER_MILLIS = 150;
  private static final int PAUSE_MILLIS = 20;
  private static final int CHANGED = 0x44; // 2.04
  private static final int LARGEST = 1500;

  private final String device;
  private final InetSocketAddress gateway;
  private final DatagramSocket socket;
  private final int patience; // sendings of one telegram
  private final List<Said> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<Said> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private int telegrams;
  private int readings;
  private long last;

  CoapDevice(String device, int port, int patience) throws IOException {
    this.device = device;
    this.patience = patience;
    gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    socket = new DatagramSocket();
    socket.setSoTimeout(ANSWER_MILLIS);
  }

  /** Posts the next pack; returns once it is acknowledged. */
  void post() throws IOException, InterruptedException {
    last = Math.max(last, System.currentTimeMillis());
    var pack = IntStream.range(0, PACK).mapToObj(_ -> next()).toList();
    pack.forEach(told -> sent.add(said(told)));
    var body = Pack.of(Pack.CBOR, pack);
    while (!exchange(body)) {
      Thread.sleep(PAUSE_MILLIS); // Nobody answers, or it is refused: again, as something new.
    }
    pack.forEach(told -> acknowledged.add(said(told)));
  }

  List<Said> sent() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }

  List<Said> acknowledged() {
    synchronized (acknowledged) {
      return List.copyOf(acknowledged);
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private Pack.Told next() {
    int index = readings++;
    return new Pack.Told("p" + (1 + index % POINTS), index / POINTS, ++last);
  }

  private Said said(Pack.Told told) {
    return new Said((device + "/" + told.point()).intern(), told.time(), told.value());
  }

  /** One telegram, some times; whether it was answered 2.04. */
  private boolean exchange(byte[] body) throws IOException {
    int id = telegrams++ & 0xFFFF;
    var telegram = telegram(id, body);
    for (int tries = 0; tries < patience; tries++) {
      socket.send(new DatagramPacket(telegram, telegram.length, gateway));
      try {
        for (var answer = receive(); ; answer = receive()) {
          int token = answer.remaining() >= 8 ? answer.getInt(4) : -1;
          if (answer.get(1) != 0 && token == telegrams) {
            confirm(answer);
            return answer.get(1) == CHANGED;
          }
        }
      } catch (SocketTimeoutException silent) {
        // Once more.
      }
    }
    return false;
  }

  private ByteBuffer receive() throws IOException {
    var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    socket.receive(packet);
    return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
  }

  /** A separate answer wants an acknowledgement of its own. */
  private void confirm(ByteBuffer answer) throws IOException {
    boolean confirmable = (answer.get(0) & 0x30) == 0;
    if (confirmable) {
      var empty = new byte[] {0x60, 0, answer.get(2), answer.get(3)};
      socket.send(new DatagramPacket(empty, empty.length, gateway));
    }
  }

  /** Confirmable POST /s/{device}, format 112; its token is its number. */
  private byte[] telegram(int id, byte[] body) {
    var name = device.getBytes(US_ASCII);
    return ByteBuffer.allocate(14 + name.length + body.length)
        .put((byte) 0x44)
        .put((byte) 2)
        .putShort((short) id)
        .putInt(telegrams)
        .put((byte) 0xB1)
        .put((byte) 's')
        .put((byte) name.length)
        .put(name)
        .put((byte) 0x11)
        .put((byte) Pack.CBOR)
        .put((byte) 0xFF)
        .put(body)
        .array();
  }
}
