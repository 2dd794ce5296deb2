package org.kerbside.gateway.page;

/**
 * A request that is not answered, as RFC 9457 tells it: the status is HTTP's, the detail says which
 * parameter, what was got and what was expected.
 */
final class Problem extends Exception {

  private static final long serialVersionUID = 1;

  static final String TYPE = "application/problem+json";

  static final Members<Problem> SHAPE =
      Members.<Problem>named("Problem")
          .has("title", Shape.TEXT, problem -> problem.title)
          .has("status", Shape.INTEGER, problem -> (long) problem.status)
          .has("detail", Shape.TEXT, problem -> problem.detail);

  private final int status;
  private final String title;
  private final String detail;

  private Problem(int status, String title, String detail) {
    super(detail);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  static Problem bad(String detail) {
    return new Problem(400, "bad parameter", detail);
  }

  static Problem unknown(String detail) {
    return new Problem(404, "not found", detail);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "not allowed", detail);
  }

  static Problem of(Refusal refusal, Words words) {
    var why = refusal.why();
    return new Problem(why.status(), words.say(why.key()), words.say(why.key() + ".do"));
  }

  int status() {
    return status;
  }

  String json() {
    return Json.text(SHAPE, this);
  }
}
