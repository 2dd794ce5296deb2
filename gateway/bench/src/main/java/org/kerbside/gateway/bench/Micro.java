package org.kerbside.gateway.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs {@link Stations} and {@link Judging} under JMH, on the service's own compiler and collector.
 */
@Command(
    name = "stations",
    description = "Decode, screen, evaluate, judge, encode, append: ns and bytes.")
final class Micro implements Callable<Integer> {

  @Option(names = "--only", defaultValue = ".*", description = "stations whose name matches")
  private String only = ".*";

  @Option(names = "--forks", defaultValue = "2")
  private int forks;

  @Override
  public Integer call() throws Exception {
    new Runner(
            new OptionsBuilder()
                .include("(Stations|Judging).(" + only + ")$")
                .forks(forks)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                    "-Dkerbside.home=" + Gateway.home(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xmx64m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow")
                .build())
        .run();
    return 0;
  }
}
