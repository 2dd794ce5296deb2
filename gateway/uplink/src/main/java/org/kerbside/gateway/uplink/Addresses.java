package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker's name leads: addresses of both families, the one that worked last first. What
 * was found once is kept for the day on which the name server is silent or knows nothing. Outlives
 * connections. One connection at a time asks; what it says comes from any thread; the look-up has a
 * thread of its own, for it may hang.
 */
final class Addresses {

  /** All addresses of a host; blocks. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;

  private volatile List<InetAddress> known = List.of();
  private volatile @Nullable InetAddress worked;
  private volatile int attempts; // since one worked
  private volatile @Nullable CompletableFuture<List<InetAddress>> lookUp; // while it runs

  Addresses(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * At least one address.
   *
   * @param most for the look-up; after it, what is known must do
   */
  List<InetAddress> of(String host, Duration most) throws IOException {
    try {
      known = lookUp(host).get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException cause) {
      return kept(host + ": the name is unknown");
    } catch (TimeoutException cause) {
      return kept("%s: the name server does not answer for %d ms".formatted(host, most.toMillis()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", stop);
    }
    return inOrder();
  }

  /** The broker there took us in: it is asked first the next time. */
  void worked(InetAddress address) {
    worked = address;
    attempts = 0;
  }

  private List<InetAddress> kept(String problem) throws IOException {
    if (known.isEmpty()) {
      throw new IOException(problem);
    }
    return inOrder();
  }

  /** Each attempt begins with another: one that takes calls need not be a broker. */
  private List<InetAddress> inOrder() {
    var order = new ArrayList<>(known);
    var last = worked;
    if (last != null && order.remove(last)) {
      order.addFirst(last);
    }
    Collections.rotate(order, -attempts);
    attempts = (attempts + 1) % order.size();
    return order;
  }

  /** One that hangs is waited for again, and no second one is begun. */
  private CompletableFuture<List<InetAddress>> lookUp(String host) {
    var running = lookUp;
    if (running != null && !running.isDone()) {
      return running;
    }
    var fresh = new CompletableFuture<List<InetAddress>>();
    lookUp = fresh;
    Thread.ofPlatform()
        .name("uplink-name")
        .daemon()
        .start(
            () -> {
              try {
                var found = List.of(resolver.resolve(host));
                if (found.isEmpty()) {
                  throw new UnknownHostException(host);
                }
                fresh.complete(found);
              } catch (UnknownHostException | RuntimeException cause) {
                fresh.completeExceptionally(cause);
              }
            });
    return fresh;
  }
}
