package org.kerbside.drivers.coap;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A way from one sensor to its gateway that repeats datagrams, loses some and remembers all. Their
 * goodbyes it loses always: for the gateway each of them is still there.
 */
final class Way implements AutoCloseable {

  private static final int MOST = 2048; // bytes
  private static final int ALERT = 21; // RFC 6347, content types
  private static final int APPLICATION_DATA = 23;

  private final DatagramSocket sensors;
  private final DatagramSocket gateway;
  private final List<byte[]> said = new CopyOnWriteArrayList<>(); // by sensors
  private final AtomicInteger losses = new AtomicInteger(); // of answers that are still to come
  private volatile int copies = 1;
  private volatile @Nullable SocketAddress sensor;

  Way(int port) throws IOException {
    var here = InetAddress.getLoopbackAddress();
    sensors = new DatagramSocket(0, here);
    gateway = new DatagramSocket(0, here);
    gateway.connect(here, port);
    Thread.ofVirtual().start(() -> carry(sensors, this::up));
    Thread.ofVirtual().start(() -> carry(gateway, this::down));
  }

  int port() {
    return sensors.getLocalPort();
  }

  /** How often each datagram of a sensor arrives. */
  void copies(int times) {
    copies = times;
  }

  /** So many answers of those that carry data are lost. */
  void loses(int answers) {
    losses.set(answers);
  }

  /** All that sensors have said arrives once more. */
  void replay() throws IOException {
    for (var datagram : said) {
      gateway.send(new DatagramPacket(datagram, datagram.length));
    }
  }

  private interface Bearer {
    void take(DatagramPacket datagram) throws IOException;
  }

  private static void carry(DatagramSocket from, Bearer to) {
    try {
      while (true) {
        var datagram = new DatagramPacket(new byte[MOST], MOST);
        from.receive(datagram);
        to.take(datagram);
      }
    } catch (IOException closed) {
      // The end of the way.
    }
  }

  private void up(DatagramPacket datagram) throws IOException {
    sensor = datagram.getSocketAddress();
    if (datagram.getData()[0] == ALERT) {
      return;
    }
    byte[] bytes = Arrays.copyOf(datagram.getData(), datagram.getLength());
    said.add(bytes);
    for (int copy = 0; copy < copies; copy++) {
      gateway.send(new DatagramPacket(bytes, bytes.length));
    }
  }

  private void down(DatagramPacket datagram) throws IOException {
    var to = sensor;
    boolean isData = datagram.getData()[0] == APPLICATION_DATA;
    boolean isLost = isData && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (to != null && !isLost) {
      datagram.setSocketAddress(to);
      sensors.send(datagram);
    }
  }

  @Override
  public void close() {
    sensors.close();
    gateway.close();
  }
}
