package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.model.Checkup.Finding;

/** Tries the site's files, and the secrets beside them. */
final class SiteCheck {

  private final Source source;
  private final ServiceCheck service;
  private @Nullable Judged judged; // once it was looked at

  SiteCheck(Source source, ServiceCheck service) {
    this.source = source;
    this.service = service;
  }

  /** Where the site's files are that count. */
  interface Source {
    Plan.Source now() throws CommandException;
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

  /** That of a site without mistakes. */
  Plan whole() throws CommandException {
    return judged().whole();
  }

  private Judged judged() throws CommandException {
    var known = judged;
    if (known == null) {
      var now = source.now();
      var mistakes = new Mistakes();
      known = new Judged(now, Plan.read(now, mistakes), mistakes);
      judged = known;
    }
    return known;
  }

  List<Finding> files() {
    try {
      var read = judged();
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
          service.serves()
              ? Finding.warned("files", text + "; what runs is unchanged", remedy)
              : Finding.failed("files", text, remedy));
    } catch (CommandException none) {
      return List.of(Finding.failed("files", String.valueOf(none.getMessage()), none.help()));
    }
  }

  List<Finding> secrets() {
    try {
      var folder = judged().source().site().resolveSibling("secrets");
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
}
