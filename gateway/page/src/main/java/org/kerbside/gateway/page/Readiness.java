package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Checkup.Finding;

/**
 * {@code GET /readyz}: whether the gateway does its work, and what the doctor says of each thing.
 * Tried once for all who ask within {@value #KEPT_SECONDS} s, on a thread of its own; told to the
 * neighbourhood alone. Thread-safe.
 */
public final class Readiness implements AutoCloseable {

  private static final long KEPT_SECONDS = 10;
  private static final long KEPT = Duration.ofSeconds(KEPT_SECONDS).toNanos();

  private static final Members<Finding> FINDING =
      Members.<Finding>named("Finding")
          .has("name", Shape.TEXT, Finding::name)
          .has("state", Shape.words(Checkup.State.class, Checkup.State::word), Finding::state)
          .has("text", Shape.TEXT, Finding::text)
          .has("remedy", Shape.TEXT, Finding::remedy);

  private static final Members<List<Finding>> SHAPE =
      Members.<List<Finding>>named("Readiness")
          .has("format", Shape.INTEGER, _ -> 1L)
          .has("ready", Shape.TRUTH, Checkup::isReady)
          .has("findings", Shape.list(FINDING), findings -> findings);

  private final Checkup checkup;
  private final ExecutorService trying =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("page-checks").daemon().factory());

  // Guarded by this: what was tried last, or is being tried, and when that began.
  private @Nullable CompletableFuture<List<Finding>> last;
  private long begun;

  Readiness(Checkup checkup) {
    this.checkup = checkup;
  }

  void tell(Context context) {
    if (!Neighbours.isNear(context.req().getRemoteAddr())) {
      context.status(HttpStatus.FORBIDDEN);
      return;
    }
    var findings = tried().join();
    context
        .status(Checkup.isReady(findings) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .result(json(findings) + "\n")
        .contentType(Json.TYPE);
  }

  private synchronized CompletableFuture<List<Finding>> tried() {
    var known = last;
    if (known == null || (known.isDone() && System.nanoTime() - begun > KEPT)) {
      begun = System.nanoTime();
      known = CompletableFuture.supplyAsync(checkup::tried, trying);
      last = known;
    }
    return known;
  }

  /** What {@code kerbside doctor --format json} prints and {@code /readyz} answers. */
  public static String json(List<Finding> findings) {
    return Json.text(SHAPE, findings).strip();
  }

  @Override
  public void close() {
    trying.shutdownNow();
  }
}
