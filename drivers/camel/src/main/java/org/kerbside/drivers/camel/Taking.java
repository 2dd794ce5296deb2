package org.kerbside.drivers.camel;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;

/**
 * The end of every route in: makes deliveries of messages, and ends an exchange when they are kept.
 * On the component's threads; what is told to senders is told on a thread of its own, because who
 * keeps may not wait for them.
 */
final class Taking extends AsyncProcessorSupport {

  /** The largest message, and the largest file. */
  static final int MOST_BYTES = 256 * 1024;

  /** Messages that may wait for their commit at a time. */
  static final int MOST_OPEN = 64;

  private final CamelBus bus;
  private final Devices devices;
  private final Inlet inlet;
  private final InstantSource receipt;
  private final Semaphore room = new Semaphore(MOST_OPEN);
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService telling;

  Taking(CamelBus bus, Devices devices, Inlet inlet, InstantSource receipt) {
    this.bus = bus;
    this.devices = devices;
    this.inlet = inlet;
    this.receipt = receipt;
    this.telling =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("camel-" + bus.name()).daemon().factory());
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      return take(exchange, callback);
    } catch (Arrived.TooLarge told) {
      var problem = String.valueOf(told.getMessage());
      inlet.report("malformed", told.name(), problem);
      Answer.TOO_LARGE.tell(exchange, problem);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      Answer.LATER.tell(exchange, "the gateway stops");
    }
    callback.done(true);
    return true;
  }

  private boolean take(Exchange exchange, AsyncCallback callback)
      throws Arrived.TooLarge, InterruptedException {
    var arrived = Arrived.of(exchange, bus.way());
    var saying = Saying.of(arrived, bus, devices, receipt.instant(), inlet);
    if (saying.isEmpty()) {
      Answer.NOTHING.tell(exchange, saying.refused());
    } else if (bus.way() == Way.NETTY) {
      saying.deliveries(Receipt.NONE).forEach(inlet::offer);
    } else if (!enters(exchange)) {
      Answer.LATER.tell(exchange, "too many wait to be kept");
    } else {
      hand(saying, new Open(exchange, callback));
      return false;
    }
    callback.done(true);
    return true;
  }

  /** Who can be told to come later is; a poll waits. */
  private boolean enters(Exchange exchange) throws InterruptedException {
    if (isAnswered(exchange)) {
      return room.tryAcquire();
    }
    room.acquire();
    return true;
  }

  private static boolean isAnswered(Exchange exchange) {
    return exchange.getPattern().isOutCapable();
  }

  private void hand(Saying saying, Open waiting) throws InterruptedException {
    open.add(waiting);
    var deliveries = saying.deliveries(new Together(saying.devices(), waiting::end));
    try {
      if (isAnswered(waiting.exchange)) {
        offer(deliveries, waiting);
      } else {
        for (var delivery : deliveries) {
          inlet.put(delivery);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      waiting.end("the gateway stops");
    }
  }

  private void offer(List<Delivery> deliveries, Open waiting) {
    for (var delivery : deliveries) {
      if (!inlet.offer(delivery)) {
        waiting.end("the intake is full");
        return;
      }
    }
  }

  /** Whoever still waits is told to come again. */
  void dismiss() {
    open.forEach(each -> each.end("the gateway stops"));
    telling.shutdown();
  }

  /** A message that is not kept yet. */
  private final class Open {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Open(Exchange exchange, AsyncCallback callback) {
      this.exchange = exchange;
      this.callback = callback;
    }

    /** From any thread, and returns at once; the first time counts. */
    void end(@Nullable String why) {
      if (ended.complete(null)) {
        try {
          telling.execute(() -> tell(why));
        } catch (RejectedExecutionException closed) {
          tell(why);
        }
      }
    }

    private void tell(@Nullable String why) {
      open.remove(this);
      room.release();
      if (why == null) {
        Answer.KEPT.tell(exchange, "");
      } else {
        Answer.LATER.tell(exchange, why);
      }
      callback.done(false);
    }
  }
}
