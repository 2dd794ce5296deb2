package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlClient;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.cli.Work.Bundle.Extent;

/**
 * What {@code kerbside bundle} writes: a list of things that may leave the board, and nothing else.
 * Every secret that the site has is looked for in each of them once more before it goes.
 */
final class Bundling {

  private static final int MOST_BYTES = 4 << 20; // of one entry

  /** Of what the kernel says: power, and the card. */
  private static final List<String> KERNEL = List.of("voltage", "thermal", "mmc", "I/O error");

  private final Work.Bundle work;
  private final Redaction redaction;

  private Bundling(Work.Bundle work, Redaction redaction) {
    this.work = work;
    this.redaction = redaction;
  }

  /** Makes the text of one entry. */
  private interface Entry {
    String text() throws CommandException, IOException, InterruptedException;
  }

  static Exit run(Work.Bundle work, Terminal terminal) throws CommandException {
    var bundling =
        new Bundling(work, Redaction.of(Kept.in(work.data()).source(work.site()).site()));
    var contents = bundling.contents();
    if (work.extent() == Extent.PREVIEW) {
      contents.forEach((name, text) -> terminal.out().println("== %s\n%s".formatted(name, text)));
      return Exit.DONE;
    }
    var to =
        work.to() == null
            ? Path.of("kerbside-bundle-%s.zip".formatted(LocalDate.now(ZoneId.systemDefault())))
            : work.to();
    try {
      var bytes = new LinkedHashMap<String, byte[]>();
      contents.forEach((name, text) -> bytes.put(name, text.getBytes(UTF_8)));
      Archive.write(to, bytes);
    } catch (IOException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "%s cannot be written: %s".formatted(to, broken.getMessage()),
          "name another file");
    }
    terminal.out().println("%s: %s".formatted(to, String.join(", ", contents.keySet())));
    return Exit.DONE;
  }

  private SequencedMap<String, String> contents() {
    var contents = new LinkedHashMap<String, String>();
    entries().forEach((name, entry) -> contents.put(name, redaction.of(text(entry))));
    return contents;
  }

  /** All that may be in it. */
  private SequencedMap<String, Entry> entries() {
    var entries = new LinkedHashMap<String, Entry>();
    entries.put("version.txt", () -> new House().version() + "\n" + System.getProperty("os.arch"));
    entries.put("site.json", this::site);
    entries.put(
        "doctor.json",
        () -> Doctor.json(new Work.Doctor(work.site(), work.data(), List.of(), Format.JSON)));
    entries.put("journal.json", () -> Surveying.json(Surveying.brief(work.data())));
    entries.put("status.json", () -> asked("status", Format.JSON));
    entries.put("alarms.json", () -> asked("alarms", Format.JSON));
    entries.put("metrics.txt", this::metrics);
    entries.put(
        "log.txt",
        () -> said("journalctl", "-u", "kerbside", "--since", "-24h", "-o", "short-iso"));
    entries.put("kernel.txt", Bundling::kernel);
    return entries;
  }

  private static String text(Entry entry) {
    try {
      var text = entry.text();
      return text.length() <= MOST_BYTES ? text : text.substring(text.length() - MOST_BYTES);
    } catch (CommandException | IOException none) {
      return "(none: %s)".formatted(none.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return "(none: interrupted)";
    }
  }

  private String site() throws CommandException {
    var said = new StringWriter();
    var terminal = new Terminal(new PrintWriter(said), new PrintWriter(said));
    Showing.run(
        new Work.Show(work.site(), work.data(), null, Work.Show.Depth.RESOLVED, null, Format.JSON),
        terminal);
    return said.toString();
  }

  private String asked(String what, Format format) throws CommandException {
    var socket = work.data().resolve(ControlServer.SOCKET);
    return new ControlClient(socket, "").ask(ControlServer.request(what, format));
  }

  /** The gateway's own numbers, of which none is a reading, and no others. */
  private String metrics() throws CommandException {
    return asked("metrics", Format.TEXT)
        .lines()
        .filter(line -> line.startsWith(MetricList.PREFIX))
        .collect(Collectors.joining("\n"));
  }

  private static String kernel() throws IOException, InterruptedException {
    return said("dmesg")
        .lines()
        .filter(line -> KERNEL.stream().anyMatch(line::contains))
        .reduce("", (all, line) -> all + line + "\n");
  }

  /** What a program of the machine prints. */
  private static String said(String... words) throws IOException, InterruptedException {
    var out = Files.createTempFile("kerbside", "said");
    try {
      var process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new String(Files.readAllBytes(out), UTF_8);
    } finally {
      Files.delete(out);
    }
  }
}
