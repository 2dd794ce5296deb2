package org.kerbside.gateway.uplink;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads that are alive, and where each stands: one too many tells whose it is. */
final class Threads {

  private Threads() {}

  /** Those whose names begin so. */
  static List<String> named(String... beginnings) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> Stream.of(beginnings).anyMatch(thread.getKey().getName()::startsWith))
        .map(thread -> thread.getKey().getName() + standing(thread.getValue()))
        .toList();
  }

  private static String standing(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .limit(12)
        .map(frame -> "\n    at " + frame)
        .collect(Collectors.joining());
  }
}
