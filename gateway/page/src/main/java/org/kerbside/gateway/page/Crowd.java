package org.kerbside.gateway.page;

import jakarta.servlet.ServletRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;

/**
 * The open connections, {@value #MOST} at most. One more, and the one goes that has asked for
 * nothing for the longest time: whoever is slow, or only there, makes room, and whoever asks is
 * heard. Streams stay; they are few by a limit of their own. Thread-safe.
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
      open.removeFirst().getEndPoint().close();
    }
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
