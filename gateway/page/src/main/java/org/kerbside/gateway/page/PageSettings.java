package org.kerbside.gateway.page;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Origin;

/**
 * What the page cannot see in the site itself.
 *
 * @param language spoken to those whose browser asks for none that we speak
 * @param hotline the number at every foot
 * @param origin of the readings; a header says when they are simulated
 * @param point the cabinet's access point; absent where the site names none
 */
public record PageSettings(
    Language language, String hotline, Origin origin, @Nullable AccessPoint point) {

  /** Chinese, the cities' common service number, real readings. */
  public static final PageSettings DEFAULTS =
      new PageSettings(Language.ZH, "12345", Origin.FIELD, null);
}
