package org.kerbside.gateway.app.flow;

import java.util.function.Consumer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.kerbside.gateway.app.Batch;
import org.kerbside.gateway.model.Event;

/**
 * The Camel context with the house's routes: started before the first batch, stopped after the
 * last.
 */
public final class Routes implements AutoCloseable {

  private static final int STOP_SECONDS = 2;

  private final DefaultCamelContext camel = new DefaultCamelContext(false);
  private final ProducerTemplate committed;

  /**
   * @param sink hears every committed event, on a thread of Camel's
   */
  public Routes(Consumer<Event> sink) {
    camel.disableJMX();
    camel.addComponent("direct", new DirectComponent());
    camel.addComponent("kerbside", new SedaComponent());
    camel.getShutdownStrategy().setTimeout(STOP_SECONDS);
    try {
      camel.addRoutes(new Committed(sink));
    } catch (Exception refused) {
      throw new IllegalStateException("the house's own routes do not fit", refused);
    }
    committed = camel.createProducerTemplate();
    committed.setDefaultEndpointUri("direct:committed");
  }

  public void start() {
    camel.start();
    committed.start();
  }

  /** Hands a committed batch to the routes; one without events has nothing to go anywhere. */
  public void accept(Batch batch) {
    if (!batch.events().isEmpty()) {
      committed.sendBody(batch);
    }
  }

  @Override
  public void close() {
    committed.stop();
    camel.stop();
  }
}
