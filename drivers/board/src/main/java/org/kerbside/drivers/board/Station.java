package org.kerbside.drivers.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;

/** A chip on a wire. Belongs to the bus's thread. */
final class Station implements AutoCloseable {

  /** A device that does not answer so often has lost its power, and what it was told at first. */
  private static final int FORGETFUL = 3;

  /** A sensor on its wire, and how the wire is given back. */
  record Connected(PolledSensor sensor, Runnable end) {}

  /** Connects one. */
  @FunctionalInterface
  interface Connector {
    Connected connect(Talk talk) throws Unavailable;
  }

  private final String address;
  private final Set<String> quantities;
  private final Poll poll;
  private final Connector connector;
  private final Talk talk = new Talk();

  private @Nullable Connected connected;

  Station(String address, List<Quantity> quantities, Poll poll, Connector connector) {
    this.address = address;
    this.quantities =
        quantities.stream().map(Quantity::name).collect(Collectors.toUnmodifiableSet());
    this.poll = poll;
    this.connector = connector;
  }

  /** As the site writes it, behind the slash. */
  String address() {
    return address;
  }

  Poll poll() {
    return poll;
  }

  /** What it says now, of what it speaks for. */
  List<Sample> read() throws DeviceException, InterruptedException {
    if (connected == null) {
      connected = connector.connect(talk);
    }
    try {
      return connected.sensor().read().stream()
          .filter(sample -> quantities.contains(sample.quantity()))
          .toList();
    } catch (NoAnswer silent) {
      if (poll.missed() >= FORGETFUL) {
        close();
      }
      throw silent;
    }
  }

  /** The same, and what went over its wire: a refusal is part of it, and wants to be seen most. */
  Inspection.Look look() throws Unavailable, InterruptedException {
    talk.begin();
    try {
      var samples = read();
      return new Inspection.Look(talk.end(), samples);
    } catch (Unavailable gone) {
      throw gone;
    } catch (DeviceException refused) {
      var lines = new ArrayList<>(talk.end());
      lines.add("! " + refused.getMessage());
      return new Inspection.Look(lines, bad(refused.reason()));
    } finally {
      talk.end();
    }
  }

  List<Sample> bad(Reason reason) {
    return quantities.stream().sorted().map(name -> Sample.bad(name, reason)).toList();
  }

  @Override
  public void close() {
    if (connected != null) {
      connected.end().run();
      connected = null;
    }
  }
}
