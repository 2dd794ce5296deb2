package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.page.Refusal.Why;

/**
 * The one place where a request is asked who sends it, and from where. What changes something comes
 * from a page of ours, of a session, with that session's token.
 */
final class Gate {

  /** The hidden field that every form repeats; scripts send it as {@link #TOKEN_HEADER}. */
  static final String TOKEN = "token";

  static final String TOKEN_HEADER = "X-Kerbside-Token";

  static final String COOKIE = "kerbside";
  private static final int WHILE_OPEN = -1; // no age: gone with the browser

  private final Doorkeeper doorkeeper;
  private final String bound;

  /**
   * @param bound the host that the page listens at, as it was written
   */
  Gate(Doorkeeper doorkeeper, String bound) {
    this.doorkeeper = doorkeeper;
    this.bound = bound;
  }

  /** Who is logged in there; null when nobody is. */
  @Nullable Session who(Context context) {
    var id = context.cookie(COOKIE);
    return id == null ? null : doorkeeper.find(id);
  }

  /** Whether who was logged in still is; for what is shown to him without his asking. */
  boolean isIn(Session session) {
    return doorkeeper.isIn(session);
  }

  /** Whether somebody is logged in who may do that much. */
  boolean covers(Context context, Role least) {
    var session = seen(context);
    return session != null && doorkeeper.covers(session, least);
  }

  /** Who only looks, at what {@code least} is asked for; nobody stays logged in by that. */
  void shown(Context context, Role least) throws Refusal {
    var session = seen(context);
    if (session == null) {
      throw new Refusal(Why.NOBODY);
    }
    if (!doorkeeper.covers(session, least)) {
      throw new Refusal(Why.ROLE);
    }
  }

  private @Nullable Session seen(Context context) {
    var id = context.cookie(COOKIE);
    return id == null ? null : doorkeeper.seen(id);
  }

  /** Who asks for a change, of which {@code least} is asked. */
  Session admitted(Context context, Role least) throws Refusal {
    fromOurPage(context);
    var session = who(context);
    if (session == null) {
      throw new Refusal(Why.NOBODY);
    }
    if (!doorkeeper.covers(session, least)) {
      throw new Refusal(Why.ROLE);
    }
    if (!isSame(session.token(), token(context))) {
      throw new Refusal(Why.NO_TOKEN);
    }
    return session;
  }

  /**
   * Refuses what another's page sends. Browsers tell a form's origin even on plain http; {@code
   * Sec-Fetch-Site} they tell only to addresses that they trust.
   */
  void fromOurPage(Context context) throws Refusal {
    var host = context.header("Host");
    if (host == null || !Hosts.isOurs(host, bound)) {
      throw new Refusal(Why.FOREIGN_HOST);
    }
    var ours = context.scheme() + "://" + host.toLowerCase(Locale.ROOT);
    var origin = context.header("Origin");
    var site = context.header("Sec-Fetch-Site");
    if (origin == null
        || !origin.toLowerCase(Locale.ROOT).equals(ours)
        || (site != null && !site.equals("same-origin"))) {
      throw new Refusal(Why.FOREIGN_ORIGIN);
    }
  }

  /** Gives a browser its session. */
  void remember(Context context, Session session) {
    context.cookie(cookie(session.id(), WHILE_OPEN, context));
  }

  /** Takes it away again. */
  void forget(Context context) {
    context.cookie(cookie("", 0, context));
  }

  private static Cookie cookie(String id, int age, Context context) {
    boolean isSecure = context.scheme().equals("https");
    return new Cookie(COOKIE, id, "/", age, isSecure, true, null, SameSite.STRICT);
  }

  private static String token(Context context) {
    var header = context.header(TOKEN_HEADER);
    var field = header == null ? context.formParam(TOKEN) : header;
    return field == null ? "" : field;
  }

  private static boolean isSame(String secret, String shown) {
    return MessageDigest.isEqual(secret.getBytes(UTF_8), shown.getBytes(UTF_8));
  }
}
