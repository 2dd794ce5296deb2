package org.kerbside.gateway.page;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;

/** What becomes of a request that is not done: told as a page, or as a problem to a program. */
record Refusals(Spoken spoken, LoginPages loginPages) {

  void tell(JavalinConfig config) {
    config.routes.exception(Refusal.class, this::refused);
    config.routes.exception(Problem.class, Refusals::told);
    config.routes.exception(HttpException.RuntimeException.class, Refusals::tooLarge);
    config.routes.exception(ServletException.class, Refusals::unread);
    config.routes.exception(IOException.class, Refusals::gone);
  }

  private void refused(Refusal refusal, Context context) {
    if (context.path().startsWith("/api/")) {
      told(Problem.of(refusal, spoken.words(context)), context);
    } else {
      loginPages.refused(refusal, context);
    }
  }

  private static void told(Problem problem, Context context) {
    context.status(problem.status()).result(problem.json()).contentType(Problem.TYPE);
  }

  /** Jetty's own refusals: a body that turned out to be too large while it was read. */
  private static void tooLarge(HttpException.RuntimeException refusal, Context context) {
    context.status(refusal.getCode());
  }

  /** A form with a file that is not whole, or none at all. */
  private static void unread(ServletException form, Context context) {
    context.status(
        form.getCause() instanceof HttpException refusal
            ? refusal.getCode()
            : HttpStatus.BAD_REQUEST.getCode());
    context.header("Connection", "close"); // as the server does: the rest is not read
  }

  /** Who left in the middle of his own request hears nothing, and nobody else does. */
  private static void gone(IOException left, Context context) {
    context.status(HttpStatus.BAD_REQUEST);
  }
}
