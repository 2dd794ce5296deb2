package org.kerbside.gateway.uplink;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Progress;

/**
 * What control and the writer told of commands and the city has not heard. Thread-safe. At most
 * {@value #MOST}: the oldest falls out, the outcome travels as an event all the same.
 */
final class Replies {

  static final int MOST = 256;

  /** One thing to tell. */
  sealed interface Reply {
    record OnItsWay(String command, Progress progress) implements Reply {}

    record Ended(Event.Result result) implements Reply {}
  }

  private final Deque<Reply> replies = new ArrayDeque<>();

  synchronized void add(Reply reply) {
    if (replies.size() == MOST) {
      replies.remove();
    }
    replies.add(reply);
  }

  synchronized @Nullable Reply poll() {
    return replies.poll();
  }
}
