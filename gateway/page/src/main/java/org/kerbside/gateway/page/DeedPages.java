package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.DeedForm.Choice;
import org.kerbside.gateway.page.DeedForm.Firmness;
import org.kerbside.gateway.page.Part.Badge;

/**
 * The sheets on which people do things, and what comes of them: every deed is one command through
 * the desk, and the next page tells its one outcome.
 */
final class DeedPages {

  /** Longer, and the page says that it is under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String INTERLOCK = "interlock:"; // as the contract writes it
  private static final Pattern ONCE = Pattern.compile("[A-Za-z0-9-]{8,64}");
  static final int LONGEST_REASON = 120; // characters

  private final Sheets sheets;
  private final Shown shown;
  private final Attendance attendance;

  DeedPages(Sheets sheets, Shown shown, Attendance attendance) {
    this.sheets = sheets;
    this.shown = shown;
    this.attendance = attendance;
  }

  /** {@code GET /do/{deed}?of=subject}: what it does, to what, and the button. */
  void show(Context context) {
    var deed = Deed.of(context.pathParam("deed"));
    var subject = context.queryParam("of");
    if (deed == null || subject == null || about(deed, subject, sheets.words(context)) == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    form(context, deed, subject, deed.firmness(), "");
  }

  /** {@code POST /do/{deed}}: has it done, and goes on to where its outcome is told. */
  void done(Context context) throws Refusal, InterruptedException {
    var session = sheets.gate().admitted(context, Role.CREW);
    var deed = Deed.of(context.pathParam("deed"));
    var subject = Sheets.field(context, "of");
    var once = Sheets.field(context, "once");
    if (deed == null
        || !ONCE.matcher(once).matches()
        || (!isAsked(once) && about(deed, subject, sheets.words(context)) == null)) {
      context.status(HttpStatus.BAD_REQUEST).result("400\n");
      return;
    }
    if (deed.firmness() == Firmness.HOLD && Sheets.field(context, "held").isEmpty()) {
      form(context, deed, subject, Firmness.CONFIRM, "");
      return;
    }
    var command = command(context, deed, subject, once, session);
    if (!isAsked(once) && attendance.isMissing(command)) {
      context.status(HttpStatus.FORBIDDEN);
      form(context, deed, subject, deed.firmness(), sheets.words(context).say("form.button"));
      return;
    }
    shown.crew().ask(command, PATIENCE);
    var next = Kept.to(Sheets.field(context, "next")).path();
    context.redirect(
        next + (next.contains("?") ? "&" : "?") + "told=" + once, HttpStatus.SEE_OTHER);
  }

  /** Sent again, it is answered as at first, though what it was about may be gone by then. */
  private boolean isAsked(String once) {
    return shown.crew().knows(once) || shown.crew().ended(once) != null;
  }

  /** What became of what was just done; none when nothing was. */
  Badge notice(@Nullable String once, Words words) {
    if (once == null || !ONCE.matcher(once).matches()) {
      return Badge.NONE;
    }
    return switch (shown.crew().ended(once)) {
      case null -> new Badge("o-running", "clock", words.say("outcome.running"));
      case Outcome.Done done -> new Badge("o-done", "check", words.say("outcome.done"));
      case Outcome.Rejected(var reason) ->
          new Badge("o-rejected", "cross", words.say("outcome.rejected", why(reason, words)));
      case Outcome.Failed(var reason) ->
          new Badge("o-failed", "cross", words.say("outcome.failed", why(reason, words)));
      case Outcome.Expired expired -> new Badge("o-failed", "clock", words.say("outcome.expired"));
    };
  }

  private static String why(String reason, Words words) {
    return reason.startsWith(INTERLOCK)
        ? words.name("interlock", reason.substring(INTERLOCK.length()))
        : words.name("outcome", reason);
  }

  private void form(Context context, Deed deed, String subject, Firmness firmness, String trouble) {
    var spoken = sheets.words(context);
    var typed = Sheets.field(context, "next");
    var next = Kept.to(typed.isEmpty() ? next(subject) : typed).path();
    var about = about(deed, subject, spoken);
    var sent = Sheets.field(context, "once");
    context.html(
        sheets
            .templates()
            .form(
                new DeedForm(
                    sheets.sheet(context, "deed." + deed.word(), Tasks.to(deed.word(), subject)),
                    deed,
                    subject,
                    about == null ? "" : about,
                    deed.reasons().stream()
                        .map(reason -> new Choice(reason, spoken.say("why." + reason)))
                        .toList(),
                    deed.lengths().stream()
                        .map(length -> new Choice(length.toString(), Ages.text(length, spoken)))
                        .toList(),
                    sent.isEmpty() ? "page-" + UUID.randomUUID() : sent,
                    next,
                    sheets.gate().who(context),
                    firmness,
                    trouble)));
  }

  /** The asset that it is about, whether the subject is that, an alarm or a point of it. */
  private static String next(String subject) {
    return "/a/" + subject.replaceFirst("/.*", "");
  }

  private Command command(
      Context context, Deed deed, String subject, String once, Session session) {
    return Command.ofCrew(
        once,
        deed.op(),
        subject,
        value(deed, subject),
        session.by(),
        reason(context, deed),
        lease(context, deed));
  }

  /** One of those to choose from, or what was typed beside them. */
  private static String reason(Context context, Deed deed) {
    var chosen = Sheets.field(context, "reason");
    return deed.reasons().contains(chosen)
        ? chosen
        : chosen
            .substring(0, Math.min(chosen.length(), LONGEST_REASON))
            .replaceAll("\\s+", " ")
            .strip();
  }

  private static @Nullable Duration lease(Context context, Deed deed) {
    return switch (deed) {
      case SHELVE, MAINTENANCE -> {
        var chosen = Sheets.field(context, "for");
        yield deed.lengths().stream()
            .filter(length -> length.toString().equals(chosen))
            .findFirst()
            .orElse(deed.lengths().getFirst());
      }
      case TEST -> Deed.TEST_LEASE;
      case STOP -> Duration.ofSeconds(1);
      case ACK, UNSHELVE, MAINTENANCE_END, EMPTIED, CLEANED, NOTE -> null;
    };
  }

  private @Nullable Value value(Deed deed, String subject) {
    return switch (deed) {
      case MAINTENANCE_END -> Value.Flag.FALSE;
      case EMPTIED, CLEANED, NOTE -> new Value.State(deed.word());
      case TEST -> most(point(subject));
      case STOP -> held(point(subject));
      case ACK, SHELVE, UNSHELVE, MAINTENANCE -> null;
    };
  }

  /** On, open, bright: what can be seen. */
  private static @Nullable Value most(@Nullable Point point) {
    if (point == null) {
      return null;
    }
    return point.spec().type() == PointType.FLAG
        ? Value.Flag.TRUE
        : new Value.Num(point.spec().max());
  }

  /** As it is: for a second more, and then whoever is next has it. */
  private @Nullable Value held(@Nullable Point point) {
    if (point == null) {
      return null;
    }
    var owner = shown.view().overview().owners().get(point.index());
    return owner == null ? most(point) : owner.value();
  }

  /** One that the desk may move. */
  private @Nullable Point point(String id) {
    var point = shown.view().overview().point(id);
    return point != null && point.spec().isWritable() ? point : null;
  }

  /** What it would be done to, by name; null when there is nothing of the kind. */
  private @Nullable String about(Deed deed, String subject, Words spoken) {
    var overview = shown.view().overview();
    return switch (deed) {
      case ACK, SHELVE, UNSHELVE -> {
        var stage = Stage.of(shown.view(), spoken, Reader.VIEWER, "");
        yield overview.alarms().stream()
            .filter(alarm -> alarm.id().equals(subject))
            .map(stage.tasks()::said)
            .findFirst()
            .orElse(null);
      }
      case MAINTENANCE, MAINTENANCE_END, EMPTIED, CLEANED, NOTE -> name(overview, subject);
      case TEST, STOP -> {
        var point = point(subject);
        yield point == null
            ? null
            : name(overview, point.id().asset()) + " · " + spoken.name("point", point.name());
      }
    };
  }

  private static @Nullable String name(Overview overview, String asset) {
    return overview.assets().stream()
        .filter(one -> one.id().equals(asset) && one.kind().isListed())
        .map(one -> one.name())
        .findFirst()
        .orElse(null);
  }
}
