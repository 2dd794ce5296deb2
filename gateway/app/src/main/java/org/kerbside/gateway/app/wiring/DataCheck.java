package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerbside.config.Revisions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.model.Checkup.Finding;

/**
 * Tries the data folder: its disk, its journal, and which revision counts.
 *
 * @param service says why the journal takes nothing
 */
record DataCheck(Path data, ServiceCheck service) {

  private static final long LEAST_FREE = 64L << 20; // bytes

  List<Finding> disk() {
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

  List<Finding> journal() {
    try {
      var survey = Surveying.brief(data);
      var refusing = service.refusing();
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

  List<Finding> revision() {
    try {
      var standing = Revisions.in(data).standing();
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
}
