package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The pages on which people log in and out, and those that say why something was not done. */
final class LoginPages {

  private static final String LOGIN = "/login";

  private final Sheets sheets;
  private final Gate gate;
  private final Doorkeeper doorkeeper;
  private final Tally tally;

  LoginPages(Sheets sheets, Doorkeeper doorkeeper, Tally tally) {
    this.sheets = sheets;
    this.gate = sheets.gate();
    this.doorkeeper = doorkeeper;
    this.tally = tally;
  }

  /** {@code GET /login?to=/path}, and {@code GET /logout}: who is in, and the way in or out. */
  void show(Context context) {
    var to = context.queryParam("to");
    var trouble = doorkeeper.takesCodes() ? "" : sheets.words(context).say("login.none");
    form(context, HttpStatus.OK, "", trouble, Kept.to(to == null ? "/" : to));
  }

  /** {@code POST /login}: the number and the code. */
  void login(Context context) throws Refusal {
    gate.fromOurPage(context);
    var next = Kept.read(Sheets.field(context, "to"), Sheets.field(context, "kept"));
    var worker = Sheets.field(context, "worker");
    var answer =
        doorkeeper.ask(
            worker,
            Sheets.field(context, "code"),
            context.req().getRemoteAddr(),
            day(Sheets.field(context, "today")));
    tally.wanted(counted(answer));
    switch (answer) {
      case Doorkeeper.Answer.In(var session) -> let(context, session, next);
      case Doorkeeper.Answer.Unread() ->
          form(context, HttpStatus.BAD_REQUEST, worker, say(context, "login.unread"), next);
      case Doorkeeper.Answer.Wrong(var left) ->
          form(
              context,
              HttpStatus.FORBIDDEN,
              worker,
              say(context, "login.wrong", String.valueOf(left)),
              next);
      case Doorkeeper.Answer.Locked(var rest) ->
          form(
              context,
              HttpStatus.TOO_MANY_REQUESTS,
              worker,
              say(context, "login.locked", String.valueOf(minutes(rest))),
              next);
      case Doorkeeper.Answer.Closed() ->
          form(context, HttpStatus.TOO_MANY_REQUESTS, worker, say(context, "login.closed"), next);
    }
  }

  /** As a phone says it; null when it says nothing that is one. */
  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static Tally.Login counted(Doorkeeper.Answer answer) {
    return switch (answer) {
      case Doorkeeper.Answer.In(var _) -> Tally.Login.IN;
      case Doorkeeper.Answer.Unread() -> Tally.Login.UNREAD;
      case Doorkeeper.Answer.Wrong(var _) -> Tally.Login.WRONG;
      case Doorkeeper.Answer.Locked(var _) -> Tally.Login.LOCKED;
      case Doorkeeper.Answer.Closed() -> Tally.Login.CLOSED;
    };
  }

  /** {@code POST /logout}: with the session's token. */
  void logout(Context context) throws Refusal {
    var session = gate.admitted(context, Role.VIEWER);
    doorkeeper.leave(session, context.req().getRemoteAddr());
    gate.forget(context);
    context.redirect("/", HttpStatus.SEE_OTHER);
  }

  /** Says why something was not done; who only lacks a code may show one, and loses nothing. */
  void refused(Refusal refusal, Context context) {
    var why = refusal.why();
    var status = HttpStatus.forStatus(why.status());
    switch (why) {
      case NOBODY, ROLE -> form(context, status, "", say(context, why.key()), kept(context));
      case FOREIGN_HOST, FOREIGN_ORIGIN, NO_TOKEN ->
          answer(
              context,
              status,
              sheets
                  .templates()
                  .refused(
                      new Refused(
                          sheet(context, "refused.title"),
                          say(context, why.key()),
                          say(context, why.key() + ".do"))));
    }
  }

  /** What was sent, to be sent again; a photo is to be taken again. */
  private static Kept kept(Context context) {
    return context.isMultipartFormData()
        ? Kept.to(ScanPages.PATH)
        : Kept.of(context.path(), context.formParamMap());
  }

  private void let(Context context, Session session, Kept next) {
    gate.remember(context, session);
    if (next.fields().isEmpty()) {
      context.redirect(next.path(), HttpStatus.SEE_OTHER);
    } else {
      var resume = new Resume(sheet(context, "login.resume"), session, next);
      answer(context, HttpStatus.OK, sheets.templates().resume(resume));
    }
  }

  private void form(Context context, HttpStatus status, String worker, String trouble, Kept next) {
    var login =
        new Login(
            sheet(context, "login.title"),
            gate.who(context),
            worker,
            trouble,
            doorkeeper.asksForTheDay(),
            next);
    answer(context, status, sheets.templates().login(login));
  }

  private static void answer(Context context, HttpStatus status, String html) {
    context.status(status).html(html);
  }

  private Sheet sheet(Context context, String title) {
    return sheets.sheet(context, title, LOGIN);
  }

  private String say(Context context, String key, String... parts) {
    return sheets.words(context).say(key, parts);
  }

  /** At least one: what is left of a minute is waited for as well. */
  private static long minutes(Duration rest) {
    return rest.plusSeconds(59).toMinutes();
  }
}
