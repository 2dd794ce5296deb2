package org.kerbside.drivers.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inspection.Look;
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
    Connected connect() throws Unavailable;
  }

  private final String address;
  private final Set<String> quantities;
  private final Poll poll;
  private final Connector connector;
  private final Overheard overheard;

  private @Nullable Connected connected;

  /**
   * Connects nothing yet.
   *
   * @param overheard is on the wire that the connector makes
   */
  Station(
      String address,
      List<Quantity> quantities,
      Poll poll,
      Connector connector,
      Overheard overheard) {
    this.address = address;
    this.quantities =
        quantities.stream().map(Quantity::name).collect(Collectors.toUnmodifiableSet());
    this.poll = poll;
    this.connector = connector;
    this.overheard = overheard;
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
      connected = connector.connect();
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

  /** The same for a person, with what went over the wire; a refusal is part of it. */
  Look look() throws Unavailable, InterruptedException {
    overheard.begin();
    try {
      var samples = read();
      return new Look(overheard.end(), samples);
    } catch (Unavailable gone) {
      close();
      throw gone;
    } catch (DeviceException failed) {
      var talk = new ArrayList<>(overheard.end());
      talk.add("! " + failed.getMessage());
      return new Look(talk, bad(failed.reason()));
    } finally {
      overheard.end();
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
