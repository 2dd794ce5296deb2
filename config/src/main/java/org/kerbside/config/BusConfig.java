package org.kerbside.config;

/**
 * One line of {@code buses}. The driver reads its own section.
 *
 * @param name as {@code at} names it
 */
public record BusConfig(Text name, Text driver, Section own) {

  /** Whether another line makes the same of it, wherever the two stand. */
  public boolean says(BusConfig other) {
    return name.text().equals(other.name.text())
        && driver.text().equals(other.driver.text())
        && own.says(other.own);
  }
}
