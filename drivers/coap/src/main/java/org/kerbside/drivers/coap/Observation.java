package org.kerbside.drivers.coap;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.network.Endpoint;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Senml;
import org.kerbside.gateway.model.Asset;

/**
 * Watches one sensor that waits to be asked (RFC 7641): registers, takes each notification for a
 * SenML pack, registers anew when nothing came for its Max-Age, and tries again where nobody
 * answers, for a sensor may sleep. Californium acknowledges a notification itself, before it is
 * committed: what was heard in the last moment before a kill is lost with it. Confined to the
 * timer's thread, but for what Californium hands in.
 */
final class Observation implements CoapHandler, AutoCloseable {

  private final Watched watched;
  private final List<Asset> assets;
  private final Inlet inlet;
  private final InstantSource receipt;
  private final ScheduledThreadPoolExecutor timer;
  private final CoapClient client;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());

  // The timer's.
  private @Nullable CoapObserveRelation relation;
  private volatile @Nullable Future<?> again;

  private volatile boolean closed;

  Observation(
      Watched watched,
      List<Asset> assets,
      Inlet inlet,
      InstantSource receipt,
      Endpoint endpoint,
      ScheduledThreadPoolExecutor timer) {
    this.watched = watched;
    this.assets = List.copyOf(assets);
    this.inlet = inlet;
    this.receipt = receipt;
    this.timer = timer;
    client = new CoapClient(watched.resource()).setEndpoint(endpoint);
    client.setExecutors(timer, timer, true);
  }

  void begin() {
    timer.execute(this::register);
  }

  private void register() {
    if (!closed) {
      relation = client.observe(this);
    }
  }

  private void later() {
    try {
      again = timer.schedule(this::anew, backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // The bus closes: nobody waits for it.
    }
  }

  private void anew() {
    if (relation != null) {
      relation.reactiveCancel();
    }
    register();
  }

  /** A notification, or the answer to a registration. */
  @Override
  public void onLoad(CoapResponse response) {
    timer.execute(() -> take(response));
  }

  /** Nobody answers. */
  @Override
  public void onError() {
    timer.execute(
        () -> {
          report("no-answer", "%s does not answer".formatted(watched.resource()));
          later();
        });
  }

  private void take(CoapResponse response) {
    if (!response.isSuccess()) {
      report("refused", "%s says %s".formatted(watched.resource(), response.getCode()));
      later();
      return;
    }
    if (response.getOptions().hasObserve()) {
      backoff.reset();
    } else {
      later(); // It cannot be observed; it can be asked.
    }
    var form = Senml.Form.of(response.getOptions().getContentFormat());
    if (form == null) {
      report("malformed", "content format %d".formatted(response.getOptions().getContentFormat()));
      return;
    }
    try {
      var device = watched.device().text();
      var said = Senml.decode(form, response.getPayload(), receipt.instant()).of(device, assets);
      if (!said.samples().isEmpty() || !said.problems().isEmpty()) {
        inlet.offer(
            new Delivery(
                device,
                said.samples(),
                said.problems(),
                Receipt.NONE,
                Delivery.Sending.FIRST,
                null));
      }
    } catch (BadTelegram told) {
      report("malformed", told.getMessage());
    }
  }

  private void report(String what, String problem) {
    inlet.report(what, watched.device().text(), problem);
  }

  /** Observes no more; the sensor is not told, and hears a reset when it speaks. */
  @Override
  public void close() {
    closed = true;
    var waiting = again;
    if (waiting != null) {
      waiting.cancel(false);
    }
    client.shutdown();
  }
}
