package org.kerbside.gateway.app.wiring;

import java.util.Map;
import org.kerbside.config.Section;
import org.kerbside.drivers.a02yyuw.A02yyuw;
import org.kerbside.drivers.ads1115.Ads1115;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.ld2410.Ld2410;
import org.kerbside.drivers.sht31.Sht31;
import org.kerbside.drivers.sht4x.Sht4x;
import org.kerbside.drivers.vl53l1x.Vl53l1x;
import org.kerbside.drivers.ze03.Modules;

/** Every chip by the name that a profile writes. A new one is one folder and one line here. */
final class Chips {

  static final Map<String, Chip<Section>> TABLE =
      Map.of(
          "a02yyuw", A02yyuw.CHIP,
          "sen0754", A02yyuw.SEN0754,
          "ads1115", Ads1115.CHIP,
          "ld2410", Ld2410.CHIP,
          "sht31", Sht31.CHIP,
          "sht4x", Sht4x.CHIP,
          "vl53l1x", Vl53l1x.CHIP,
          "ze03", Modules.ZE03,
          "ze08", Modules.ZE08);

  private Chips() {}
}
