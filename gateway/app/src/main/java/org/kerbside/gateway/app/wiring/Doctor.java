package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlClient;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.page.Readiness;

/**
 * What {@code kerbside doctor} and {@code /readyz} try: each thing by itself, and what to do where
 * it fails. For one try; not thread-safe.
 */
final class Doctor implements Checkup {

  private final SiteCheck site;
  private final DataCheck data;
  private final ServiceCheck service;
  private final CityCheck city;

  Doctor(Path data, SiteCheck.Source source) {
    service =
        new ServiceCheck(
            new ControlClient(
                data.resolve(ControlServer.SOCKET), "sudo systemctl status kerbside"));
    site = new SiteCheck(source, service);
    this.data = new DataCheck(data, service);
    city = new CityCheck(data, site);
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
    all.put("files", site::files);
    all.put("secrets", site::secrets);
    all.put("disk", data::disk);
    all.put("journal", data::journal);
    all.put("service", service::service);
    all.put("revision", data::revision);
    all.put("uplink", city::uplink);
    all.put("certificate", city::certificate);
    all.put("bus", service::buses);
    return all;
  }

  private static String line(Finding finding) {
    var word = finding.state() == State.FAIL ? "FAIL" : finding.state().word();
    var line = " %-4s  %-11s %s".formatted(word, finding.name(), finding.text());
    return finding.remedy().isEmpty() ? line : line + "\n                   → " + finding.remedy();
  }
}
