package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What is sent and taken over MQTT, for programs: a JSON Schema of each payload, and AsyncAPI 3 of
 * all. The files are written and held against what is really sent by tests.
 */
public final class Contract {

  /** The whole: topics, and every payload. */
  public static final String WHOLE = "asyncapi";

  /** The payloads, by the name that their schema has. */
  public static final List<String> PAYLOADS =
      List.of(
          "readings",
          "event",
          "state",
          "desc",
          "asset",
          "answer",
          "got",
          "command",
          "acknowledgement",
          "want");

  private Contract() {}

  /**
   * One of them as it ships.
   *
   * @param name {@link #WHOLE}, or one of {@link #PAYLOADS}
   */
  public static String text(String name) {
    try (var file = Contract.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        throw new IllegalArgumentException("there is no schema '%s'".formatted(name));
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
