package org.kerbside.gateway.app.flow;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.kerbside.gateway.app.Batch;
import org.kerbside.gateway.model.Event;

/** Where a committed batch goes. No route stands between a sensor's ack and the disk. */
final class Committed extends RouteBuilder {

  private final Consumer<Event> sink;

  Committed(Consumer<Event> sink) {
    this.sink = sink;
  }

  @Override
  public void configure() {
    from("direct:committed")
        .routeId("committed")
        .process(turn(Batch.class, Batch::events))
        // A slow sink loses its copy; the journal has the original.
        .to("kerbside:events?size=100&discardWhenFull=true");
    // A stop waits for the end of a poll: Camel's own second would be the longest part of it.
    from("kerbside:events?size=100&pollTimeout=100")
        .routeId("events")
        .process(turn(List.class, this::announced));
  }

  private List<?> announced(List<?> events) {
    events.forEach(event -> sink.accept((Event) event));
    return events;
  }

  /** The body through a function that has never heard of an exchange. */
  private static <T> Processor turn(Class<T> body, Function<T, ?> step) {
    return exchange ->
        exchange.getMessage().setBody(step.apply(exchange.getMessage().getMandatoryBody(body)));
  }
}
