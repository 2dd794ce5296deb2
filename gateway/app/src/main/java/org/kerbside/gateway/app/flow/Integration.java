package org.kerbside.gateway.app.flow;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.camel.Contexts;
import org.kerbside.drivers.camel.Endpoints;
import org.kerbside.gateway.model.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of routes that runs: with a context, a queue and a thread of its own, so that a sink that
 * is slow or dead loses its copies and concerns nobody else. Thread-safe.
 */
final class Integration implements AutoCloseable {

  /** Where its routes begin. */
  static final String EVENTS = "kerbside:events";

  /** Events that may wait for it. */
  static final int ROOM = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Integration.class);
  private static final long LAST_WORDS_MILLIS = 500;

  private final RouteFile file;
  private final Function<Event, Telling> telling;
  private final DefaultCamelContext camel;
  private final ProducerTemplate events;
  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(ROOM);
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private volatile boolean closing;
  private volatile @Nullable String trouble;
  private @Nullable Thread thread; // from start to close

  /** Reads the routes, which {@link Judgement} found good; nothing runs yet. */
  Integration(RouteFile file, Function<Event, Telling> telling) {
    this.file = file;
    this.telling = telling;
    this.camel = context(file);
    this.events = camel.createProducerTemplate();
  }

  /** Made, not started, and without routes. */
  static DefaultCamelContext context(RouteFile file) {
    var camel = Contexts.make(file.name(), Map.of());
    camel.addComponent("kerbside", new DirectComponent());
    camel
        .getPropertiesComponent()
        .addPropertiesFunction(new SecretFunction(file.config().secrets()));
    camel.getCamelContextExtension().setErrorHandlerFactory(twice());
    Patience.limit(camel);
    return camel;
  }

  /** Once more, after a second; then the copy is lost. */
  private static DefaultErrorHandlerDefinition twice() {
    var policy = new RedeliveryPolicyDefinition();
    policy.maximumRedeliveries(1).redeliveryDelay(1000);
    policy.logExhausted(false).logStackTrace(false).logRetryAttempted(false);
    var handler = new DefaultErrorHandlerDefinition();
    handler.setRedeliveryPolicy(policy);
    return handler;
  }

  static void load(RouteFile file, DefaultCamelContext camel) throws Exception {
    camel.setSourceLocationEnabled(true);
    var resource = ResourceHelper.fromString(file.config().name().text(), file.content());
    PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
  }

  /** What cannot be started is told, and loses every copy. */
  void start() {
    try {
      load(file, camel);
      camel.start();
      events.start();
      thread =
          Thread.ofPlatform().name("integration-" + name()).daemon().start(this::passUntilClosed);
    } catch (Exception told) {
      trouble(Endpoints.reason(told));
    }
  }

  /** On the writer's thread: returns at once. */
  void offer(Event event) {
    if (!waiting.offer(event)) {
      trouble("it is too slow: %d events wait".formatted(ROOM));
      lost.increment();
    }
  }

  private void passUntilClosed() {
    try {
      while (!closing || !waiting.isEmpty()) {
        var event = waiting.poll(LAST_WORDS_MILLIS / 5, TimeUnit.MILLISECONDS);
        if (event != null) {
          pass(telling.apply(event));
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Telling told) {
    var exchange = events.send(EVENTS, told::into);
    if (exchange.isFailed()) {
      trouble(reason(exchange));
      lost.increment();
    } else {
      wellAgain();
      sent.increment();
    }
  }

  private static String reason(Exchange exchange) {
    var why = exchange.getException();
    return why == null ? "the route ended early" : Endpoints.reason(why);
  }

  /** Told when it is another than the last. */
  private synchronized void trouble(String said) {
    if (!said.equals(trouble)) {
      LOG.warn("integration {}: {}; its copies of events are lost meanwhile", name(), said);
    }
    trouble = said;
  }

  private synchronized void wellAgain() {
    if (trouble != null) {
      LOG.info("integration {}: takes events again; {} were lost", name(), lost.sum());
    }
    trouble = null;
  }

  String name() {
    return file.name();
  }

  Integrations.Standing standing() {
    return new Integrations.Standing(name(), sent.sum(), lost.sum(), trouble);
  }

  private static void awaitLastWords(Thread thread) {
    try {
      thread.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  /** What waits may still go, within half a second. */
  @Override
  public void close() {
    closing = true;
    if (thread != null) {
      awaitLastWords(thread);
    }
    events.stop();
    camel.stop();
  }
}
