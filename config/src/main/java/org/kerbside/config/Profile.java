package org.kerbside.config;

/**
 * What a device model measures and how. The driver reads its own section.
 *
 * @param name as a site writes it
 * @param driver the driver that can speak it
 */
public record Profile(Text name, Text driver, Section own) {

  /** Whether another tells the same of a model, wherever the two stand. */
  boolean says(Profile other) {
    return name.text().equals(other.name.text())
        && driver.text().equals(other.driver.text())
        && own.says(other.own);
  }
}
