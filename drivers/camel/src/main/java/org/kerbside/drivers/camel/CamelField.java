package org.kerbside.drivers.camel;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;

/** Devices whose messages come by a consumer of Camel's, with a context of its own. */
public final class CamelField implements Driver {

  private static final long FIRST_PAUSE = 1_000; // ms, as the next
  private static final long LONGEST_PAUSE = 120_000;

  private final CamelBus bus;
  private final Devices devices;
  private final InstantSource receipt;
  private @Nullable DefaultCamelContext camel; // from open to close
  private @Nullable Taking taking;

  /**
   * Opens nothing yet.
   *
   * @param devices with profiles that {@link CamelBus#check} found good
   * @param receipt the wall clock that SenML's relative times are counted from
   */
  public CamelField(CamelBus bus, List<Device> devices, InstantSource receipt) {
    this.bus = bus;
    this.devices = new Devices(devices);
    this.receipt = receipt;
  }

  static Map<String, Object> beans(String bus, Way way) {
    var beans = new HashMap<String, Object>(Gate.beans(way));
    beans.put(Complaints.BEAN, new Complaints(bus));
    return beans;
  }

  @Override
  public synchronized void open(Inlet inlet) throws Unavailable {
    var end = new Taking(bus, devices, inlet, receipt);
    var opened = Contexts.make(bus.name(), beans(bus.name(), bus.way()));
    taking = end;
    camel = opened;
    if (bus.way() == Way.OTHER) {
      outlast(opened);
    }
    try {
      opened.addRoutes(route(end));
      opened.start();
    } catch (Exception told) {
      close();
      throw new Unavailable("%s: %s".formatted(bus.from(), Endpoints.reason(told)));
    }
  }

  /** A port that is taken stays so; a server that is away comes back, and is tried until then. */
  private static void outlast(DefaultCamelContext camel) {
    var tries = camel.getRouteController().supervising();
    tries.setInitialDelay(0);
    tries.setBackOffDelay(FIRST_PAUSE);
    tries.setBackOffMultiplier(2);
    tries.setBackOffMaxDelay(LONGEST_PAUSE);
    tries.setBackOffMaxAttempts(0); // without an end
    tries.setThreadPoolSize(1);
  }

  private RouteBuilder route(Taking end) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        from(bus.from().whole()).routeId(bus.name()).process(end);
      }
    };
  }

  @Override
  public synchronized void close() {
    if (taking != null) {
      taking.dismiss();
      taking = null;
    }
    if (camel != null) {
      camel.stop();
      camel = null;
    }
  }
}
