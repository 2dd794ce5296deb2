package org.kerbside.drivers.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * libcoap's example server: a sensor that waits to be asked, whose {@code /example_data} can be set
 * and observed. Mark the test {@code @NeedsPeer({"coap-server-notls", "coap-client-notls"})}.
 */
public final class CoapServer implements AutoCloseable {

  private final Process process;
  private final int port;

  private CoapServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it on a port of the loopback. */
  public static CoapServer start(int port) throws IOException {
    var process =
        new ProcessBuilder(
                Peer.path("coap-server-notls").toString(),
                "-A",
                "127.0.0.1",
                "-p",
                String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new CoapServer(process, port);
  }

  /** What it is asked for: {@code coap://127.0.0.1:PORT/example_data}. */
  public static String resource(int port) {
    return "coap://127.0.0.1:%d/example_data".formatted(port);
  }

  /** Has it say something else from now on, to all that observe it. */
  public void says(int contentFormat, Path body) throws Exception {
    Peer.run(
        "coap-client-notls",
        List.of(
            "-m",
            "put",
            "-t",
            String.valueOf(contentFormat),
            "-f",
            body.toString(),
            resource(port)));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
