package org.kerbside.gateway.app.wiring;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the process is wished to do next: to stop, by SIGINT and SIGTERM, or to begin again with
 * another plan. Not a shutdown hook: a process that is asked to stop and does so in order ends with
 * 0, and a second Ctrl-C ends it at once. The JDK's one door to signals is {@code sun.misc.Signal},
 * which javac lets nobody name without a warning: hence by reflection, the only place of the house.
 */
public final class Wishes {

  private static final int KILLED = 128 + 2; // as a shell tells it: by SIGINT

  /** One of them. */
  sealed interface Wish {

    record Stop() implements Wish {}

    record Again(Plan plan, Turn turn) implements Wish {}
  }

  private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final AtomicInteger times = new AtomicInteger();

  /** Hears the process's signals from now on. */
  public Wishes() {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var mine =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                ask(String.valueOf(arguments == null ? null : arguments[0]));
                return null;
              });
      var handle = signal.getMethod("handle", signal, handler);
      for (var name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), mine);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no signals: run a JDK 25", e);
    }
  }

  /** Waits so long at most; whether the process is asked to stop. */
  public boolean stops(Duration wait) throws InterruptedException {
    return wishes.poll(wait.toNanos(), TimeUnit.NANOSECONDS) instanceof Wish.Stop;
  }

  Wish await() throws InterruptedException {
    return wishes.take();
  }

  /** Wishes that the gateway begins again, in the same process. From any thread. */
  void again(Plan plan, Turn turn) {
    wishes.add(new Wish.Again(plan, turn));
  }

  private void ask(String signal) {
    if (signal.equals("SIGINT") && times.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(KILLED);
    }
    wishes.add(new Wish.Stop());
  }
}
