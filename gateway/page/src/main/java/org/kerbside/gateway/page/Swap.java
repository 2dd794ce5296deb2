package org.kerbside.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Machine.Fitting;

/**
 * The sheet on which another device is put into an asset's place, as its template takes it.
 *
 * @param name of the asset
 * @param fittings what may be taken out
 * @param from which of them was chosen; empty before
 * @param at the new one's address, as typed
 * @param profile the new one's model, as typed; empty: the same as before
 * @param trouble why it was not done, in the command line's words; empty when nothing was tried
 */
record Swap(
    Sheet sheet,
    String asset,
    String name,
    List<Fitting> fittings,
    String from,
    String at,
    String profile,
    String trouble,
    @Nullable Session session) {

  Swap {
    fittings = List.copyOf(fittings);
  }

  String token() {
    return session == null ? "" : session.token();
  }

  String path() {
    return SwapPages.path(asset);
  }

  /** What there is to take out, as people read it. */
  static String told(Fitting fitting) {
    return fitting.profile() == null ? fitting.at() : fitting.profile() + " · " + fitting.at();
  }

  boolean isChosen(Fitting fitting) {
    return fittings.size() == 1 || fitting.at().equals(from);
  }
}
