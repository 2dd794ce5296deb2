package org.kerbside.gateway.model;

import java.time.ZoneId;

/**
 * What one gateway serves.
 *
 * @param id the gateway's name in every topic and frame
 * @param latitude degrees north, WGS 84
 * @param longitude degrees east, WGS 84
 */
public record Site(String id, String name, ZoneId zone, double latitude, double longitude) {}
