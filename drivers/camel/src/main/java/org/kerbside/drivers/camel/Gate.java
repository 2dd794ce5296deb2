package org.kerbside.drivers.camel;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.Delimiters;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.netty.ChannelHandlerFactories;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/**
 * Stands at an open port: lets in so many connections, and none that says nothing for long. A
 * decoder by its place in the pipeline only: {@code netty-http} takes no other handler of ours.
 */
final class Gate extends DefaultChannelHandlerFactory {

  /** What a URI says for it. */
  static final String REQUESTS = "#kerbside-gate";

  /** Likewise, with what takes a stream apart into lines behind it. */
  static final String LINES = "#kerbside-gate,#kerbside-lines,#kerbside-bytes";

  static final int MOST = 64; // connections
  private static final int LONGEST_LINE = 64 * 1024; // bytes
  private static final int SILENT_SECONDS = 60; // more than a commit is held back

  private final AtomicInteger open = new AtomicInteger();

  /** Beans for URIs. */
  static Map<String, Object> beans(Way way) {
    return switch (way) {
      case NETTY ->
          Map.of(
              "kerbside-gate",
              new Gate(),
              "kerbside-lines",
              ChannelHandlerFactories.newDelimiterBasedFrameDecoder(
                  LONGEST_LINE, Delimiters.lineDelimiter(), "tcp"),
              "kerbside-bytes",
              ChannelHandlerFactories.newByteArrayDecoder("tcp"));
      case NETTY_HTTP -> Map.of("kerbside-gate", new Gate());
      case FILE, OTHER -> Map.of();
    };
  }

  @Override
  public ChannelHandler newChannelHandler() {
    return new Guard();
  }

  /** Of one connection. */
  private final class Guard extends ChannelInboundHandlerAdapter {

    @Override
    public void handlerAdded(ChannelHandlerContext connection) {
      connection.channel().closeFuture().addListener(_ -> open.decrementAndGet());
      if (open.incrementAndGet() > MOST) {
        var _ = connection.close();
      } else {
        connection.pipeline().addFirst(new ReadTimeoutHandler(SILENT_SECONDS));
      }
    }
  }
}
