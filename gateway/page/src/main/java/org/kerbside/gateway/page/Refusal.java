package org.kerbside.gateway.page;

/** A request that is not done, because of who asks or how. Nothing has moved. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  /** Why, with the status of HTTP and the key of the words; {@code key.do} says what to do. */
  enum Why {
    /** Sent to a name that is not ours: somebody else's page points at us. */
    FOREIGN_HOST(403, "refused.host"),
    /** Sent by somebody else's page. */
    FOREIGN_ORIGIN(403, "refused.origin"),
    /** Nobody is logged in, or nobody any more. */
    NOBODY(401, "refused.nobody"),
    /** Not from a form of this session. */
    NO_TOKEN(403, "refused.token"),
    /** His code is not enough. */
    ROLE(403, "refused.role");

    private final int status;
    private final String key;

    Why(int status, String key) {
      this.status = status;
      this.key = key;
    }

    int status() {
      return status;
    }

    String key() {
      return key;
    }
  }

  private final Why why;

  Refusal(Why why) {
    super(why.key());
    this.why = why;
  }

  Why why() {
    return why;
  }
}
