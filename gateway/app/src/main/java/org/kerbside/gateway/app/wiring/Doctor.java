package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Revisions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlClient;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.page.Readiness;

/**
 * What {@code kerbside doctor} and {@code /readyz} try: each thing by itself, and what to do where
 * it fails. For one try; not thread-safe.
 */
final class Doctor implements Checkup {

  private static final int PATIENCE = 3_000; // ms, for a connection
  private static final Duration LAST_MONTH = Duration.ofDays(30);
  private static final long LEAST_FREE = 64L << 20; // bytes

  private final Path data;
  private final Site site;
  private final Revisions revisions;
  private final ControlClient service;
  private @Nullable Judged judged; // once it was looked at

  Doctor(Path data, Site site) {
    this.data = data;
    this.site = site;
    revisions = Revisions.in(data);
    service =
        new ControlClient(data.resolve(ControlServer.SOCKET), "sudo systemctl status kerbside");
  }

  /** Where the site's files are that count. */
  interface Site {
    Plan.Source source() throws CommandException;
  }

  /** What was read of them: once for all that is tried. */
  private record Judged(Plan.Source source, @Nullable Plan plan, Mistakes mistakes) {

    /** As people know it. */
    String name() {
      var revision = source.revision();
      return revision == null
          ? source.site().toString()
          : "revision %d, which the city pushed".formatted(revision.number());
    }

    /** That of a site without mistakes. */
    Plan whole() throws CommandException {
      if (plan == null) {
        throw new CommandException(
            Exit.WRONG_INPUT,
            "the site cannot be read",
            "kerbside check %s".formatted(source.site()));
      }
      return plan;
    }
  }

  static Exit run(Work.Doctor work, Terminal terminal) throws CommandException {
    var findings = of(work).findings(work.only());
    terminal
        .out()
        .println(
            work.format() == Format.JSON
                ? Readiness.json(findings)
                : findings.stream().map(Doctor::line).collect(Collectors.joining("\n")));
    return findings.stream().anyMatch(one -> one.state() == State.FAIL) ? Exit.FOUND : Exit.DONE;
  }

  /** As JSON, for who sends it on. */
  static String json(Work.Doctor work) throws CommandException {
    return Readiness.json(of(work).findings(work.only()));
  }

  private static Doctor of(Work.Doctor work) {
    return new Doctor(work.data(), () -> Kept.in(work.data()).source(work.site()));
  }

  /** Of a gateway that runs: tries each time anew. */
  static Checkup of(Path data, Plan.Source running) {
    return () -> new Doctor(data, running::counting).tried();
  }

  private Judged site() throws CommandException {
    var known = judged;
    if (known == null) {
      var source = site.source();
      var mistakes = new Mistakes();
      known = new Judged(source, Plan.read(source, mistakes), mistakes);
      judged = known;
    }
    return known;
  }

  @Override
  public List<Finding> tried() {
    return all().values().stream().flatMap(look -> look.get().stream()).toList();
  }

  private List<Finding> findings(List<String> only) throws CommandException {
    var all = all();
    for (var name : only) {
      if (!all.containsKey(name)) {
        throw new CommandException(
            Exit.WRONG_INPUT,
            "there is nothing called '%s' to try".formatted(name),
            Nearest.help(name, all.keySet()));
      }
    }
    return all.entrySet().stream()
        .filter(look -> only.isEmpty() || only.contains(look.getKey()))
        .flatMap(look -> look.getValue().get().stream())
        .toList();
  }

  private SequencedMap<String, Supplier<List<Finding>>> all() {
    var all = new LinkedHashMap<String, Supplier<List<Finding>>>();
    all.put("files", this::files);
    all.put("secrets", this::secrets);
    all.put("disk", this::disk);
    all.put("journal", this::journal);
    all.put("service", this::service);
    all.put("revision", this::revision);
    all.put("uplink", this::uplink);
    all.put("certificate", this::certificate);
    all.put("bus", this::buses);
    return all;
  }

  private List<Finding> files() {
    try {
      var read = site();
      var plan = read.plan();
      if (plan != null) {
        return List.of(
            Finding.well(
                "files",
                "%s: %d assets, %d warnings"
                    .formatted(
                        read.name(), plan.config().assets().size(), read.mistakes().warnings())));
      }
      var text = "%d errors in %s".formatted(read.mistakes().errors(), read.name());
      var remedy = "kerbside check %s".formatted(read.source().site());
      return List.of(
          isServed()
              ? Finding.warned("files", text + "; what runs is unchanged", remedy)
              : Finding.failed("files", text, remedy));
    } catch (CommandException none) {
      return List.of(Finding.failed("files", String.valueOf(none.getMessage()), none.help()));
    }
  }

  private List<Finding> secrets() {
    try {
      var folder = site().source().site().resolveSibling("secrets");
      if (!Files.isDirectory(folder)) {
        return List.of(Finding.well("secrets", "none are kept beside the site"));
      }
      var open = new ArrayList<Finding>();
      try (var files = Files.list(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var modes = Files.getPosixFilePermissions(file);
          if (modes.contains(PosixFilePermission.OTHERS_READ)) {
            open.add(
                Finding.failed(
                    "secrets",
                    "%s can be read by everybody".formatted(file.getFileName()),
                    "chmod 600 %s".formatted(file)));
          }
        }
      }
      return open.isEmpty() ? List.of(Finding.well("secrets", "nobody else can read them")) : open;
    } catch (CommandException | IOException none) {
      return List.of(
          Finding.warned(
              "secrets", String.valueOf(none.getMessage()), "ask as root, who may look"));
    }
  }

  private List<Finding> disk() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      var text = "%d MB free at %s".formatted(free >> 20, data);
      return List.of(
          free < LEAST_FREE
              ? Finding.failed(
                  "disk", text, "free some; the journal drops the oldest readings first")
              : Finding.well("disk", text));
    } catch (IOException none) {
      return List.of(
          Finding.failed(
              "disk",
              "%s cannot be looked at: %s".formatted(data, none.getMessage()),
              "is it the service's data folder? --data DIR"));
    }
  }

  private List<Finding> journal() {
    try {
      var survey = Surveying.brief(data);
      var refusing = refusing();
      if (!refusing.isEmpty()) {
        return List.of(
            Finding.failed(
                "journal",
                "it takes nothing: " + refusing,
                "look at the disk; senders keep what they have, polled readings are counted"));
      }
      long waiting = survey.strands().stream().mapToLong(strand -> strand.waiting()).sum();
      return List.of(
          Finding.well(
              "journal",
              "epoch %s, %d frames wait for the city".formatted(survey.epoch(), waiting)));
    } catch (CommandException none) {
      return List.of(Finding.failed("journal", String.valueOf(none.getMessage()), none.help()));
    }
  }

  /** Why nothing is committed; empty where it is, or nobody can say. */
  private String refusing() {
    try {
      return service.ask(ControlServer.request("refusing", Format.TEXT));
    } catch (CommandException none) {
      return "";
    }
  }

  private List<Finding> service() {
    try {
      var status = service.ask(ControlServer.request("status", Format.TEXT));
      var line = status.lines().findFirst().orElse("it answers");
      return List.of(
          line.startsWith(SafeMode.WORD)
              ? Finding.failed("service", line, "mend the files, then kerbside reload")
              : Finding.well("service", line));
    } catch (CommandException none) {
      return List.of(Finding.failed("service", String.valueOf(none.getMessage()), none.help()));
    }
  }

  /** A revision runs, whatever the files have become since. */
  private boolean isServed() {
    try {
      var status = service.ask(ControlServer.request("status", Format.TEXT));
      return !status.startsWith(SafeMode.WORD);
    } catch (CommandException none) {
      return false;
    }
  }

  private List<Finding> revision() {
    try {
      var standing = revisions.standing();
      if (standing.returned() != 0) {
        return List.of(
            Finding.warned(
                "revision",
                "%d runs, back from %d: %s"
                    .formatted(standing.revision(), standing.returned(), standing.because()),
                "mend the files, then kerbside reload"));
      }
      return List.of(
          standing.probation() != null
              ? Finding.warned(
                  "revision",
                  "%d is on probation".formatted(standing.revision()),
                  "kerbside reload --keep")
              : Finding.well("revision", "%d is kept".formatted(standing.revision())));
    } catch (IOException none) {
      return List.of(
          Finding.warned(
              "revision", String.valueOf(none.getMessage()), "ask as root, who may look"));
    }
  }

  private List<Finding> uplink() {
    String url;
    try {
      url = site().whole().config().uplink().url().text();
    } catch (CommandException none) {
      return List.of(Finding.warned("uplink", "the site cannot be read", none.help()));
    }
    var place = URI.create(url);
    int port = place.getPort() > 0 ? place.getPort() : url.startsWith("mqtts") ? 8883 : 1883;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.getHost(), port), PATIENCE);
      return List.of(Finding.well("uplink", "%s:%d is reached".formatted(place.getHost(), port)));
    } catch (IOException none) {
      return List.of(
          Finding.failed(
              "uplink",
              "%s:%d is not reached: %s".formatted(place.getHost(), port, none.getMessage()),
              "look at aerial, SIM and the city's broker; nothing is lost meanwhile"));
    }
  }

  /** Two thirds of its time over is a warning; within the last month it has a number. */
  private List<Finding> certificate() {
    try {
      var plan = site().whole();
      if (!(plan.config().uplink().identity() instanceof Identity.Certificate)) {
        return List.of(Finding.well("certificate", "the site shows none"));
      }
      var certificate = Identifying.folder(data).certificate();
      if (certificate == null) {
        return List.of(
            Finding.failed(
                "certificate", "there is none", "sudo kerbside identity request > gateway.csr"));
      }
      var now = Identifying.now(data);
      var brief = Identifying.brief(certificate, now);
      if (Identifying.folder(data).trial().refused() != null) {
        return List.of(
            Finding.warned(
                "certificate", brief + "; " + Identifying.REFUSED, Identifying.REFUSED_REMEDY));
      }
      if (!certificate.isDue(now)) {
        return List.of(Finding.well("certificate", brief));
      }
      var remedy = "sudo kerbside identity request > gateway.csr, and accept what comes back";
      return List.of(
          now.wall().isAfter(certificate.end())
              ? Finding.failed("certificate", brief, remedy)
              : Finding.warned(
                  "certificate",
                  now.wall().plus(LAST_MONTH).isAfter(certificate.end()) ? "W503: " + brief : brief,
                  remedy));
    } catch (CommandException none) {
      return List.of(Finding.warned("certificate", "the site cannot be read", none.help()));
    } catch (IOException closed) {
      return List.of(
          Finding.warned(
              "certificate", String.valueOf(closed.getMessage()), "ask as root, who may look"));
    }
  }

  private List<Finding> buses() {
    try {
      var found = new ArrayList<Finding>();
      for (var line : service.ask(ControlServer.request("buses", Format.TEXT)).lines().toList()) {
        found.add(
            line.contains(" silent: ")
                ? Finding.failed(
                    "bus",
                    line,
                    "power and wiring of the first; kerbside read %s --raw".formatted(first(line)))
                : Finding.well("bus", line));
      }
      return found.isEmpty() ? List.of(Finding.well("bus", "the site has none")) : found;
    } catch (CommandException none) {
      return List.of(Finding.warned("bus", "nobody can say: " + none.getMessage(), none.help()));
    }
  }

  private static String first(String line) {
    return line.substring(line.indexOf(" silent: ") + " silent: ".length()).split(",", 2)[0];
  }

  private static String line(Finding finding) {
    var word = finding.state() == State.FAIL ? "FAIL" : finding.state().word();
    var line = " %-4s  %-11s %s".formatted(word, finding.name(), finding.text());
    return finding.remedy().isEmpty() ? line : line + "\n                   → " + finding.remedy();
  }
}
