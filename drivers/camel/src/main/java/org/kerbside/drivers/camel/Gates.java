package org.kerbside.drivers.camel;

import io.netty.channel.Channel;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.component.netty.DefaultServerInitializerFactory;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.apache.camel.component.netty.http.HttpServerInitializerFactory;
import org.apache.camel.component.netty.http.NettyHttpConsumer;

/** Who stands at an open port: so many connections, and none that says nothing for long. */
final class Gates {

  static final String LINES = "kerbside-lines";
  static final String HTTP = "kerbside-http";

  static final int MOST = 64; // connections
  private static final int SILENT_SECONDS = 60; // more than a commit is held back

  private final AtomicInteger open = new AtomicInteger();

  private Gates() {}

  /** Beans for URIs; only where the component is installed. */
  static Map<String, Object> beans(Way way) {
    return switch (way) {
      case NETTY -> Map.of(LINES, new Keeper(each -> new Lines(each, new Gates())));
      case NETTY_HTTP ->
          Map.of(HTTP, new Keeper(each -> new Http((NettyHttpConsumer) each, new Gates())));
      case FILE, OTHER -> Map.of();
    };
  }

  private boolean lets(Channel channel) {
    if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      var _ = channel.close();
      return false;
    }
    channel.closeFuture().addListener(_ -> open.decrementAndGet());
    return true;
  }

  private static void guard(Channel channel) {
    channel.pipeline().addFirst(new ReadTimeoutHandler(SILENT_SECONDS));
  }

  /** Makes the one for a consumer. */
  private static final class Keeper extends ServerInitializerFactory {

    private final Function<NettyConsumer, ServerInitializerFactory> gate;

    Keeper(Function<NettyConsumer, ServerInitializerFactory> gate) {
      this.gate = gate;
    }

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
      return gate.apply(consumer);
    }

    @Override
    protected void initChannel(Channel channel) {
      throw new IllegalStateException("only what it makes stands at a port");
    }
  }

  private static final class Lines extends DefaultServerInitializerFactory {

    private final Gates gates;

    Lines(NettyConsumer consumer, Gates gates) {
      super(consumer);
      this.gates = gates;
    }

    @Override
    protected void initChannel(Channel channel) throws Exception {
      if (gates.lets(channel)) {
        super.initChannel(channel);
        guard(channel);
      }
    }
  }

  private static final class Http extends HttpServerInitializerFactory {

    private final Gates gates;

    Http(NettyHttpConsumer consumer, Gates gates) {
      super(consumer);
      this.gates = gates;
    }

    @Override
    protected void initChannel(Channel channel) throws Exception {
      if (gates.lets(channel)) {
        super.initChannel(channel);
        guard(channel);
      }
    }
  }
}
