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
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Inspection;
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
public final class PinField implements Driver, Outputs, Inspection {

  private static final Logger LOG = LoggerFactory.getLogger(PinField.class);
  private static final Duration JOIN = Duration.ofMillis(1_800);
  private static final Duration LOOK = Duration.ofSeconds(4); // as Inspection promises

  private final BoardBus bus;
  private final Place.Lines place;
  private final Hardware hardware;
  private final LongSupplier nanos;
  private final Acts acts = new Acts();
  private final List<Attached> attached = new ArrayList<>();

  private @Nullable PinKeeper keeper; // these two from open to close
  private @Nullable Thread thread;

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
    this(bus, place, devices, (Hardware) hardware, nanos);
  }

  PinField(
      BoardBus bus,
      Place.Lines place,
      List<Device> devices,
      Hardware hardware,
      LongSupplier nanos) {
    this.bus = bus;
    this.place = place;
    this.hardware = hardware;
    this.nanos = nanos;
    var attachments = new Attachments(acts, nanos);
    devices.forEach(device -> attached.add(attachments.of(device)));
  }

  @Override
  public synchronized void open(Inlet inlet) throws DeviceException {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    var rounds = new PinRounds(bus, attached, acts, inlet, nanos);
    var opened = new PinKeeper(bus, place, hardware, rounds, backoff);
    keeper = opened;
    thread = Thread.ofPlatform().name("board-" + bus.name()).daemon().start(opened);
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
  public synchronized void close() {
    var running = thread;
    if (running == null || keeper == null) {
      return;
    }
    keeper.end();
    running.interrupt();
    try {
      if (!running.join(JOIN)) {
        LOG.warn("bus {}: does not stop within {} ms", bus.name(), JOIN.toMillis());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    thread = null;
    keeper = null;
  }
}
