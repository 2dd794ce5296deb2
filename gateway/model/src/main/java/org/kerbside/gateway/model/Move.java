package org.kerbside.gateway.model;

/** What the desk has decided that an actuator does now. */
public record Move(Point point, Value value) {}
