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
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The service's door for the other commands: a Unix socket in its data folder, which owner and
 * group may open.
 *
 * <p>A talk is one line asked, at most 256 bytes and within five seconds, and {@code ok} or {@code
 * no} on a line with the answer after it. Answers are made on a virtual thread of the talk:
 * suppliers must be safe to call from anywhere. At most {@value #TALKS} talks at a time, what comes
 * on top waits.
 */
public final class ControlServer implements AutoCloseable {

  /** The socket's name in the data folder. */
  public static final String SOCKET = "control.sock";

  private static final int TALKS = 16;

  private final Path socket;
  private final ServerSocketChannel door;
  private final Map<String, Supplier<String>> answers;
  private final Map<String, About> about;
  private final Semaphore talks = new Semaphore(TALKS);

  /** Answers a request about one thing, or says that there is no such thing. */
  public interface About {
    String answer(String thing) throws CommandException;
  }

  private ControlServer(
      Path socket,
      ServerSocketChannel door,
      Map<String, Supplier<String>> answers,
      Map<String, About> about) {
    this.about = Map.copyOf(about);
    this.socket = socket;
    this.door = door;
    this.answers = Map.copyOf(answers);
  }

  /**
   * Opens the door; a socket file that a killed process left is replaced.
   *
   * @param answers by request, see {@link #request}
   */
  public static ControlServer open(Path socket, Map<String, Supplier<String>> answers)
      throws CommandException {
    return open(socket, answers, Map.of());
  }

  /**
   * As {@link #open(Path, Map)}.
   *
   * @param about by request, for those that end with the name of a thing
   */
  public static ControlServer open(
      Path socket, Map<String, Supplier<String>> answers, Map<String, About> about)
      throws CommandException {
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
      var server = new ControlServer(socket, door, answers, about);
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
      talk.say(answer(talk.line()));
    } catch (IOException gone) {
      // The visitor left or was too slow; nobody is there to be told.
    } finally {
      talks.release();
    }
  }

  private String answer(String request) {
    var answer = answers.get(request);
    int last = request.lastIndexOf(' ');
    var asked = last < 0 ? null : about.get(request.substring(0, last));
    if (answer == null && asked == null) {
      return "no\nunknown request '%s'\n".formatted(request);
    }
    try {
      var told = asked == null ? "" : asked.answer(request.substring(last + 1));
      return "ok\n%s\n".formatted(answer == null ? told : answer.get());
    } catch (CommandException nothing) {
      return "none\n%s\n%s\n".formatted(nothing.getMessage(), nothing.help());
    }
  }
}
