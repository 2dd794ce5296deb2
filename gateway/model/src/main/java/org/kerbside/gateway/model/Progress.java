package org.kerbside.gateway.model;

/** What is told of a command on its way to the outcome. Not durable. */
public enum Progress {
  ACCEPTED,
  RUNNING;

  public String word() {
    return switch (this) {
      case ACCEPTED -> "accepted";
      case RUNNING -> "running";
    };
  }
}
