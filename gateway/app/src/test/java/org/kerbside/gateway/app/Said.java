package org.kerbside.gateway.app;

/**
 * A numbered reading as its sensor told it: point, time and value make it this one and no other.
 *
 * @param at the sensor's own time, ms since 1970
 */
record Said(String point, long at, double value) {}
