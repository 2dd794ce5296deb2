package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** What people ask of a bus; done on its thread, between two polls. Thread-safe and bounded. */
final class Questions {

  private static final int MOST = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(4); // as Inspection promises

  /** What is to be done for an answer. */
  @FunctionalInterface
  interface Work<T> {
    T work() throws DeviceException, InterruptedException;
  }

  /** What somebody waits for. */
  private record Question<T>(Work<T> work, CompletableFuture<T> answer) {

    void turn() throws InterruptedException {
      try {
        answer.complete(work.work());
      } catch (DeviceException told) {
        answer.completeExceptionally(told);
      } catch (RuntimeException bug) {
        answer.completeExceptionally(bug); // Who asked is told; the bus goes on.
      }
    }
  }

  private final BlockingQueue<Question<?>> queue = new ArrayBlockingQueue<>(MOST);

  /** On the caller's thread, which waits. */
  <T> T ask(Work<T> work) throws DeviceException, InterruptedException {
    var question = new Question<>(work, new CompletableFuture<T>());
    if (!queue.offer(question)) {
      throw new Unavailable("%d questions wait already".formatted(MOST));
    }
    try {
      return question.answer().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException busy) {
      queue.remove(question);
      throw new Unavailable("the bus has no time within %d s".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException told) {
      if (told.getCause() instanceof DeviceException itself) {
        throw itself;
      }
      throw new IllegalStateException(told);
    }
  }

  /** On the bus's thread: does the next, waiting for one at most so long. */
  void turn(long nanos) throws InterruptedException {
    var question = queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    if (question != null) {
      question.turn();
    }
  }
}
