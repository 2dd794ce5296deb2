package org.kerbside.config;

/**
 * What a device model measures and how. The driver reads its own section.
 *
 * @param name as a site writes it
 * @param driver the driver that can speak it
 */
public record Profile(Text name, Text driver, Section own) {}
