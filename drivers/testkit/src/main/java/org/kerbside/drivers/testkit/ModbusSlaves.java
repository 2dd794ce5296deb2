package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Modbus slaves by pymodbus, in a process of their own. Not thread-safe; mark the test
 * {@code @NeedsPeer("pymodbus")}.
 */
public final class ModbusSlaves implements AutoCloseable {

  private static final String PYTHON = "/usr/bin/python3"; // Debian's, which has Debian's modules

  private final Process process;
  private final Writer tell;
  private final BufferedReader hear;

  private ModbusSlaves(List<String> arguments) throws IOException {
    var line = new ArrayList<>(List.of(PYTHON, "-c", script()));
    line.addAll(arguments);
    process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    tell = process.outputWriter(UTF_8);
    hear = process.inputReader(UTF_8);
    expect("here");
  }

  private static String script() throws IOException {
    try (var stream = ModbusSlaves.class.getResourceAsStream("slaves.py")) {
      if (stream == null) {
        throw new IOException("no resource slaves.py");
      }
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  /** Listens on a port of loopback once this returns. */
  public static ModbusSlaves tcp(int port) throws Exception {
    var slaves = new ModbusSlaves(List.of("tcp", String.valueOf(port)));
    Await.until("pymodbus on port " + port, () -> isOpen(port));
    return slaves;
  }

  /** On one end of a serial line. */
  public static ModbusSlaves rtu(Path device, int baud) throws Exception {
    return new ModbusSlaves(List.of("rtu", device.toString(), String.valueOf(baud)));
  }

  /**
   * From now on the unit is there and holds these.
   *
   * @param table {@code coil}, {@code discrete}, {@code holding} or {@code input}
   * @param words as a data sheet prints them: {@code 43 66 33 34} is two registers
   */
  public void hold(int unit, String table, int address, String words) throws IOException {
    say("hold %d %s %d %s".formatted(unit, table, address, words));
    expect("ok");
  }

  /** What it holds, decimal, with blanks between. */
  public String tell(int unit, String table, int address, int count) throws IOException {
    say("tell %d %s %d %d".formatted(unit, table, address, count));
    return String.valueOf(hear.readLine());
  }

  /** The unit does not answer any more. */
  public void away(int unit) throws IOException {
    say("away " + unit);
    expect("ok");
  }

  private void say(String line) throws IOException {
    tell.write(line + "\n");
    tell.flush();
  }

  private void expect(String wanted) throws IOException {
    String said = String.valueOf(hear.readLine());
    if (!said.equals(wanted)) {
      throw new AssertionError("pymodbus says '%s'".formatted(said));
    }
  }

  private static boolean isOpen(int port) {
    try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    end();
  }

  /** As a power cut does it. */
  public void end() {
    process.destroyForcibly().onExit().join();
  }
}
