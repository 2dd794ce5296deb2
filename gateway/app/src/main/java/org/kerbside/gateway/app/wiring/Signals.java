package org.kerbside.gateway.app.wiring;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGINT and SIGTERM as a wish to stop. Not a shutdown hook: a process that is asked to stop and
 * does so in order ends with 0, and a second Ctrl-C ends it at once. The JDK's one door to signals
 * is {@code sun.misc.Signal}, which javac lets nobody name without a warning: hence by reflection,
 * the only place of the house.
 */
final class Signals {

  private static final int KILLED = 128 + 2; // as a shell tells it: by SIGINT

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger times = new AtomicInteger();

  Signals() {
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

  void await() throws InterruptedException {
    asked.await();
  }

  private void ask(String signal) {
    if (signal.equals("SIGINT") && times.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(KILLED);
    }
    asked.countDown();
  }
}
