package org.kerbside.gateway.page;

/**
 * Somebody who is logged in.
 *
 * @param id what the cookie holds: 128 random bits
 * @param worker the number that was typed
 * @param token what every form of this session repeats: 128 other random bits
 */
record Session(String id, Role role, String worker, String token) {

  /** As commands and events name who did it: {@code crew:4711}. */
  String by() {
    return role.word() + ":" + worker;
  }

  /** Never its secrets: this may be printed in logs. */
  @Override
  public String toString() {
    return by();
  }
}
