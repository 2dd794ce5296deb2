package org.kerbside.gateway.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/** How commands and their outcomes stand in columns of text. */
final class CommandText {

  private CommandText() {}

  static void bind(PreparedStatement insert, long n, long at, Command command) throws SQLException {
    insert.setLong(1, n);
    insert.setLong(2, at);
    insert.setString(3, command.id());
    insert.setString(4, command.fingerprint());
    insert.setString(5, command.op());
    insert.setString(6, command.point());
    insert.setString(7, value(command.value()));
    insert.setString(8, command.issuer().name());
    insert.setString(9, command.by());
    insert.setString(10, command.reason());
    insert.setString(11, text(command.issued()));
    insert.setString(12, text(command.expires()));
    insert.setString(13, text(command.lease()));
  }

  /** From a row with the columns' names. */
  static Command command(ResultSet row) throws SQLException {
    var issued = row.getString("issued");
    var expires = row.getString("expires");
    var lease = row.getString("lease");
    return new Command(
        row.getString("id"),
        row.getString("op"),
        row.getString("point"),
        value(row.getString("value")),
        Issuer.valueOf(row.getString("issuer")),
        row.getString("by"),
        row.getString("reason"),
        issued == null ? null : Instant.parse(issued),
        expires == null ? null : Instant.parse(expires),
        lease == null ? null : Duration.parse(lease),
        row.getString("fingerprint"));
  }

  static @Nullable String detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var observed) -> value(observed);
      case Outcome.Rejected(var reason) -> reason;
      case Outcome.Failed(var reason) -> reason;
      case Outcome.Expired() -> null;
    };
  }

  static Outcome outcome(String word, @Nullable String detail) throws SQLException {
    var reason = detail == null ? "" : detail;
    return switch (word) {
      case "done" -> new Outcome.Done(value(detail));
      case "rejected" -> new Outcome.Rejected(reason);
      case "failed" -> new Outcome.Failed(reason);
      case "expired" -> new Outcome.Expired();
      default -> throw new SQLException("no outcome is called '" + word + "'");
    };
  }

  private static @Nullable String value(@Nullable Value value) {
    return switch (value) {
      case null -> null;
      case Value.Num(var number) -> "n" + number;
      case Value.Flag(var flag) -> "f" + flag;
      case Value.State(var word) -> "s" + word;
    };
  }

  private static @Nullable Value value(@Nullable String text) throws SQLException {
    if (text == null) {
      return null;
    }
    var content = text.substring(1);
    return switch (text.charAt(0)) {
      case 'n' -> new Value.Num(Double.parseDouble(content));
      case 'f' -> Value.Flag.of(Boolean.parseBoolean(content));
      case 's' -> new Value.State(content);
      default -> throw new SQLException("no value reads '" + text + "'");
    };
  }

  private static @Nullable String text(@Nullable Object moment) {
    return moment == null ? null : moment.toString();
  }
}
