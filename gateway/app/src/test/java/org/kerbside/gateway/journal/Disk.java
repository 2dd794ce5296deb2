package org.kerbside.gateway.journal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a journal's disk does at the steps of a commit. */
public final class Disk {

  /** The steps of a commit, in their order. */
  public enum When {
    BEGUN,
    WRITTEN,
    COMMITTED
  }

  /** Why it refuses. */
  public enum Why {
    FULL(SQLiteErrorCode.SQLITE_FULL),
    IO_ERROR(SQLiteErrorCode.SQLITE_IOERR);

    private final SQLiteErrorCode code;

    Why(SQLiteErrorCode code) {
      this.code = code;
    }
  }

  private Disk() {}

  /** Asks {@code answer} at each step of each commit from now on: null lets it pass. */
  public static void asks(Journal journal, Answer answer) {
    journal.failAt(
        step -> {
          var why = answer.at(When.valueOf(step.name()));
          if (why != null) {
            throw refusal(why);
          }
        });
  }

  /** What it answers; it may also throw an {@link Error}, which is a kill at that step. */
  public interface Answer {
    @Nullable Why at(When when);
  }

  private static SQLException refusal(Why why) {
    return new SQLiteException("simulated: " + why, why.code);
  }
}
