package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;

/**
 * The one log backend, told before the first logger is made: short lines to stderr, and so to
 * journald.
 */
final class Logs {

  private Logs() {}

  static void configure() {
    if (JournalLines.isReadBy(System.getenv("JOURNAL_STREAM"))) {
      // It has the time itself, and the name by the unit.
      System.setErr(new PrintStream(new JournalLines(System.err), true, UTF_8));
      set("showDateTime", "false");
    }
    set("showDateTime", "true");
    set("dateTimeFormat", "HH:mm:ss.SSS");
    set("showThreadName", "false");
    set("showShortLogName", "true");
    set("defaultLogLevel", "info");
    set("log.org.eclipse.jetty", "warn");
    set("log.io.javalin", "warn");
    set("log.org.apache.camel", "warn");
    set("log.org.apache.camel.impl.engine.AbstractCamelContext", "off"); // told by who starts it
    set("log.org.eclipse.californium", "warn");
    set("log.com.pi4j", "warn");
  }

  /** What the command line set before stays. */
  private static void set(String key, String value) {
    String property = "org.slf4j.simpleLogger." + key;
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
