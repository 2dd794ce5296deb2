package org.kerbside.gateway.page;

/**
 * What the page cannot see in the site itself.
 *
 * @param language spoken to those whose browser asks for none that we speak
 * @param hotline the number at every foot
 */
public record PageSettings(Language language, String hotline) {

  /** Chinese, and the cities' common service number. */
  public static final PageSettings DEFAULTS = new PageSettings(Language.ZH, "12345");
}
