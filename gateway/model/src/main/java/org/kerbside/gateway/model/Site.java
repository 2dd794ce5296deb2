package org.kerbside.gateway.model;

import java.time.ZoneId;

/**
 * What one gateway serves.
 *
 * @param id the gateway's name in every topic and frame
 * @param latitude degrees north, WGS 84
 * @param longitude degrees east, WGS 84
 * @param service the day's hours in which the site serves people
 */
public record Site(
    String id, String name, ZoneId zone, double latitude, double longitude, Hours service) {

  /** A site that serves the usual hours. */
  public Site(String id, String name, ZoneId zone, double latitude, double longitude) {
    this(id, name, zone, latitude, longitude, Hours.SERVICE);
  }
}
