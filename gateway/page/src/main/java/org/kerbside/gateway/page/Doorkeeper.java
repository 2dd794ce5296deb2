package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;

/** Lets in who shows a job code, and remembers who is in. Thread-safe: one at a time. */
final class Doorkeeper {

  private static final Pattern WORKER = Pattern.compile("[A-Za-z0-9-]{1,16}");
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");
  private static final Pattern GAP = Pattern.compile("[\\s\\p{Pd}]"); // 692 048, 692-048

  private final Access access;
  private final Predicate<Session> maintains;
  // Guarded by this, as the next two.
  private final JobDays days;
  private final Lockout lockout;
  private final Sessions sessions;

  /**
   * @param zone the site's: its days are the codes'
   * @param maintains whether somebody works on the site now, in maintenance mode
   */
  Doorkeeper(Access access, ZoneId zone, Predicate<Session> maintains) {
    this.access = access;
    this.days = new JobDays(zone, access.lastKnown());
    this.maintains = maintains;
    this.lockout = access.visitors().lockout();
    this.sessions = access.visitors().sessions();
    access.visitors().under(access.keys());
  }

  /** What somebody who wants in is told. */
  sealed interface Answer {

    record In(Session session) implements Answer {}

    /** It is no number and code at all; nothing was tried. */
    record Unread() implements Answer {}

    /** It is not today's code of that worker. */
    record Wrong(int left) implements Answer {}

    record Locked(Duration rest) implements Answer {}

    /** Too much was guessed today: only with the cabinet's button. */
    record Closed() implements Answer {}
  }

  /**
   * Somebody wants in.
   *
   * @param client where he asks from: his address
   * @param today what day it is, as he says; counts with the cabinet's button alone, and while
   *     nobody knows better
   */
  synchronized Answer ask(String worker, String code, String client, @Nullable LocalDate today) {
    var number = typed(worker);
    var digits = typed(code);
    if (!WORKER.matcher(number).matches() || !CODE.matcher(digits).matches()) {
      return new Answer.Unread();
    }
    var now = access.clock().now();
    return switch (lockout.of(client, days.today(now), up())) {
      case Lockout.Standing.Locked(var rest) -> new Answer.Locked(rest);
      case Lockout.Standing.Closed() when !access.button().wasPressed() -> new Answer.Closed();
      case Lockout.Standing.Closed() -> tried(number, digits, client, today);
      case Lockout.Standing.Free(var left) -> tried(number, digits, client, today);
    };
  }

  /** The session of that id, used now; null when there is none, or none any more. */
  synchronized @Nullable Session find(String id) {
    return sessions.find(id, up(), maintains);
  }

  /** Whether he is still in; to look is not to use the session. */
  synchronized boolean isIn(Session session) {
    return sessions.has(session, up(), maintains);
  }

  /** Whose session that is, though he does not use it now; null when it is none, or over. */
  synchronized @Nullable Session seen(String id) {
    return sessions.seen(id, up(), maintains);
  }

  synchronized void leave(Session session, String client) {
    sessions.end(session.id());
    tell("logout", client, session, access.clock().now());
  }

  /** Whether a session may do that much; a crew's does an installer's work by the button. */
  boolean covers(Session session, Role least) {
    return session.role().covers(least)
        || (session.role() == Role.CREW && least == Role.INSTALLER && access.button().wasPressed());
  }

  /** Whether anybody can be let in at all. */
  boolean takesCodes() {
    return !access.keys().isEmpty();
  }

  private Answer tried(String worker, String code, String client, @Nullable LocalDate today) {
    var now = access.clock().now();
    var role = role(worker, code, spans(now, today));
    if (role == Role.VIEWER) {
      return missed(client, now);
    }
    lockout.passed(client);
    boolean more = role == Role.CREW && access.button().wasPressed();
    var session = sessions.begin(more ? Role.INSTALLER : role, worker, up(), maintains);
    tell("login", client, session, now);
    return new Answer.In(session);
  }

  /** The highest role that the code stands for; none of the comparisons is left out. */
  private Role role(String worker, String code, List<JobDays.Span> spans) {
    var shown = code.getBytes(US_ASCII);
    var found = Role.VIEWER;
    for (var key : access.keys().entrySet()) {
      for (var span : spans) {
        for (long day = span.first(); day <= span.last(); day++) {
          var right = key.getValue().code(worker, day).getBytes(US_ASCII);
          if (MessageDigest.isEqual(shown, right)) {
            days.accepted(day);
            found = found.compareTo(key.getKey()) < 0 ? key.getKey() : found;
          }
        }
      }
    }
    return found;
  }

  private List<JobDays.Span> spans(Moment now, @Nullable LocalDate today) {
    var told = today == null || !access.button().wasPressed() ? null : days.told(now, today);
    return told == null ? List.of(days.taken(now)) : List.of(days.taken(now), told);
  }

  /** Whether what day it is may have to be said. */
  boolean asksForTheDay() {
    return access.clock().now().clock() == ClockQuality.NONE
        && access.button().press() != CabinetButton.Press.NOT_FITTED;
  }

  private Answer missed(String client, Moment now) {
    return switch (lockout.missed(client, days.today(now), up())) {
      case Lockout.Standing.Free(var left) -> new Answer.Wrong(left);
      case Lockout.Standing.Locked(var rest) -> {
        tell("locked", client, null, now);
        yield new Answer.Locked(rest);
      }
      case Lockout.Standing.Closed() -> {
        tell("closed", client, null, now);
        yield new Answer.Closed();
      }
    };
  }

  private void tell(String what, String client, @Nullable Session session, Moment now) {
    var act = session == null ? null : new Act(Issuer.CREW, session.by(), "", now, null);
    access.audit().accept(new Event.Audit(now, what, client, act));
  }

  /** As it was meant: without gaps, and in plain digits whatever the keyboard wrote. */
  private static String typed(String text) {
    return GAP.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
  }

  private Duration up() {
    return Duration.ofNanos(access.clock().nanos());
  }
}
