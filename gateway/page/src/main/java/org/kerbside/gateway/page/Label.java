package org.kerbside.gateway.page;

/**
 * The page with the label as its template takes it.
 *
 * @param svg the label itself; empty where the site names no access point
 * @param file the path of it alone
 */
record Label(Sheet sheet, String svg, String file) {

  /** What a site writes to have one. */
  String example() {
    return "access: { wifi: { password: !secret access-point } }";
  }
}
