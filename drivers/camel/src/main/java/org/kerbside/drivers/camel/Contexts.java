package org.kerbside.drivers.camel;

import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel as the house has it: small, without JMX, and never long in stopping. */
public final class Contexts {

  private static final int STOP_SECONDS = 1;

  private Contexts() {}

  /**
   * Made, not started.
   *
   * @param beans that URIs name as {@code #name}
   */
  public static DefaultCamelContext make(String name, Map<String, Object> beans) {
    var camel = new DefaultCamelContext(false);
    camel.disableJMX(); // before anything of it is made
    camel.getCamelContextExtension().setName("kerbside-" + name);
    camel.setStreamCaching(false); // bodies are small and read once
    camel.getShutdownStrategy().setTimeout(STOP_SECONDS);
    camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    beans.forEach(camel.getRegistry()::bind);
    camel.build();
    return camel;
  }
}
