package org.kerbside.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line as a whole: its commands, and how each of their ends becomes an exit code. */
@Command(
    name = "kerbside",
    header = "The edge gateway for a city's street furniture.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done; 1 found something; 2 what was typed or written is wrong;",
      "3 warnings only; 4 the service does not answer; 5 not allowed; 6 missing or",
      "taken on this machine; 7 refused; 70 a fault of the program."
    })
public final class KerbsideCommand {

  // Read by picocli alone.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how the command is used.")
  private boolean help;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack of a fault of the program.")
  private boolean debug;

  private KerbsideCommand() {}

  /**
   * Carries out what was typed.
   *
   * @param extra further commands, annotated for picocli, each a {@code Callable<Integer>}
   * @return the process's exit code, see {@link Exit}
   */
  public static int run(String[] args, Actions actions, Terminal terminal, Object... extra) {
    return run(args, actions, terminal, Places.ofThisMachine(), extra);
  }

  static int run(
      String[] args, Actions actions, Terminal terminal, Places places, Object... extra) {
    var root = new KerbsideCommand();
    var line =
        new CommandLine(root)
            .addSubcommand(new RunCommand(actions, terminal, places))
            .addSubcommand(new CheckCommand(actions, terminal, places))
            .addSubcommand(
                new CommandLine(new RulesCommand())
                    .addSubcommand(new TestCommand(actions, terminal, places)))
            .addSubcommand(new ReplayCommand(actions, terminal, places))
            .addSubcommand(new ShowCommand(actions, terminal, places))
            .addSubcommand(new ReloadCommand(terminal, places))
            .addSubcommand(new StatusCommand(terminal, places))
            .addSubcommand(new HealthCommand(terminal, places))
            .addSubcommand(new AlarmsCommand(terminal, places))
            .addSubcommand(new WhyCommand(terminal, places))
            .addSubcommand(new AckCommand(terminal, places))
            .addSubcommand(new ShelveCommand(terminal, places))
            .addSubcommand(new UnshelveCommand(terminal, places))
            .addSubcommand(new MaintenanceCommand(terminal, places))
            .addSubcommand(new SetCommand(terminal, places))
            .addSubcommand(new ReadCommand(terminal, places))
            .addSubcommand(new ScanCommand(terminal, places))
            .addSubcommand(new SimulateCommand(terminal, places))
            .addSubcommand(new CalibrateCommand(terminal, places))
            .addSubcommand(new BindCommand(terminal, places))
            .addSubcommand(new OverlayCommand(terminal, places))
            .addSubcommand(new CodeCommand(actions, terminal, places))
            .addSubcommand(new DoctorCommand(actions, terminal, places))
            .addSubcommand(
                new CommandLine(new JournalCommand())
                    .addSubcommand(new JournalInfoCommand(actions, terminal, places))
                    .addSubcommand(new JournalVerifyCommand(actions, terminal, places)))
            .addSubcommand(new BackupCommand(actions, terminal, places))
            .addSubcommand(new RestoreCommand(actions, terminal, places))
            .addSubcommand(new FactoryResetCommand(actions, terminal, places))
            .addSubcommand(new BundleCommand(actions, terminal, places))
            .addSubcommand(
                new CommandLine(new IdentityCommand(actions, terminal, places))
                    .addSubcommand(new IdentityRequestCommand(actions, terminal, places))
                    .addSubcommand(new IdentityAcceptCommand(actions, terminal, places)))
            .addSubcommand(new LabelCommand(actions, terminal, places))
            .addSubcommand(new SchemaCommand(actions, terminal))
            .addSubcommand(new CompletionCommand(terminal))
            .addSubcommand(new ManCommand(terminal))
            .addSubcommand(new VersionCommand(actions, terminal));
    for (var command : extra) {
      line.addSubcommand(command);
    }
    var exit =
        line.registerConverter(PageDoor.class, PageDoor::of)
            .registerConverter(Setting.class, Setting::of)
            .registerConverter(Format.class, Format::of)
            .setExpandAtFiles(false)
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setParameterExceptionHandler(new Mistyped(terminal))
            .setExecutionExceptionHandler(root.ends(terminal))
            .execute(args);
    terminal.out().flush();
    terminal.err().flush();
    return exit;
  }

  private IExecutionExceptionHandler ends(Terminal terminal) {
    return (Exception end, CommandLine command, ParseResult typed) -> {
      var name = command.getCommandSpec().qualifiedName();
      return switch (end) {
        case CommandException told -> {
          terminal.complain(name, String.valueOf(told.getMessage()), told.help());
          yield told.exit().code();
        }
        case InterruptedException stop -> Exit.DONE.code();
        default -> {
          terminal.complain(name, "a fault of the program: " + end, remedy());
          if (debug) {
            end.printStackTrace(terminal.err());
          }
          yield Exit.OUR_FAULT.code();
        }
      };
    };
  }

  private String remedy() {
    return debug ? "report it with the stack below" : "run it again with --debug, and report that";
  }
}
