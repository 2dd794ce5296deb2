package org.kerbside.drivers.camel;

import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** A component that the house does not know: its server is away at first, then says one thing. */
public final class Latecomer extends DefaultComponent {

  static final AtomicInteger TRIES = new AtomicInteger();

  @Override
  protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> options) {
    return new Place(uri, this);
  }

  private static final class Place extends DefaultEndpoint {

    Place(String uri, Latecomer component) {
      super(uri, component);
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("it only tells");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new Telling(this, processor);
    }
  }

  private static final class Telling extends DefaultConsumer {

    Telling(Endpoint place, Processor processor) {
      super(place, processor);
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      if (TRIES.incrementAndGet() == 1) {
        throw new ConnectException("its server is away");
      }
      var exchange = createExchange(false);
      exchange.getMessage().setHeader("CamelHttpPath", "B2");
      exchange.getMessage().setBody("{\"id\":\"B1\",\"d\":1}");
      getAsyncProcessor().process(exchange, _ -> {});
    }
  }
}
