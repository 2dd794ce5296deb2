package org.kerbside.drivers.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * libcoap's own client, a process for each post. It repeats a message that is not acknowledged,
 * from the same port, as RFC 7252 §4.2 says. Mark the test {@code @NeedsPeer("coap-client-notls")}.
 */
public final class CoapClient {

  /** As its first screen says: {@code v:1 t:ACK c:2.04 i:538b …}. */
  private static final Pattern ANSWER = Pattern.compile("(?m)^v:.* c:([245]\\.\\d\\d .*)$");

  private static final String PATIENCE_SECONDS = "50";

  private CoapClient() {}

  /**
   * Posts a file to {@code /s/{device}}.
   *
   * @return the last answer from its code on; empty when none came
   */
  public static String post(int port, String device, int contentFormat, Path body)
      throws Exception {
    var said =
        Peer.run(
            "coap-client-notls",
            List.of(
                "-v",
                "6",
                "-m",
                "post",
                "-B",
                PATIENCE_SECONDS,
                "-t",
                String.valueOf(contentFormat),
                "-f",
                body.toString(),
                "coap://127.0.0.1:%d/s/%s".formatted(port, device)));
    return ANSWER
        .matcher(said.output())
        .results()
        .map(match -> match.group(1))
        .reduce((earlier, last) -> last)
        .orElse("");
  }
}
