package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.Sha256;
import org.kerbside.gateway.model.Wire;

/**
 * The chain of audit events: each carries the hash of the one before it, the first of an epoch that
 * of the epoch's name, and the journal keeps that of the last. So none can be changed, taken out or
 * put elsewhere without the next one, or the journal, telling. {@link Links} looks along it.
 */
final class Chain {

  /** The last link's name in the table of what the journal knows. */
  static final String HEAD = "audit";

  private Chain() {}

  /** Where the next audit event hangs on. */
  static String head(Connection connection) throws SQLException {
    var last = Database.meta(connection, HEAD);
    return last == null ? begin(connection) : last;
  }

  /** What the first audit event of a journal hangs on. */
  static String begin(Connection connection) throws SQLException {
    var epoch = Database.meta(connection, "epoch");
    return Sha256.of((epoch == null ? "" : epoch).getBytes(UTF_8));
  }

  /** The link of an audit event as it was just rendered. */
  static String own(Wire wire, Rendered rendered) {
    var link = wire.link(rendered);
    if (link == null) {
      throw new IllegalStateException("an audit event was rendered without its link");
    }
    return link.own();
  }
}
