package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java process of a test's own that does what it is told, a line at a time, and answers each with
 * a line: what has to live under another environment, or die. Not thread-safe.
 */
public final class Child {

  private final Process process;
  private final Writer tell;
  private final BufferedReader hear;

  private Child(Process process) {
    this.process = process;
    tell = process.outputWriter(UTF_8);
    hear = process.inputReader(UTF_8);
  }

  /**
   * Starts one on the test's own class path; what it says on its error stream goes to ours.
   *
   * @param flags of its JVM
   * @param environment is added to ours
   */
  public static Child start(
      Class<?> main, List<String> flags, Map<String, String> environment, Path argument)
      throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(flags);
    line.addAll(List.of("-cp", classPath(), main.getName(), argument.toString()));
    var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new Child(builder.start());
  }

  /** Surefire may hide the class path in a jar's manifest. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Its answer; "null" when it has ended. */
  public String does(String line) throws IOException {
    tell.write(line + "\n");
    tell.flush();
    return String.valueOf(hear.readLine());
  }

  /** Waits for an end that it makes itself. */
  public int exit() throws InterruptedException {
    return process.waitFor();
  }

  /** SIGKILL, and waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
