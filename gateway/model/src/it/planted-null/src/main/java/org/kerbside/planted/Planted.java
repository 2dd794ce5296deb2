package org.kerbside.planted;

/** Breaks its promise: says that it returns a string, and returns none. */
final class Planted {

  private Planted() {}

  static String name() {
    return null;
  }
}
