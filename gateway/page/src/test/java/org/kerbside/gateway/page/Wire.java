package org.kerbside.gateway.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What lies between a phone and the page: passes everything on until it is cut or goes deaf. */
final class Wire implements AutoCloseable {

  private final ServerSocket door;
  private final int beyond;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile String lost = ""; // what is asked for there is never answered; empty: nothing

  /** What went one way so far. */
  private static final class Said {

    private final StringBuilder text = new StringBuilder(); // guarded by this

    synchronized void add(String more) {
      text.append(more);
    }

    synchronized String all() {
      return text.toString();
    }
  }

  /** One connection, and the paths that were asked for on it. */
  private final class Link {

    private final Socket phone;
    private final Socket page;
    private final Said asked = new Said();
    private final Said told = new Said();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isDeaf;

    Link(Socket phone, Socket page) {
      this.phone = phone;
      this.page = page;
    }

    void carry() throws IOException {
      var up = Thread.startVirtualThread(() -> copy(phone, page, asked));
      copy(page, phone, told);
      up.interrupt();
      end();
    }

    private void copy(Socket from, Socket to, Said said) {
      try {
        pass(from.getInputStream(), to.getOutputStream(), said);
      } catch (IOException over) {
        // Either end has gone.
      } finally {
        end();
      }
    }

    private void pass(InputStream in, OutputStream out, Said said) throws IOException {
      var piece = new byte[8192];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (said == told && !lost.isEmpty() && asked.all().contains(lost)) {
          return; // The link is cut between a request and its answer.
        }
        said.add(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
        if (!isDeaf) {
          out.write(piece, 0, read);
          out.flush();
        }
      }
    }

    void end() {
      for (var socket : List.of(phone, page)) {
        try {
          socket.close();
        } catch (IOException gone) {
          // So it is.
        }
      }
      ended.countDown();
    }
  }

  Wire(int beyond) throws IOException {
    this.beyond = beyond;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        var phone = door.accept();
        var link = new Link(phone, new Socket(InetAddress.getLoopbackAddress(), beyond));
        links.add(link);
        Thread.startVirtualThread(
            () -> {
              try {
                link.carry();
              } catch (IOException over) {
                link.end();
              }
            });
      }
    } catch (IOException closed) {
      // It was closed.
    }
  }

  /** Nothing passes any more where that path was asked for, and nobody is told. */
  void goDeaf(String path) {
    links.stream()
        .filter(link -> link.asked.all().contains("GET " + path))
        .forEach(link -> link.isDeaf = true);
  }

  /**
   * From now on what is so asked for reaches the page, and its link is cut before the answer.
   *
   * @param request as {@code POST /path}; empty: everything is answered again
   */
  void losesAnswersTo(String request) {
    lost = request;
  }

  /** How often that reached the page. */
  long passed(String request) {
    return links.stream().mapToLong(link -> link.asked.all().split(request, -1).length - 1L).sum();
  }

  /** Waits until the page has said that on one of them. */
  void awaitTold(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (links.stream().noneMatch(link -> link.told.all().contains(text))) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("nobody was told " + text);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Cuts everything that is open. */
  void cut() {
    links.forEach(Link::end);
  }

  /** How often that path was asked for. */
  long opened(String path) {
    return passed("GET " + path + "[? ]");
  }

  /** Waits until who asked for that path last is gone. */
  void awaitClosed(String path) throws InterruptedException {
    for (var link : links) {
      if (link.asked.all().contains("GET " + path) && !link.ended.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError(path + " is open still");
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
