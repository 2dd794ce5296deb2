package org.kerbside.gateway.model;

/** Where commands enter: the intake. Thread-safe; never blocks. */
public interface CommandDoor {

  /** Hands a command in; its progress and outcome come by {@link ProgressListener}. */
  void arrive(Command command);
}
