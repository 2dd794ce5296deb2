package org.kerbside.gateway.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * The service's door for the other commands: a Unix socket in its data folder, which owner and
 * group may open.
 *
 * <p>A talk is one line asked, at most 2,048 bytes and within five seconds, and {@code ok}, {@code
 * end}, {@code none} or {@code no} on a line with the answer after it. Answers are made on a
 * virtual thread of the talk: suppliers must be safe to call from anywhere. At most {@value #TALKS}
 * talks at a time, what comes on top waits.
 */
public final class ControlServer implements AutoCloseable {

  /** The socket's name in the data folder. */
  public static final String SOCKET = "control.sock";

  private static final int TALKS = 16;

  private final Path socket;
  private final ServerSocketChannel door;
  private final Requests.Source requests;
  private final Semaphore talks = new Semaphore(TALKS);

  private ControlServer(Path socket, ServerSocketChannel door, Requests.Source requests) {
    this.socket = socket;
    this.door = door;
    this.requests = requests;
  }

  /**
   * Opens the door; a socket file that a killed process left is replaced.
   *
   * @param requests asked for with each talk
   */
  public static ControlServer open(Path socket, Requests.Source requests) throws CommandException {
    if (isAnswered(socket)) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "another kerbside serves from %s".formatted(socket),
          "stop it, or take another folder: --data DIR");
    }
    try {
      Files.deleteIfExists(socket);
      var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
      var server = new ControlServer(socket, door, requests);
      Thread.ofVirtual().name("control door").start(server::serve);
      return server;
    } catch (IOException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "cannot open %s: %s".formatted(socket, e.getMessage()),
          "take a folder of your own with a short path: --data DIR");
    }
  }

  /** The key of an answer: the command, and how it is to be told. */
  public static String request(String command, Format format) {
    return command + " " + format.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() throws IOException {
    door.close();
    Files.deleteIfExists(socket);
  }

  private static boolean isAnswered(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  private void serve() {
    while (door.isOpen()) {
      try {
        talks.acquire();
        var visitor = door.accept();
        Thread.ofVirtual().name("control talk").start(() -> answer(visitor));
      } catch (IOException | InterruptedException closed) {
        return;
      }
    }
  }

  private void answer(SocketChannel visitor) {
    try (var talk = new Talk(visitor)) {
      var request = talk.line();
      talk.stay();
      talk.say(answer(request, visitor));
    } catch (IOException gone) {
      // The visitor left or was too slow; nobody is there to be told.
    } finally {
      talks.release();
    }
  }

  private String answer(String request, SocketChannel visitor) throws IOException {
    int last = request.lastIndexOf(' ');
    var what = last < 0 ? request : request.substring(0, last);
    var words = request.substring(last + 1);
    try {
      var all = requests.now();
      if (all.answers().containsKey(request)) {
        return "ok\n%s\n".formatted(all.answers().get(request).get());
      }
      if (all.about().containsKey(what)) {
        return "ok\n%s\n".formatted(all.about().get(what).answer(words));
      }
      if (all.deeds().containsKey(what)) {
        var reply = all.deeds().get(what).done(words, allowed(visitor));
        return "end %d\n%s\n".formatted(reply.exit().code(), reply.text());
      }
      if (all.otherwise() != null) {
        throw all.otherwise();
      }
      return "no\nunknown request '%s'\n".formatted(request);
    } catch (CommandException nothing) {
      return "none %d\n%s\n%s\n"
          .formatted(nothing.exit().code(), nothing.getMessage(), nothing.help());
    }
  }

  private static Visitor allowed(SocketChannel talk) throws IOException, CommandException {
    var visitor = Visitor.of(talk);
    if (!visitor.mayAct()) {
      throw new CommandException(
          Exit.NOT_ALLOWED,
          "'%s' may ask, and change nothing".formatted(visitor.user()),
          "do it as root, or as a member of the group %s".formatted(Visitor.ADMINISTRATORS));
    }
    return visitor;
  }
}
