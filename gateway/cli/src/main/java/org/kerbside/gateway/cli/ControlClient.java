package org.kerbside.gateway.cli;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks the running service through its control socket; waits at most five seconds.
 *
 * @param remedy what to do when no service answers
 */
record ControlClient(Path socket, String remedy) {

  String ask(String request) throws CommandException {
    var answer = talk(request);
    var head = answer.indexOf('\n');
    var body = answer.substring(head + 1);
    return switch (answer.substring(0, Math.max(0, head))) {
      case "ok" -> body;
      case "none" -> {
        int cut = body.indexOf('\n');
        throw new CommandException(
            Exit.WRONG_INPUT, body.substring(0, Math.max(0, cut)), body.substring(cut + 1).strip());
      }
      case "no" ->
          throw new CommandException(
              Exit.REFUSED,
              "the service refused: %s".formatted(body.strip()),
              "kerbside version here and there: the service may be older");
      default -> throw silent();
    };
  }

  private String talk(String request) throws CommandException {
    if (Files.exists(socket) && !Files.isWritable(socket)) {
      throw new CommandException(
          Exit.NOT_ALLOWED,
          "not allowed on %s".formatted(socket),
          "ask as root, or as a member of the socket's group");
    }
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        var talk = new Talk(channel)) {
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
