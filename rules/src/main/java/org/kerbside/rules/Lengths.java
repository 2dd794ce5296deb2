package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.model.Unit;
import org.kerbside.rules.Expression.Sort;
import org.kerbside.rules.Expression.Token;

/** Reads how far a window reaches back, and what it may be asked. */
record Lengths(Mistakes mistakes) {

  private static final String SINCE = "since ";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Null, and a mistake, when it is none. */
  @Nullable Length read(Expression expression, Token argument, Scope scope) {
    if (argument.sort() == Sort.QUOTED) {
      var word = argument.text().substring(1, argument.text().length() - 1);
      if (word.startsWith(SINCE)) {
        var deed = deed(expression, argument, word.substring(SINCE.length()), scope);
        return deed == null ? null : new Length.Since(deed, scope.asset().id());
      }
      var named = named(word);
      if (named != null) {
        return named;
      }
    }
    var span = span(expression, argument, scope);
    return span == null ? null : new Length.Last(span);
  }

  private static @Nullable Length named(String word) {
    return switch (word) {
      case "day" -> new Length.Day();
      case "yesterday" -> new Length.Yesterday();
      default -> Length.Hours.of(word);
    };
  }

  private @Nullable Duration span(Expression expression, Token argument, Scope scope) {
    var seconds = seconds(argument, scope);
    if (seconds == null) {
      mistakes.add(
          expression.mark(argument),
          "E403",
          "%s is no length of a window".formatted(argument.text()),
          "write it in quotes, as '10min' or 'day', or name a parameter that is a time");
      return null;
    }
    var length = Duration.ofNanos(Math.round(seconds * 1e9));
    if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
      return length;
    }
    mistakes.add(
        expression.mark(argument),
        "E403",
        "a window of %s is too %s"
            .formatted(argument.text(), length.compareTo(LONGEST) > 0 ? "long" : "short"),
        "write a length from 1s to 7d");
    return null;
  }

  private static @Nullable Double seconds(Token argument, Scope scope) {
    return switch (argument.sort()) {
      case QUOTED -> Span.seconds(argument.text().substring(1, argument.text().length() - 1));
      case NAME -> {
        var name = scope.find(argument.text());
        yield name != null
                && name.slot() instanceof Slot.Parameter(var number)
                && name.unit() != null
                && name.unit().fits(Unit.SECOND)
            ? number
            : null;
      }
      case NUMBER, SIGN -> null;
    };
  }

  /** A point of all children of a kind, as {@code children.zone.valve}. */
  @Nullable Length valves(Expression expression, Token argument, Scope scope) {
    int dot = argument.text().lastIndexOf('.');
    var list = dot < 0 ? null : scope.find(argument.text().substring(0, dot));
    if (list == null || !(list.slot() instanceof Slot.Listed(var kind, var members))) {
      mistakes.add(
          expression.mark(argument),
          "E403",
          "'%s' is no point of all children of a kind".formatted(argument.text()),
          "write children.zone.valve");
      return null;
    }
    var name = argument.text().substring(dot + 1);
    var specs = scope.ground().specs(kind);
    if (!specs.isEmpty() && !specs.containsKey(name)) {
      mistakes.add(
          expression.mark(argument),
          "E404",
          "'%s' is no point of kind '%s'".formatted(name, kind),
          Nearest.help(name, List.copyOf(specs.keySet())));
      return null;
    }
    var valves = members.stream().map(member -> member.points().get(name));
    return new Length.Open(valves.filter(Objects::nonNull).toList());
  }

  /** Null, and a mistake, when nobody says that of the asset. */
  @Nullable Deed deed(Expression expression, Token token, String word, Scope scope) {
    var deed = Deed.of(word, scope.asset());
    if (deed == null) {
      mistakes.add(
          expression.mark(token),
          "E404",
          "nobody says '%s' of %s".formatted(word, scope.asset().id()),
          Nearest.help(word, Deed.words(scope.asset())));
    }
    return deed;
  }

  /** Within which people can have said something; null, and a mistake, when they cannot. */
  Length.@Nullable Sayable sayable(Expression expression, Token argument, Scope scope) {
    var length = read(expression, argument, scope);
    if (length instanceof Length.Sayable sayable) {
      return sayable;
    }
    if (length != null) {
      mistakes.add(
          expression.mark(argument),
          "E403",
          "nobody says within '%s' that he did something".formatted(length.written()),
          "write 'day', 'yesterday' or a time, as '2h'");
    }
    return null;
  }

  /** Whether it can be told over a length; else a mistake. */
  boolean isOver(Expression expression, Expression.Call call, Measure measure, Length length) {
    var instead = instead(measure, length);
    if (instead != null) {
      mistakes.add(
          expression.mark(call.arguments().getLast()),
          "E403",
          "'%s' is not asked of '%s'".formatted(call.function().text(), length.written()),
          instead);
    }
    return instead == null;
  }

  /** A day has no sixtieths, and since people did something only a counter has gone on. */
  private static @Nullable String instead(Measure measure, Length length) {
    return switch (length) {
      case Length.Last _, Length.Open _ -> null;
      case Length.Day _, Length.Yesterday _ ->
          measure.isByTime()
              ? "of a day it may be volume, change, min, max, transitions; or write '24h'"
              : null;
      case Length.Since _ ->
          measure == Measure.VOLUME
              ? null
              : "since people did something it may be the volume of a counter";
      case Length.Hours _ ->
          measure == Measure.MIN ? null : "of the same hours of each day it may be min";
    };
  }
}
