package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.kerbside.drivers.testkit.Campaign;

/** A connection that is let go while the broker takes it in leaves no thread of the library's. */
@Timeout(120)
@Isolated
class LetGoTest {

  private static final int AT_ONCE = 50;

  /** CONNACK is on its way, read, or half worked off: so long after it is sent, in nanoseconds. */
  private static final long MOST = 1_000_000;

  @Test
  void inTheMomentOfItsWelcome() throws Exception {
    var campaign = Campaign.of("let-go", 300);
    var chance = campaign.chance();
    var calls = new ArrayList<Callable<@Nullable Void>>();
    for (int i = 0; i < campaign.n(); i++) {
      long after = chance.nextLong(MOST);
      calls.add(() -> callAndLetGo(after));
    }
    try (var callers = Executors.newFixedThreadPool(AT_ONCE)) {
      for (var call : callers.invokeAll(calls)) {
        call.get();
      }
    }
    Await.until(
        () -> Threads.named("MQTT").isEmpty(), () -> campaign + ": " + Threads.named("MQTT"));
  }

  private static @Nullable Void callAndLetGo(long after) throws Exception {
    var opened = new CompletableFuture<Connection>();
    var over = new CompletableFuture<@Nullable Void>();
    try (var peer =
        new Script(
            (talk, call) -> {
              talk.welcome();
              for (long end = System.nanoTime() + after; System.nanoTime() - end < 0; ) {
                Thread.onSpinWait();
              }
              opened.get().sever();
              over.complete(null);
            })) {
      var network =
          PahoConnection.network(
              Street.link("mqtt", "127.0.0.1", peer.port()),
              new Addresses(InetAddress::getAllByName),
              "let-go",
              Deadlines.USUAL,
              new Reception(),
              new Traffic());
      var will = Message.retained(Lane.NOTICES, "t", "gone".getBytes(UTF_8));
      opened.complete(network.connect(will, new Mailbox()));
      over.get();
    }
    return null;
  }
}
