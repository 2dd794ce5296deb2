package org.kerbside.drivers.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a real program to its end and tells what it said. */
public final class Peer {

  private static final long PATIENCE_SECONDS = 60;

  private Peer() {}

  /** How a program ended, and what it wrote to both its streams. */
  public record Ended(int exit, String output) {}

  public static Ended run(String command, List<String> arguments)
      throws IOException, InterruptedException {
    var process = start(command, arguments);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("%s did not end; it said: %s".formatted(command, output));
    }
    return new Ended(process.exitValue(), output);
  }

  /** Starts it with both streams as one; standard input is the caller's to close. */
  public static Process start(String command, List<String> arguments) throws IOException {
    var line = new ArrayList<String>();
    line.add(path(command).toString());
    line.addAll(arguments);
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  /** Where a program, or a library to be preloaded, is. */
  public static Path path(String command) {
    var found = PeerCondition.find(command);
    if (found == null) {
      throw new AssertionError("%s is missing; mark the test @NeedsPeer".formatted(command));
    }
    return found;
  }
}
