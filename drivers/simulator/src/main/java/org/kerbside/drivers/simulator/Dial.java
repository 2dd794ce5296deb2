package org.kerbside.drivers.simulator;

import java.util.Set;
import org.kerbside.gateway.model.Asset;

/**
 * What a meter shows of what it has counted: it may be reset, another may stand in its place, and
 * where the site says how wide it is it goes round. Belongs to its body.
 */
final class Dial {

  private static final double OTHER = 12.5; // where a meter stands that was used elsewhere

  private final double round; // 0 where it never does
  private final double begin;
  private double counted;
  private double zero; // what was counted when it last stood at 0
  private Standing standing = Standing.AS_MADE;

  private enum Standing {
    AS_MADE,
    RESET,
    SWAPPED
  }

  /**
   * @param begin where it stands at first; a dial that goes round is about to
   */
  Dial(Asset asset, String counter, double begin) {
    String own = "counters." + counter;
    double bits = asset.setting(own + ".bits", 0);
    double step = asset.setting(own + ".step", 0.001);
    this.round = bits > 0 ? StrictMath.pow(2, bits) * step : 0;
    this.begin = round > 0 ? round - 0.5 : begin;
  }

  void count(double amount, Set<Fault> faults) {
    counted += amount;
    if (faults.contains(Fault.METER_RESET) && standing != Standing.RESET) {
      standing = Standing.RESET;
      zero = counted;
    }
    if (faults.contains(Fault.METER_SWAP) && standing != Standing.SWAPPED) {
      standing = Standing.SWAPPED;
      zero = counted;
    }
  }

  double shows() {
    double shown =
        switch (standing) {
          case AS_MADE -> begin + counted;
          case RESET -> counted - zero;
          case SWAPPED -> OTHER + counted - zero;
        };
    return round > 0 ? shown % round : shown;
  }
}
