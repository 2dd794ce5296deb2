package org.kerbside.gateway.cli;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.kerbside.gateway.cli.Requests.Reply;

/**
 * Asks the running service through its control socket; waits at most five seconds for an answer,
 * two minutes for a deed.
 *
 * @param remedy what to do when no service answers
 */
public record ControlClient(Path socket, String remedy) {

  /** What is so; nothing changes by it. */
  public String ask(String request) throws CommandException {
    return talk(request, Talk.PATIENCE).text();
  }

  /** Has something done; waits until it is. */
  Reply have(String request) throws CommandException {
    return talk(request, Talk.LONG_PATIENCE);
  }

  private Reply talk(String request, Duration patience) throws CommandException {
    var answer = said(request, patience);
    var head = Math.max(0, answer.indexOf('\n'));
    var body = answer.substring(Math.min(answer.length(), head + 1));
    var words = answer.substring(0, head).split(" ", 2);
    var exit = words.length < 2 ? Exit.DONE : Exit.of(words[1]);
    return switch (words[0]) {
      case "ok", "end" -> new Reply(exit, body.stripTrailing());
      case "none" -> {
        int cut = Math.max(0, body.indexOf('\n'));
        throw new CommandException(
            exit, body.substring(0, cut), body.substring(Math.min(body.length(), cut + 1)).strip());
      }
      case "no" ->
          throw new CommandException(
              Exit.REFUSED,
              "the service refused: %s".formatted(body.strip()),
              "kerbside version here and there: the service may be older");
      default -> throw silent();
    };
  }

  private String said(String request, Duration patience) throws CommandException {
    if (Files.exists(socket) && !Files.isWritable(socket)) {
      throw new CommandException(
          Exit.NOT_ALLOWED,
          "not allowed on %s".formatted(socket),
          "ask as root, or as a member of the socket's group");
    }
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        var talk = new Talk(channel, patience)) {
      talk.say(request + "\n");
      return talk.rest();
    } catch (IOException nobody) {
      throw silent();
    }
  }

  private CommandException silent() {
    return new CommandException(Exit.NO_ANSWER, "no answer on %s".formatted(socket), remedy);
  }
}
