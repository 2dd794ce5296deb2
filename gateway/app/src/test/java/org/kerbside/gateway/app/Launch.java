package org.kerbside.gateway.app;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a gateway is started.
 *
 * @param site a name in {@code config/sites}, or a whole path
 * @param settings {@code path=value}, each behind a {@code --set}
 * @param ahead folders of classes that go before the product's own
 */
record Launch(
    String site,
    Path data,
    String page,
    List<String> settings,
    Map<String, String> environment,
    List<Path> ahead) {

  /** Nothing in its environment, the product as it is. */
  static Launch of(String site, Path data, String page, String... settings) {
    return new Launch(site, data, page, List.of(settings), Map.of(), List.of());
  }

  /** With more in its environment. */
  Launch with(Map<String, String> more) {
    var both = new HashMap<>(environment);
    both.putAll(more);
    return new Launch(site, data, page, settings, Map.copyOf(both), ahead);
  }

  /** With a patched product. */
  Launch ahead(List<Path> classes) {
    return new Launch(site, data, page, settings, environment, List.copyOf(classes));
  }

  ProcessBuilder builder() {
    var line = ahead.isEmpty() ? product() : UnderTest.java(List.of(), patched());
    line.add("run");
    line.add(GatewayProcess.home().resolve("config/sites").resolve(site).toString());
    line.addAll(List.of("--data", data.toString(), "--page", page));
    for (var setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  /** What is typed behind {@code kerbside}, as a process of its own. */
  static ProcessBuilder typed(List<String> words) {
    var line = product();
    line.addAll(words);
    return new ProcessBuilder(line);
  }

  private static List<String> product() {
    var product = UnderTest.product();
    return UnderTest.java(product.flags(), product.classPath());
  }

  private String patched() {
    return Stream.concat(ahead.stream().map(Path::toString), Stream.of(UnderTest.everything()))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
