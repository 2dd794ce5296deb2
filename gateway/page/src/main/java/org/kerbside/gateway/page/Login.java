package org.kerbside.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The login as its template takes it.
 *
 * @param session who is in already; absent when nobody is
 * @param worker the number that was typed
 * @param trouble why he is not in; empty at first
 * @param asksForTheDay whether nobody here knows what day it is, and the cabinet has a button
 * @param next where he goes then, and what he had typed there
 */
record Login(
    Sheet sheet,
    @Nullable Session session,
    String worker,
    String trouble,
    boolean asksForTheDay,
    Kept next) {

  String script() {
    return Files.CLOCK.path();
  }

  /** Both, as a sentence does. */
  String who() {
    var in = session;
    return in == null
        ? ""
        : sheet.words().say("login.as", in.worker(), sheet.words().name("role", in.role().word()));
  }

  String token() {
    var in = session;
    return in == null ? "" : in.token();
  }
}
