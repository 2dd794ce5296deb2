package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Survey;
import org.kerbside.gateway.uplink.JsonWire;

/** What {@code kerbside journal info} and {@code verify} print. */
final class Surveying {

  private Surveying() {}

  static Exit run(Work.JournalBrief work, Terminal terminal) throws CommandException {
    var survey = brief(work.data());
    terminal.out().println(work.format() == Format.JSON ? json(survey) : text(survey));
    return Exit.DONE;
  }

  static Exit run(Work.JournalVerify work, Terminal terminal) throws CommandException {
    var survey = whole(work.data());
    terminal
        .out()
        .println(
            work.format() == Format.JSON
                ? json(survey)
                : survey.problems().isEmpty()
                    ? text(survey) + "\nok: every row adds up, and the chain of audit events holds"
                    : String.join("\n", survey.problems())
                        + "\nfailed: %d problems; the next start sets aside what is damaged and tells the city"
                            .formatted(survey.problems().size()));
    return survey.problems().isEmpty() ? Exit.DONE : Exit.FOUND;
  }

  static Survey brief(Path data) throws CommandException {
    try {
      return Survey.brief(data);
    } catch (JournalException none) {
      throw missing(none, data);
    }
  }

  private static Survey whole(Path data) throws CommandException {
    try {
      return Survey.whole(data, new JsonWire("", "", null));
    } catch (JournalException none) {
      throw missing(none, data);
    }
  }

  private static CommandException missing(JournalException none, Path data) {
    return new CommandException(
        Exit.MISSING_OR_TAKEN,
        String.valueOf(none.getMessage()),
        "is %s the service's data folder? --data DIR".formatted(data));
  }

  private static String text(Survey survey) {
    return survey.strands().stream()
        .map(
            strand ->
                "\n%-9s %d to %d · %d frames, %d waiting"
                    .formatted(
                        strand.stream().name().toLowerCase(Locale.ROOT),
                        strand.first(),
                        strand.last(),
                        strand.frames(),
                        strand.waiting()))
        .collect(
            Collectors.joining(
                "", "epoch     %s · %d bytes".formatted(survey.epoch(), survey.bytes()), ""));
  }

  static String json(Survey survey) {
    return Json.answer()
        .put("epoch", survey.epoch())
        .put("bytes", survey.bytes())
        .put("streams", survey.strands().stream().map(Surveying::json))
        .put("problems", survey.problems())
        .toString();
  }

  private static Json json(Survey.Strand strand) {
    return new Json()
        .put("stream", strand.stream().word())
        .put("first", strand.first())
        .put("last", strand.last())
        .put("frames", strand.frames())
        .put("waiting", strand.waiting());
  }
}
