package org.kerbside.drivers.board;

/**
 * A line and what it is for.
 *
 * @param address as the site writes it, behind the slash
 * @param line its number on the chip
 * @param point that it speaks for, or moves
 */
record Binding(String address, int line, String point) {}
