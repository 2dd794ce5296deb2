package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that will not stop holds up nobody, and nobody's place. */
@Timeout(30)
class ListeningTest {

  @Test
  void whatHangsIsLeftAndAnotherListensInItsPlace() throws Exception {
    var never = new CountDownLatch(1);
    var hanging = server(at(0));
    hanging.unsafe.events.serverStopping(never::await);
    Listening.start(hanging, at(0));
    var place = at(hanging.port());

    Listening.stop(hanging);

    var next = server(place);
    Listening.start(next, place);
    assertThat(next.port()).isEqualTo(place.getPort());
    Listening.stop(next);
    never.countDown();
  }

  private static Javalin server(InetSocketAddress address) {
    return Javalin.create(config -> Listening.limit(config, address, new Crowd()));
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
