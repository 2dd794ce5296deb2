package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;

/**
 * A gateway that does not know what time it is, is told by a phone: by its script, to the second,
 * or by what somebody types, in the site's zone. The board's own clock is left alone.
 */
final class ClockPages {

  static final String PATH = "/clock";

  private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,15}");
  private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

  /** A form that lay open for longer is not from now. */
  private static final Duration LONGEST_OPEN = Duration.ofMinutes(10);

  private final Sheets sheets;
  private final Shown shown;
  private final LongSupplier nanos;

  /**
   * @param nanos real monotonic time
   */
  ClockPages(Sheets sheets, Shown shown, LongSupplier nanos) {
    this.sheets = sheets;
    this.shown = shown;
    this.nanos = nanos;
  }

  /** {@code GET /clock}: the form, while there is something to set. */
  void show(Context context) {
    page(context, "");
  }

  /** {@code POST /clock}: it is that time. Sent again, it is so already. */
  void set(Context context) throws Refusal {
    var session = sheets.gate().admitted(context, Role.INSTALLER);
    var words = sheets.words(context);
    if (shown.clock().by() != null) {
      context.redirect("/gateway", HttpStatus.SEE_OTHER);
      return;
    }
    var said = said(context);
    if (said == null) {
      refused(context, words.say("clock.unread"));
      return;
    }
    switch (shown.clock().set(said, session.by())) {
      case SET -> context.redirect("/gateway", HttpStatus.SEE_OTHER);
      case KNOWN -> refused(context, words.say("clock.known"));
      case TOO_EARLY -> refused(context, words.say("clock.early", typed(floor())));
      case TOO_LATE -> refused(context, words.say("clock.late", typed(floor())));
    }
  }

  /** What the phone says, or else what was typed; null when neither can be read. */
  private @Nullable Instant said(Context context) {
    var phone = Sheets.field(context, "phone");
    var drawn = Sheets.field(context, "drawn");
    if (!MILLIS.matcher(drawn).matches()) {
      return null;
    }
    // The phone's time is of when its page was drawn: a login in between makes it no older.
    var open = Duration.ofMillis(up() - Long.parseLong(drawn));
    if (open.isNegative() || open.compareTo(LONGEST_OPEN) > 0) {
      return null;
    }
    return MILLIS.matcher(phone).matches()
        ? Instant.ofEpochMilli(Long.parseLong(phone)).plus(open)
        : read(Sheets.field(context, "local"));
  }

  private @Nullable Instant read(String local) {
    try {
      return LocalDateTime.parse(local.strip().replace(' ', 'T'))
          .atZone(sheets.site().zone())
          .toInstant();
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private void refused(Context context, String trouble) {
    context.status(HttpStatus.UNPROCESSABLE_CONTENT);
    page(context, trouble);
  }

  private void page(Context context, String trouble) {
    boolean isUnknown = shown.view().overview().now().clock() == ClockQuality.NONE;
    context.html(
        sheets
            .templates()
            .clock(
                new ClockForm(
                    sheets.sheet(context, "clock.set", PATH),
                    isUnknown ? ClockForm.Standing.UNKNOWN : ClockForm.Standing.KNOWN,
                    typed(floor()),
                    up(),
                    trouble,
                    sheets.gate().who(context))));
  }

  private Instant floor() {
    return shown.clock().floor();
  }

  /** As browsers write a local time. */
  private String typed(Instant time) {
    return TYPED.format(time.atZone(sheets.site().zone()));
  }

  private long up() {
    return Duration.ofNanos(nanos.getAsLong()).toMillis();
  }
}
