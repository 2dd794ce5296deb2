package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code kerbside scan BUS}: who answers, address by address. The service goes on polling between:
 * a whole bus takes some minutes.
 */
@Command(
    name = "scan",
    header = "Find the devices on a bus of the running service.",
    sortOptions = false)
final class ScanCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "BUS", description = "Which one, as rs485-a.")
  private String bus = "";

  @Option(
      names = "--from",
      paramLabel = "N",
      converter = Address.class,
      description = "The first address, as 1 or 0x44; the first of the bus if not given.")
  private int from = Integer.MIN_VALUE;

  @Option(
      names = "--to",
      paramLabel = "N",
      converter = Address.class,
      description = "The last; likewise.")
  private int to = Integer.MAX_VALUE;

  ScanCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    var name = bus.strip();
    var addresses =
        asking
            .askText("addresses", name)
            .lines()
            .filter(address -> from <= number(address) && number(address) <= to)
            .toList();
    int found = 0;
    for (var address : addresses) {
      var told = asking.ask("scan", name + "/" + address);
      if (!told.isEmpty()) {
        found++;
        terminal.out().println(told);
        terminal.out().flush();
      }
    }
    terminal.err().println("%d of %d answer".formatted(found, addresses.size()));
    return Exit.DONE.code();
  }

  private static int number(String address) {
    return Integer.decode(address);
  }

  /** As people write one: in decimal or in hexadecimal digits. */
  static final class Address implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String written) {
      try {
        return number(written);
      } catch (NumberFormatException none) {
        throw new TypeConversionException(
            "'%s' is no address; write it as 1 or as 0x44".formatted(written));
      }
    }
  }
}
