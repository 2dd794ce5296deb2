package org.kerbside.gateway.app;

import org.kerbside.drivers.api.Delivery;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;

/** What enters by the intake. */
sealed interface Arrival {

  /** What a device said, and on which bus. */
  record Heard(String bus, Delivery delivery) implements Arrival {}

  /** A message that yields nothing: malformed, or from an unknown device. */
  record Refused(String what, String subject, String problem) implements Arrival {}

  /** A command from outside. */
  record Asked(Command command) implements Arrival {}

  /** The wall clock became known, or jumped. */
  record Turned(Event.Clock event) implements Arrival {}

  /** The writer hands a command's id back: it is durable. */
  record Durable(String command) implements Arrival {}

  /** The writer could not keep a command in time. */
  record Unkept(String command) implements Arrival {}
}
