package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlClient;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.model.Identity;

/** What {@code kerbside doctor} tries: each thing by itself, and what to do where it fails. */
final class Doctor {

  private static final int PATIENCE = 3_000; // ms, for a connection
  private static final Duration LAST_MONTH = Duration.ofDays(30);
  private static final long LEAST_FREE = 64L << 20; // bytes

  private final Work.Doctor work;
  private final Kept kept;
  private final ControlClient service;

  private Doctor(Work.Doctor work) {
    this.work = work;
    kept = Kept.in(work.data());
    var socket = work.data().resolve(ControlServer.SOCKET);
    service = new ControlClient(socket, "sudo systemctl status kerbside");
  }

  /** How one thing is. */
  private sealed interface Finding {

    record Well(String text) implements Finding {}

    record Warned(String text, String remedy) implements Finding {}

    record Failed(String text, String remedy) implements Finding {}
  }

  static Exit run(Work.Doctor work, Terminal terminal) throws CommandException {
    var doctor = new Doctor(work);
    var findings = doctor.findings();
    terminal.out().println(work.format() == Format.JSON ? json(findings) : text(findings));
    return findings.values().stream()
            .flatMap(List::stream)
            .anyMatch(Finding.Failed.class::isInstance)
        ? Exit.FOUND
        : Exit.DONE;
  }

  /** As JSON, for who sends it on. */
  static String json(Work.Doctor work) throws CommandException {
    return json(new Doctor(work).findings());
  }

  private Map<String, List<Finding>> findings() throws CommandException {
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
    for (var name : work.only()) {
      if (!all.containsKey(name)) {
        throw new CommandException(
            Exit.WRONG_INPUT,
            "there is nothing called '%s' to try".formatted(name),
            Nearest.help(name, all.keySet()));
      }
    }
    var findings = new LinkedHashMap<String, List<Finding>>();
    all.forEach(
        (name, look) -> {
          if (work.only().isEmpty() || work.only().contains(name)) {
            findings.put(name, look.get());
          }
        });
    return findings;
  }

  private List<Finding> files() {
    try {
      var source = kept.source(work.site());
      var mistakes = new Mistakes();
      var plan = Plan.read(source, mistakes);
      return List.of(
          plan == null
              ? new Finding.Failed(
                  "%d errors in %s".formatted(mistakes.errors(), source.site()),
                  "kerbside check %s".formatted(source.site()))
              : new Finding.Well(
                  "%s: %d assets, %d warnings"
                      .formatted(
                          source.site(), plan.config().assets().size(), mistakes.warnings())));
    } catch (CommandException none) {
      return List.of(new Finding.Failed(String.valueOf(none.getMessage()), none.help()));
    }
  }

  private List<Finding> secrets() {
    try {
      var folder = kept.source(work.site()).site().resolveSibling("secrets");
      if (!Files.isDirectory(folder)) {
        return List.of(new Finding.Well("none are kept beside the site"));
      }
      var open = new ArrayList<Finding>();
      try (var files = Files.list(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var modes = Files.getPosixFilePermissions(file);
          if (modes.contains(PosixFilePermission.OTHERS_READ)) {
            open.add(
                new Finding.Failed(
                    "%s can be read by everybody".formatted(file.getFileName()),
                    "chmod 600 %s".formatted(file)));
          }
        }
      }
      return open.isEmpty() ? List.of(new Finding.Well("nobody else can read them")) : open;
    } catch (CommandException | IOException none) {
      return List.of(
          new Finding.Warned(String.valueOf(none.getMessage()), "ask as root, who may look"));
    }
  }

  private List<Finding> disk() {
    try {
      long free = Files.getFileStore(work.data()).getUsableSpace();
      var text = "%d MB free at %s".formatted(free >> 20, work.data());
      return List.of(
          free < LEAST_FREE
              ? new Finding.Failed(text, "free some; the journal drops the oldest readings first")
              : new Finding.Well(text));
    } catch (IOException none) {
      return List.of(
          new Finding.Failed(
              "%s cannot be looked at: %s".formatted(work.data(), none.getMessage()),
              "is it the service's data folder? --data DIR"));
    }
  }

  private List<Finding> journal() {
    try {
      var survey = Surveying.brief(work.data());
      long waiting = survey.strands().stream().mapToLong(strand -> strand.waiting()).sum();
      return List.of(
          new Finding.Well(
              "epoch %s, %d frames wait for the city".formatted(survey.epoch(), waiting)));
    } catch (CommandException none) {
      return List.of(new Finding.Failed(String.valueOf(none.getMessage()), none.help()));
    }
  }

  private List<Finding> service() {
    try {
      var status = service.ask(ControlServer.request("status", Format.TEXT));
      var line = status.lines().findFirst().orElse("it answers");
      return List.of(
          line.startsWith(SafeMode.WORD)
              ? new Finding.Failed(line, "mend the files, then kerbside reload")
              : new Finding.Well(line));
    } catch (CommandException none) {
      return List.of(new Finding.Failed(String.valueOf(none.getMessage()), none.help()));
    }
  }

  private List<Finding> revision() {
    try {
      var standing = kept.revisions().standing();
      if (standing.returned() != 0) {
        return List.of(
            new Finding.Warned(
                "%d runs, back from %d: %s"
                    .formatted(standing.revision(), standing.returned(), standing.because()),
                "mend the files, then kerbside reload"));
      }
      return List.of(
          standing.probation() != null
              ? new Finding.Warned(
                  "%d is on probation".formatted(standing.revision()), "kerbside reload --keep")
              : new Finding.Well("%d is kept".formatted(standing.revision())));
    } catch (IOException none) {
      return List.of(
          new Finding.Warned(String.valueOf(none.getMessage()), "ask as root, who may look"));
    }
  }

  private List<Finding> uplink() {
    String url;
    try {
      url = Kept.plan(kept.source(work.site())).config().uplink().url().text();
    } catch (CommandException none) {
      return List.of(new Finding.Warned("the site cannot be read", none.help()));
    }
    var place = URI.create(url);
    int port = place.getPort() > 0 ? place.getPort() : url.startsWith("mqtts") ? 8883 : 1883;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.getHost(), port), PATIENCE);
      return List.of(new Finding.Well("%s:%d is reached".formatted(place.getHost(), port)));
    } catch (IOException none) {
      return List.of(
          new Finding.Failed(
              "%s:%d is not reached: %s".formatted(place.getHost(), port, none.getMessage()),
              "look at aerial, SIM and the city's broker; nothing is lost meanwhile"));
    }
  }

  /** Two thirds of its time over is a warning; within the last month it has a number. */
  private List<Finding> certificate() {
    try {
      var plan = Kept.plan(kept.source(work.site()));
      if (!(plan.config().uplink().identity() instanceof Identity.Certificate)) {
        return List.of(new Finding.Well("the site shows none"));
      }
      var certificate = Identifying.folder(work.data()).certificate();
      if (certificate == null) {
        return List.of(
            new Finding.Failed("there is none", "sudo kerbside identity request > gateway.csr"));
      }
      var now = Identifying.now(work.data());
      var brief = Identifying.brief(certificate, now);
      if (!certificate.isDue(now)) {
        return List.of(new Finding.Well(brief));
      }
      var remedy = "sudo kerbside identity request > gateway.csr, and accept what comes back";
      return List.of(
          now.wall().isAfter(certificate.end())
              ? new Finding.Failed(brief, remedy)
              : new Finding.Warned(
                  now.wall().plus(LAST_MONTH).isAfter(certificate.end()) ? "W503: " + brief : brief,
                  remedy));
    } catch (CommandException none) {
      return List.of(new Finding.Warned("the site cannot be read", none.help()));
    } catch (IOException closed) {
      return List.of(
          new Finding.Warned(String.valueOf(closed.getMessage()), "ask as root, who may look"));
    }
  }

  private List<Finding> buses() {
    try {
      var found = new ArrayList<Finding>();
      for (var line : service.ask(ControlServer.request("buses", Format.TEXT)).lines().toList()) {
        found.add(
            line.contains(" silent: ")
                ? new Finding.Failed(
                    line,
                    "power and wiring of the first; kerbside read %s --raw".formatted(first(line)))
                : new Finding.Well(line));
      }
      return found.isEmpty() ? List.of(new Finding.Well("the site has none")) : found;
    } catch (CommandException none) {
      return List.of(new Finding.Warned("nobody can say: " + none.getMessage(), none.help()));
    }
  }

  private static String first(String line) {
    return line.substring(line.indexOf(" silent: ") + " silent: ".length()).split(",", 2)[0];
  }

  private static String text(Map<String, List<Finding>> findings) {
    var lines = new ArrayList<String>();
    findings.forEach((name, found) -> found.forEach(one -> lines.add(line(name, one))));
    return String.join("\n", lines);
  }

  private static String line(String name, Finding finding) {
    return switch (finding) {
      case Finding.Well(var text) -> " ok    %-11s %s".formatted(name, text);
      case Finding.Warned(var text, var remedy) ->
          " warn  %-11s %s\n                   → %s".formatted(name, text, remedy);
      case Finding.Failed(var text, var remedy) ->
          " FAIL  %-11s %s\n                   → %s".formatted(name, text, remedy);
    };
  }

  private static String json(Map<String, List<Finding>> findings) {
    var lines = new ArrayList<String>();
    findings.forEach((name, found) -> found.forEach(one -> lines.add(json(name, one))));
    return lines.stream().collect(Collectors.joining(",", "{\"format\":1,\"findings\":[", "]}"));
  }

  private static String json(String name, Finding finding) {
    return switch (finding) {
      case Finding.Well(var text) -> json(name, "ok", text, "");
      case Finding.Warned(var text, var remedy) -> json(name, "warn", text, remedy);
      case Finding.Failed(var text, var remedy) -> json(name, "fail", text, remedy);
    };
  }

  private static String json(String name, String state, String text, String remedy) {
    return "{\"name\":\"%s\",\"state\":\"%s\",\"text\":%s,\"remedy\":%s}"
        .formatted(name, state, Diagnostics.quoted(text), Diagnostics.quoted(remedy));
  }
}
