package org.kerbside.gateway.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tries what the gateway needs, one thing after another. Thread-safe. */
public interface Checkup {

  /** Of a room that needs nothing. */
  Checkup NONE = List::of;

  /** Without these it does no work. What street and city lack, it waits for. */
  Set<String> VITAL = Set.of("disk", "journal", "service");

  /** All there is to try; waits for disks and for the network, seconds at worst. */
  List<Finding> tried();

  /** Whether a gateway of these findings does its work. */
  static boolean isReady(List<Finding> findings) {
    return findings.stream()
        .noneMatch(one -> one.state() == State.FAIL && VITAL.contains(one.name()));
  }

  /** How a thing is. */
  enum State {
    OK,
    WARN,
    FAIL;

    /** As programs are told. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What came of one.
   *
   * @param name of the thing: {@code bus}
   * @param text for people
   * @param remedy what to do; empty where nothing is to be done
   */
  record Finding(String name, State state, String text, String remedy) {

    public static Finding well(String name, String text) {
      return new Finding(name, State.OK, text, "");
    }

    public static Finding warned(String name, String text, String remedy) {
      return new Finding(name, State.WARN, text, remedy);
    }

    public static Finding failed(String name, String text, String remedy) {
      return new Finding(name, State.FAIL, text, remedy);
    }
  }
}
