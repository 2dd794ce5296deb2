package org.kerbside.gateway.uplink;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The socket that the client library is given: buffered and guarded input, no Nagle, a small send
 * buffer, TLS inside. The raw socket is kept, so that {@link #close} closes it whatever TLS or a
 * blocked writer thinks of it. Tries every address of the host. Closing is thread-safe.
 */
final class Line extends Socket {

  /** An alarm waits behind at most so many bytes that nothing can recall. */
  private static final int SEND_BUFFER = 32 * 1024;

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final Link link;
  private final Addresses addresses;
  private final int largestPacket;
  private final Duration deadline;
  private final Traffic traffic;

  private final CountDownLatch spoke = new CountDownLatch(1);

  private volatile @Nullable InetAddress reached;
  private volatile @Nullable Socket raw;
  private volatile @Nullable Socket talk;
  private volatile @Nullable GuardedInput input;
  private volatile boolean closed;
  private volatile boolean isWelcome;
  private volatile String shown = "";

  Line(Link link, Addresses addresses, int largestPacket, Duration deadline, Traffic traffic) {
    this.link = link;
    this.addresses = addresses;
    this.largestPacket = largestPacket;
    this.deadline = deadline;
    this.traffic = traffic;
  }

  /** Connects to the link's host; what the library resolved does not matter. */
  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    var open = reach();
    var secured =
        switch (link.security()) {
          case PLAIN -> open;
          case TLS -> handshake(open);
        };
    input = new GuardedInput(secured.getInputStream(), largestPacket, spoke);
    talk = secured;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    var guarded = input;
    if (guarded == null) {
      throw new IOException(link + ": not connected");
    }
    return guarded;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Speaking(talk().getOutputStream(), spoke);
  }

  @Override
  public void setSoTimeout(int timeout) {
    try {
      talk().setSoTimeout(timeout);
    } catch (IOException closedMeanwhile) {
      // The next read tells.
    }
  }

  /** Throws on a TLS socket, and then the library forgets to close. */
  @Override
  public void shutdownInput() {}

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    closeRaw();
  }

  /** The broker at the other end took us in. */
  void welcomed() {
    isWelcome = true;
    var address = reached;
    if (address != null) {
      addresses.worked(address);
    }
  }

  /** The fingerprint of the certificate that we showed; empty where we showed none. */
  String shown() {
    return shown;
  }

  /** How long nothing came. */
  Duration silence() {
    var guarded = input;
    return guarded == null
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - guarded.lastInput());
  }

  private Socket talk() throws IOException {
    var open = talk;
    if (open == null) {
      throw new IOException(link + ": not connected");
    }
    return open;
  }

  /** A third for the name, the rest for its addresses, with something left for the talk. */
  private Socket reach() throws IOException {
    var found = addresses.of(link.host(), deadline.dividedBy(3));
    var share = deadline.multipliedBy(2).dividedBy(3L * (found.size() + 1));
    var last = "no address";
    for (var address : found) {
      try {
        var socket = reach(address, (int) Math.max(1, share.toMillis()));
        reached = address;
        return socket;
      } catch (IOException cause) {
        last = "%s: %s".formatted(address.getHostAddress(), cause.getMessage());
      }
    }
    throw new IOException("%s: %s".formatted(link, last));
  }

  @SuppressWarnings("AddressSelection") // each of the host's addresses is tried in turn
  private Socket reach(InetAddress address, int millis) throws IOException {
    var socket = new Bare();
    raw = socket;
    if (closed) {
      closeRaw();
    }
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSendBufferSize(SEND_BUFFER);
      socket.connect(new InetSocketAddress(address, link.port()), millis);
      return socket;
    } catch (IOException cause) {
      closeRaw();
      throw cause;
    }
  }

  private Socket handshake(Socket open) throws IOException {
    var face = new Credentials(link.folder()).face(link.identity());
    shown = face.shown();
    var secured =
        (SSLSocket)
            face.context().getSocketFactory().createSocket(open, link.host(), link.port(), true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(sealing(secured.getSupportedCipherSuites()));
    secured.setSSLParameters(parameters);
    secured.setSoTimeout((int) deadline.toMillis());
    try {
      secured.startHandshake();
    } catch (SSLException cause) {
      throw new IOException("%s: %s".formatted(link, Distrust.of(cause, link.folder())), cause);
    }
    return secured;
  }

  /** Those that encrypt and seal in one (AEAD), with keys that are gone after the connection. */
  private static String[] sealing(String[] suites) {
    return Stream.of(suites)
        .filter(suite -> suite.contains("_GCM_") || suite.contains("_CHACHA20_"))
        .filter(
            suite ->
                suite.startsWith("TLS_AES_")
                    || suite.contains("_ECDHE_")
                    || suite.startsWith("TLS_CHACHA20_"))
        .toArray(String[]::new);
  }

  private void closeRaw() {
    var open = raw;
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyGone) {
        // Closed is what was wanted.
      }
    }
  }

  /**
   * The bare socket. Until it takes us in, a peer may hang up in the middle of what we say: why, it
   * has said before, and reading tells. Only a failed write would keep that from being read. Counts
   * what passes.
   */
  private final class Bare extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = in.read(bytes, offset, length);
          traffic.read(read);
          return read;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          traffic.wrote(length);
          try {
            out.write(bytes, offset, length);
          } catch (IOException gone) {
            if (isWelcome || closed) {
              throw gone;
            }
          }
        }
      };
    }
  }

  /** Tells that the first byte is written. */
  private static final class Speaking extends FilterOutputStream {

    private final CountDownLatch spoke;

    Speaking(OutputStream out, CountDownLatch spoke) {
      super(out);
      this.spoke = spoke;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      spoke.countDown();
      out.write(bytes, offset, length);
    }
  }
}
