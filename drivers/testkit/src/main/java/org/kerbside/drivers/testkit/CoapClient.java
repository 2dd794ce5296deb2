package org.kerbside.drivers.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * libcoap's own client, a process for each post. It repeats a message that is not acknowledged,
 * from the same port, as RFC 7252 §4.2 says. Mark the test {@code @NeedsPeer("coap-client-notls")}.
 */
public final class CoapClient {

  /** As its first screen says: {@code v:1 t:ACK c:2.04 i:538b …}. */
  private static final Pattern ANSWER = Pattern.compile("(?m)^v:.* c:([245]\\.\\d\\d .*)$");

  private static final int PATIENCE = 50; // seconds

  private CoapClient() {}

  /**
   * Posts a file to {@code /s/{device}}.
   *
   * @return the last answer from its code on; empty when none came
   */
  public static String post(int port, String device, int contentFormat, Path body)
      throws Exception {
    return postPlainly(port, device, contentFormat, body, PATIENCE);
  }

  /**
   * As {@link #post}.
   *
   * @param patience after so many seconds it gives up
   */
  public static String postPlainly(
      int port, String device, int contentFormat, Path body, int patience) throws Exception {
    var uri = "coap://127.0.0.1:%d/s/%s".formatted(port, device);
    return post("coap-client-notls", contentFormat, body, patience, List.of(uri));
  }

  /**
   * As {@link #post}, by DTLS. Mark the test {@code @NeedsPeer("coap-client-openssl")}.
   *
   * @param identity whom the client says it is
   * @param key what it shares with the server, ASCII
   * @param patience after so many seconds it gives up
   */
  public static String postSafely(
      int port,
      String device,
      int contentFormat,
      Path body,
      String identity,
      String key,
      int patience)
      throws Exception {
    return post(
        "coap-client-openssl",
        contentFormat,
        body,
        patience,
        List.of("-u", identity, "-k", key, "coaps://127.0.0.1:%d/s/%s".formatted(port, device)));
  }

  /**
   * As {@link #postSafely}, by certificates.
   *
   * @param own the client's, key and certificate in one PEM file
   * @param authority that it believes the server's certificate by
   */
  public static String postCertified(
      int port, String device, int contentFormat, Path body, Path own, Path authority, int patience)
      throws Exception {
    return post(
        "coap-client-openssl",
        contentFormat,
        body,
        patience,
        List.of(
            "-c",
            own.toString(),
            "-R",
            authority.toString(),
            "coaps://127.0.0.1:%d/s/%s".formatted(port, device)));
  }

  /** Reads a resource; the last answer from its code on, and what it printed of the body. */
  public static String get(int port, String path) throws Exception {
    var said =
        Peer.run(
            "coap-client-notls",
            List.of("-v", "6", "-m", "get", "coap://127.0.0.1:%d/%s".formatted(port, path)));
    return said.output();
  }

  private static String post(
      String client, int contentFormat, Path body, int patience, List<String> more)
      throws Exception {
    var line = new ArrayList<String>();
    line.addAll(List.of("-v", "6", "-m", "post", "-B", String.valueOf(patience)));
    line.addAll(List.of("-t", String.valueOf(contentFormat), "-f", body.toString()));
    line.addAll(more);
    return ANSWER
        .matcher(Peer.run(client, line).output())
        .results()
        .map(match -> match.group(1))
        .reduce((earlier, last) -> last)
        .orElse("");
  }
}
