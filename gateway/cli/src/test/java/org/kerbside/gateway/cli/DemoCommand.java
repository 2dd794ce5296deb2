package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that another room adds. */
@Command(name = "demo", header = "A simulated street.")
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--speed", description = "Of the street's clock.")
  int speed = 60;

  @Override
  public Integer call() {
    return speed;
  }
}
