package org.kerbside.config;

/**
 * One line of {@code buses}. The driver reads its own section.
 *
 * @param name as {@code at} names it
 */
public record BusConfig(Text name, Text driver, Section own) {}
