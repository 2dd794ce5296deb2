package org.kerbside.gateway.app.wiring;

import org.kerbside.gateway.cli.CommandException;

/** Who wished that the gateway begins again, and wants to know how it ended. */
interface Turn {

  /** Nobody does. */
  Turn UNWATCHED =
      new Turn() {
        @Override
        public void begun(Gateway now) {}

        @Override
        public void failed(CommandException why, Served now) {}
      };

  /** Another plan for the gateway: it ends in order, and begins again in the same process. */
  interface Again {
    void with(Plan plan, Turn turn);
  }

  /** The gateway runs by the new plan; where this ends with an exception, the old one's again. */
  void begun(Gateway now) throws CommandException;

  /** It could not begin by the new plan; what ran before does so again. */
  void failed(CommandException why, Served now);
}
