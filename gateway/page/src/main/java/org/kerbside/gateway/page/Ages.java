package org.kerbside.gateway.page;

import java.time.Duration;

/**
 * An age in words that change by 10 s, then by the minute, the hour and the day, so that a card
 * goes out only when its words change.
 */
final class Ages {

  private static final Duration A_STEP = Duration.ofSeconds(10);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private Ages() {}

  static String text(Duration age, Words words) {
    if (isNow(age)) {
      return words.say("age.moment");
    }
    if (age.compareTo(A_MINUTE) < 0) {
      return words.say("age.seconds", String.valueOf(age.toSeconds() / 10 * 10));
    }
    if (age.compareTo(AN_HOUR) < 0) {
      return words.say("age.minutes", String.valueOf(age.toMinutes()));
    }
    if (age.compareTo(TWO_DAYS) < 0) {
      return words.say("age.hours", String.valueOf(age.toHours()));
    }
    return words.say("age.days", String.valueOf(age.toDays()));
  }

  static String data(Duration age, Words words) {
    return isNow(age) ? words.say("age.data.now") : words.say("age.data", text(age, words));
  }

  static String change(Duration age, Words words) {
    return isNow(age) ? words.say("age.change.now") : words.say("age.change", text(age, words));
  }

  private static boolean isNow(Duration age) {
    return age.compareTo(A_STEP) < 0;
  }
}
