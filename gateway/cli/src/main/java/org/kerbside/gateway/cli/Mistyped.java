package org.kerbside.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong in a command line: the word, and the one that was probably meant. */
final class Mistyped implements IParameterExceptionHandler {

  private final Terminal terminal;

  Mistyped(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] args) {
    var spec = mistake.getCommandLine().getCommandSpec();
    switch (mistake) {
      case UnmatchedArgumentException unmatched ->
          unmatched(spec, unmatched.getUnmatched().getFirst());
      case MissingParameterException missing -> missing(spec, missing.getMissing());
      case OverwrittenOptionException twice -> twice(spec, twice.getOverwritten());
      default -> complain(spec, problem(mistake), usage(spec));
    }
    return Exit.WRONG_INPUT.code();
  }

  private void unmatched(CommandSpec spec, String word) {
    var written = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    if (written.startsWith("-")) {
      complain(spec, "unknown option '%s'".formatted(written), meantOption(spec, written));
    } else if (!spec.subcommands().isEmpty()) {
      complain(spec, "unknown command '%s'".formatted(word), meantCommand(spec, word));
    } else {
      complain(spec, "'%s' is one argument too many".formatted(word), usage(spec));
    }
  }

  private void missing(CommandSpec spec, List<ArgSpec> missing) {
    var first = missing.getFirst();
    var problem = "%s has no value: expected %s".formatted(named(first), first.paramLabel());
    complain(spec, problem, usage(spec));
  }

  private void twice(CommandSpec spec, ArgSpec option) {
    complain(spec, "%s is given twice".formatted(named(option)), usage(spec));
  }

  private static String named(ArgSpec arg) {
    return arg instanceof OptionSpec option
        ? "option '%s'".formatted(option.longestName())
        : arg.paramLabel();
  }

  /** What the converter says is whole; picocli would put its own sentence before it. */
  private static String problem(ParameterException mistake) {
    var cause = mistake.getCause();
    var said = cause == null ? mistake.getMessage() : cause.getMessage();
    var text = said == null ? mistake.toString() : said;
    return mistake.getArgSpec() != null && cause != null
        ? "%s: %s".formatted(named(mistake.getArgSpec()), text)
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String meantOption(CommandSpec spec, String written) {
    var near = Nearest.of(written, names(spec));
    if (near != null) {
      return "did you mean '%s'?".formatted(near);
    }
    var owner = owner(spec.root(), written);
    return owner == null
        ? usage(spec)
        : "'%s' belongs to '%s'".formatted(written, owner.qualifiedName());
  }

  private static String meantCommand(CommandSpec spec, String word) {
    var near = Nearest.of(word, spec.subcommands().keySet());
    return near == null
        ? "commands: %s".formatted(String.join(", ", spec.subcommands().keySet()))
        : "did you mean '%s'?".formatted(near);
  }

  private static @Nullable CommandSpec owner(CommandSpec root, String option) {
    return root.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> spec.findOption(option) != null)
        .findFirst()
        .orElse(null);
  }

  private static List<String> names(CommandSpec spec) {
    var names = new ArrayList<String>();
    for (var option : spec.options()) {
      names.addAll(List.of(option.names()));
    }
    return names;
  }

  private static String usage(CommandSpec spec) {
    return "%s --help".formatted(spec.qualifiedName());
  }

  private void complain(CommandSpec spec, String problem, String help) {
    terminal.complain(spec.qualifiedName(), problem, help);
  }
}
