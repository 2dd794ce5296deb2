package org.kerbside.gateway.model;

/** How far a reading may be trusted. Less than good is never without a reason. */
public sealed interface Quality {

  Good GOOD = new Good();

  record Good() implements Quality {}

  record Uncertain(Reason reason) implements Quality {}

  record Bad(Reason reason) implements Quality {}
}
