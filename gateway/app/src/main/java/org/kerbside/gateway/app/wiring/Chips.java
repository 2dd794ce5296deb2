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
      Map.ofEntries(
          Map.entry("a02yyuw", A02yyuw.CHIP),
          Map.entry("ads1115", Ads1115.CHIP),
          Map.entry("ld2410", Ld2410.CHIP),
          Map.entry("sen0754", A02yyuw.SEN0754),
          Map.entry("sht31", Sht31.CHIP),
          Map.entry("sht4x", Sht4x.CHIP),
          Map.entry("vl53l1x", Vl53l1x.CHIP),
          Map.entry("ze03", Modules.ZE03),
          Map.entry("ze08", Modules.ZE08));

  private Chips() {}
}
