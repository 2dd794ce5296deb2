package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.BusThread;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.Living;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wired to the lines of one chip. One platform thread hears the edges, drives the outputs
 * and opens the chip again when it is lost. Every output is safe when the lines are opened and when
 * they are closed.
 */
public final class PinField implements Driver, Outputs, Inspection, Living {

  private static final Logger LOG = LoggerFactory.getLogger(PinField.class);
  private static final Duration LOOK = Duration.ofSeconds(4); // as Inspection promises
  private static final Duration LOOKS = Duration.ofSeconds(2); // at the lines themselves

  private final BoardBus bus;
  private final Place.Lines place;
  private final Hardware hardware;
  private final LongSupplier nanos;
  private final Duration looks;
  private final Acts acts = new Acts();
  private final List<Attached> attached = new ArrayList<>();

  private final BusThread thread;

  /**
   * Opens nothing yet.
   *
   * @param devices that {@link BoardBus#check} found good
   * @param nanos monotonic time, real
   */
  public PinField(
      BoardBus bus,
      Place.Lines place,
      List<Device> devices,
      LinuxHardware hardware,
      LongSupplier nanos) {
    this(bus, place, devices, hardware, nanos, LOOKS);
  }

  PinField(
      BoardBus bus,
      Place.Lines place,
      List<Device> devices,
      Hardware hardware,
      LongSupplier nanos,
      Duration looks) {
    this.bus = bus;
    thread = new BusThread("board-" + bus.name());
    this.place = place;
    this.hardware = hardware;
    this.nanos = nanos;
    this.looks = looks;
    var attachments = new Attachments(acts, nanos);
    devices.forEach(device -> attached.add(attachments.of(device)));
  }

  @Override
  public void open(Inlet inlet) throws DeviceException {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    var rounds = new PinRounds(bus, attached, acts, inlet, nanos, looks);
    var opened = new PinKeeper(bus, place, hardware, rounds, backoff);
    thread.start(opened);
  }

  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    var output = output(device, quantity);
    if (output == null) {
      throw new DeviceException.Refused("%s has no output '%s'".formatted(device, quantity));
    }
    output.refuse(value);
    if (!acts.put(new Acts.Act.Move(output, value))) {
      throw new DeviceException.Refused("%s: too much is waiting already".formatted(device));
    }
  }

  @Override
  public boolean has(String device, String quantity) {
    return output(device, quantity) != null;
  }

  private @Nullable OutputDevice output(String device, String quantity) {
    for (var each : attached) {
      if (each instanceof OutputDevice output
          && output.address().equals(device)
          && output.point().equals(quantity)) {
        return output;
      }
    }
    return null;
  }

  @Override
  public Look look(String address) throws DeviceException, InterruptedException {
    var answer = new CompletableFuture<List<Sample>>();
    if (!acts.put(new Acts.Act.Look(at(address), answer))) {
      throw new DeviceException.Unavailable("too much is waiting already");
    }
    try {
      return new Look(List.of(), answer.get(LOOK.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException gone) {
      throw new DeviceException.Unavailable(
          "the lines of bus %s are not open".formatted(bus.name()));
    }
  }

  /** None: a line does not say what is wired to it. */
  @Override
  public List<String> addresses() {
    return List.of();
  }

  @Override
  public Presence presence(String address) throws DeviceException {
    throw new DeviceException.Refused(
        "line %s: a line does not say what is wired to it".formatted(address));
  }

  private Attached at(String address) throws DeviceException {
    for (var each : attached) {
      if (each.address().equals(address)) {
        return each;
      }
    }
    throw new DeviceException.Refused("no device of the site is at '%s'".formatted(address));
  }

  @Override
  public boolean lives() {
    return thread.lives();
  }

  @Override
  public void close() {
    if (!thread.end()) {
      LOG.warn("bus {}: does not stop in time", bus.name());
    }
  }
}
