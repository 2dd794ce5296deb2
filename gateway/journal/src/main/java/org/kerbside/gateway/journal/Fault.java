package org.kerbside.gateway.journal;

import java.sql.SQLException;

/** Where a test makes a commit fail; in the shipped gateway nothing does. */
interface Fault {

  /** The steps of a commit. */
  enum Step {
    BEGUN,
    WRITTEN,
    COMMITTED
  }

  Fault NONE = _ -> {};

  void at(Step step) throws SQLException;
}
