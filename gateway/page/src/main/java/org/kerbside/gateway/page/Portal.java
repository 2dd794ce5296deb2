package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a phone is sent that reached us by somebody else's name: the access point's DNS answers
 * every one. What its system asks to learn whether it is on the Internet leads to the page, until
 * somebody there says that he stays; from then on, for {@value #STAY_MINUTES} min, it is told what
 * it wants to hear, so that it does not leave the network. Thread-safe.
 */
final class Portal {

  /** Marks the page that opened by itself. */
  static final String OPENED = "portal";

  private static final long STAY_MINUTES = 30;
  private static final Duration STAY = Duration.ofMinutes(STAY_MINUTES);
  private static final int MOST = 256;

  /** What a system takes for the Internet, by the path that it asks for, whatever the host. */
  private static final Map<String, Answer> PROBES =
      Map.of(
          // Android, and so MIUI, HarmonyOS and EMUI, vivo, OPPO, HONOR, each at a host of its own.
          "/generate_204",
          Answer.NOTHING,
          "/gen_204",
          Answer.NOTHING,
          // iOS and macOS.
          "/hotspot-detect.html",
          Answer.APPLE,
          "/library/test/success.html",
          Answer.APPLE,
          // Windows 10 and later, and before.
          "/connecttest.txt",
          new Answer(HttpStatus.OK, "text/plain", "Microsoft Connect Test"),
          "/ncsi.txt",
          new Answer(HttpStatus.OK, "text/plain", "Microsoft NCSI"));

  private record Answer(HttpStatus status, String type, String body) {

    static final Answer NOTHING = new Answer(HttpStatus.NO_CONTENT, "", "");
    static final Answer APPLE =
        new Answer(
            HttpStatus.OK,
            "text/html",
            "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>");

    void give(Context context) {
      context.status(status);
      if (!type.isEmpty()) {
        context.contentType(type).result(body);
      }
    }
  }

  private final @Nullable AccessPoint point;
  private final LongSupplier nanos;

  // Guarded by this: until when each phone is told so, by address; who came last is last.
  private final SequencedMap<String, Long> staying = new LinkedHashMap<>();

  /**
   * @param point the access point; absent where the cabinet has none that we know of
   * @param nanos time since any instant, that only grows
   */
  Portal(@Nullable AccessPoint point, LongSupplier nanos) {
    this.point = point;
    this.nanos = nanos;
  }

  /** Answers what came by a foreign name; nothing of ours is told under it. */
  void greet(Context context) throws Refusal {
    if (!context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.HEAD)) {
      throw new Refusal(Refusal.Why.FOREIGN_HOST);
    }
    var answer = PROBES.get(context.path());
    if (answer == null) {
      context.redirect(home(context));
    } else if (isStaying(context.req().getRemoteAddr())) {
      answer.give(context);
    } else {
      context.redirect(home(context) + "?" + OPENED + "=1");
    }
  }

  /** Of a phone that stays: its system is content from now on. */
  synchronized void stays(String remote) {
    staying.putLast(remote, nanos.getAsLong() + STAY.toNanos());
    if (staying.size() > MOST) {
      staying.pollFirstEntry();
    }
  }

  private synchronized boolean isStaying(String remote) {
    var until = staying.get(remote);
    return until != null && until - nanos.getAsLong() > 0;
  }

  /** Where a browser finds us that the system opened by itself. */
  String address(Context context) {
    var home = home(context);
    return home.substring(0, home.length() - 1);
  }

  /** What a phone sends to the access point is led on to another address, which it cannot reach. */
  private String home(Context context) {
    var request = context.req();
    var own = point;
    return own != null && own.has(request.getRemoteAddr())
        ? own.url() + "/"
        : Hosts.address(request.getLocalAddr(), request.getLocalPort());
  }
}
