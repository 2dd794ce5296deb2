package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the city has of a gateway that was stopped in order, whenever in a second that is. */
class GoodbyeTest {

  private final Street street = new Street();
  private long nanos;

  /** A broker that acknowledges when it is told to. */
  private static final class Slow implements Connection {

    private final List<String> states = new ArrayList<>();
    private final Queue<Message> unanswered = new ArrayDeque<>();
    private boolean isLeft;

    @Override
    public void subscribe(List<String> filters) {}

    @Override
    public void publish(Message message) {
      unanswered.add(message);
      if (message.topic().endsWith("/state")) {
        states.add(
            new String(message.payload(), UTF_8).replaceAll(".*\"state\":\"(\\w+)\".*", "$1"));
      }
    }

    @Override
    public void acknowledge(Request request) {}

    @Override
    public Duration silence() {
      return Duration.ZERO;
    }

    @Override
    public void leave() {
      isLeft = true;
    }

    @Override
    public void sever() {}

    void answer(Supervisor uplink) {
      while (!unanswered.isEmpty()) {
        uplink.step(new Signal.Acknowledged(unanswered.remove(), 0));
      }
    }
  }

  /** Once a second it looks around and says that it is online: not after it has said goodbye. */
  @ParameterizedTest
  @ValueSource(longs = {0, 999, 1_000, 1_500})
  void theLastWordIsOffline(long millis) {
    street.nanos = () -> nanos;
    var broker = new Slow();
    try (var uplink = street.uplink((will, mailbox) -> broker)) {
      var supervisor = uplink.supervisor();
      supervisor.step(null);
      supervisor.step(new Signal.Connected(1_000, 1_000_000));
      broker.answer(supervisor);
      nanos += Duration.ofMillis(millis).toNanos();
      supervisor.step(new Signal.Stop());
      broker.answer(supervisor);
    }
    assertThat(broker.states).containsExactly("online", "offline");
    assertThat(broker.isLeft).isTrue();
  }
}
