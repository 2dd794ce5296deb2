package org.kerbside.gateway.app.flow;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Secrets;

/** What {@code {{secret:NAME}}} means in a route. */
final class SecretFunction implements PropertiesFunction {

  private final Path secrets;

  SecretFunction(Path secrets) {
    this.secrets = secrets;
  }

  @Override
  public String getName() {
    return "secret";
  }

  @Override
  public @Nullable String apply(String name) {
    try {
      return Secrets.reveal(secrets, name);
    } catch (IOException told) {
      return null; // Camel says that it has none.
    }
  }
}
