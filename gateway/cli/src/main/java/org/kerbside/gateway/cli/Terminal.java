package org.kerbside.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/** Where a command writes: {@code out} takes the result, {@code err} the rest. */
public record Terminal(PrintWriter out, PrintWriter err) {

  /** The process's own, in UTF-8 whatever the locale says: names of assets are Chinese. */
  public static Terminal ofProcess() {
    return new Terminal(writer(FileDescriptor.out), writer(FileDescriptor.err));
  }

  void complain(String command, String problem, String help) {
    err.println("%s: %s".formatted(command, problem));
    err.println("  = help: %s".formatted(help));
    err.flush();
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), true);
  }
}
