package org.kerbside.gateway.page;

import jakarta.servlet.ServletRequest;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;

/**
 * The open connections, {@value #MOST} at most. One more, and of the phone that has most of them
 * the one goes that has asked for nothing for the longest time: whoever is slow, or only there,
 * makes room, whoever asks is heard, and who comes again and again crowds out himself alone.
 * Streams stay; they are few by a limit of their own. Thread-safe.
 */
final class Crowd implements Connection.Listener {

  static final int MOST = 64;

  // Guarded by this, as the next; who asked last is last.
  private final SequencedSet<Connection> open = new LinkedHashSet<>();
  private final Set<Connection> streams = new HashSet<>();

  @Override
  public synchronized void onOpened(Connection connection) {
    open.addLast(connection);
    if (open.size() + streams.size() > MOST) {
      var idlest = idlest();
      open.remove(idlest);
      // As if it had gone by itself: who writes to it still hears that, and no log is filled.
      idlest.getEndPoint().close(new EofException("crowded out"));
    }
  }

  /** Of who has most. Never none: the one that came is open. */
  private Connection idlest() {
    var all = new HashMap<String, Integer>();
    open.forEach(connection -> all.merge(address(connection), 1, Integer::sum));
    int most = Collections.max(all.values());
    return open.stream()
        .filter(connection -> all.getOrDefault(address(connection), 0) == most)
        .findFirst()
        .orElseGet(open::getFirst);
  }

  /** Without the port, which is another each time; of one that is gone already none. */
  private static String address(Connection connection) {
    return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "";
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
    streams.remove(connection);
  }

  /** A whole head of a request has come. */
  synchronized void asks(ServletRequest request) {
    var connection = connection(request);
    if (open.contains(connection)) {
      open.addLast(connection); // moves it
    }
  }

  /** What is answered there goes on and on. */
  synchronized void streams(ServletRequest request) {
    var connection = connection(request);
    if (open.remove(connection)) {
      streams.add(connection);
    }
  }

  private static Connection connection(ServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection();
  }
}
