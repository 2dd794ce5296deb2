package org.kerbside.gateway.app;

import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.desk.Known;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reading;

/** What enters by the intake. */
sealed interface Arrival {

  /** What a device said, and on which bus. */
  record Heard(String bus, Delivery delivery) implements Arrival {}

  /** A message that yields nothing: malformed, or from an unknown device. */
  record Refused(String what, String subject, String problem) implements Arrival {

    // A stranger chooses both: the queue holds thousands, and the city is told them.
    private static final int LONGEST_SUBJECT = 128; // characters, as the next
    private static final int LONGEST_PROBLEM = 512;

    public Refused {
      subject = cut(subject, LONGEST_SUBJECT);
      problem = cut(problem, LONGEST_PROBLEM);
    }

    private static String cut(String text, int longest) {
      return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
  }

  /** What was seen of the cabinet itself. */
  record Inspected(List<Reading> readings) implements Arrival {
    public Inspected {
      readings = List.copyOf(readings);
    }
  }

  /** What will never come, and who wants to know that this is kept. */
  record Missing(Event.Gap gap, Runnable kept) implements Arrival {}

  /** A command from outside. */
  record Asked(Command command) implements Arrival {}

  /** The wall clock became known, or jumped. */
  record Turned(Event.Clock event) implements Arrival {}

  /**
   * Something was learned of an asset on the spot.
   *
   * @param derive what is derived from now on
   */
  record Learned(Event.Commission event, Derive derive) implements Arrival {}

  /** Somebody came, went, found or did something that nothing here goes by. */
  record Noted(Event event) implements Arrival {}

  /**
   * The gateway stops: outputs are to be made safe, and who waits for that is to be told.
   *
   * @param goingOn buses that another gateway has in a moment: what they move stays as it is
   */
  record Leaving(Set<String> goingOn, Runnable safe) implements Arrival {
    public Leaving {
      goingOn = Set.copyOf(goingOn);
    }
  }

  /** The writer hands a command's id back: it is durable. */
  record Durable(String command) implements Arrival {}

  /** The writer found that a command's id is known already, forgotten by the desk. */
  record Recalled(Known command) implements Arrival {}

  /** The writer could not keep a command in time. */
  record Unkept(String command) implements Arrival {}
}
