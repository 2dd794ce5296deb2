package org.kerbside.gateway.uplink;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A broker of a few lines, which answers as it is told: by a reason code where a payload is one
 * that it does not like, by DISCONNECT where it is told so. No message goes anywhere.
 */
final class Peer implements AutoCloseable {

  /** What it does with a payload that it does not like. */
  enum Manner {
    ANSWERS,
    HANGS_UP
  }

  /** A PUBLISH that it took. */
  record Taken(String topic, String text) {}

  private final Script script = new Script((talk, call) -> serve(talk));
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<Taken> refused = new CopyOnWriteArrayList<>();
  private final int code;
  private final Manner manner;
  private final Predicate<String> dislikes;

  /**
   * @param code that it refuses with
   */
  Peer(int code, Manner manner, Predicate<String> dislikes) throws IOException {
    this.code = code;
    this.manner = manner;
    this.dislikes = dislikes;
  }

  int port() {
    return script.port();
  }

  List<String> taken(String tail) {
    return taken.stream().filter(t -> t.topic().endsWith("/" + tail)).map(Taken::text).toList();
  }

  List<Taken> refused() {
    return refused;
  }

  @Override
  public void close() throws IOException {
    script.close();
  }

  private void serve(Talk talk) throws IOException {
    talk.welcome();
    while (true) {
      var packet = talk.next();
      if (packet.type() == Talk.PUBLISH) {
        publish(talk, talk.published(packet));
      } else {
        talk.answer(packet);
      }
    }
  }

  private void publish(Talk talk, Talk.Published published) throws IOException {
    boolean isRefused = dislikes.test(published.text());
    (isRefused ? refused : taken).add(new Taken(published.topic(), published.text()));
    if (isRefused && manner == Manner.HANGS_UP) {
      talk.disconnect(code);
      throw new EOFException("hung up");
    }
    talk.puback(published, isRefused ? code : 0);
  }
}
