package org.kerbside.config;

import java.security.PublicKey;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.kerbside.gateway.model.Signed;

/**
 * What the city's commands must be.
 *
 * @param lease how long a setting holds that names no lease
 * @param signed whether what nobody signed is refused
 * @param keys Ed25519, by the name that the site gives them
 */
public record CommandsConfig(Duration lease, Signed signed, SequencedMap<String, PublicKey> keys) {

  /** Where nobody signs. */
  public static CommandsConfig unsigned(Duration lease) {
    return new CommandsConfig(lease, Signed.OPTIONAL, new LinkedHashMap<>());
  }

  public CommandsConfig {
    keys = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(keys));
  }
}
