package org.kerbside.drivers.camel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;

/**
 * What the house asks of the components that it knows, so that none of them waits without an end,
 * keeps without a limit, or takes orders from the network.
 */
final class Furnishing {

  /** What a file is called once it was read: the exchange says which. */
  private static final String SHELF =
      "${exchangeProperty.%s}/${file:onlyname}".formatted(Answer.SHELF);

  private static final List<String> ENDS = List.of("move", "delete", "noop");

  private Furnishing() {}

  /** With all that the house wants; null, and a mistake, where the site wants the contrary. */
  static @Nullable EndpointUri of(EndpointUri written, Addressing addressing, Mistakes mistakes) {
    long before = mistakes.errors();
    var way = Way.of(written.scheme());
    var uri = written;
    for (var each : firm(way).entrySet()) {
      var option = written.options().get(each.getKey());
      if (option != null && !option.value().text().equals(each.getValue())) {
        mistakes.add(
            option.mark(),
            "E104",
            "'%s' is %s here".formatted(each.getKey(), each.getValue()),
            "remove it");
      }
      uri = uri.set(each.getKey(), each.getValue());
    }
    for (var each : usual(written, way, addressing).entrySet()) {
      uri = written.has(each.getKey()) ? uri : uri.set(each.getKey(), each.getValue());
    }
    return mistakes.errors() > before ? null : uri;
  }

  /** What no site may change. */
  private static Map<String, String> firm(Way way) {
    return switch (way) {
      case FILE, OTHER -> Map.of();
      case NETTY ->
          Map.of(
              "sync", "false", // an answer to a forged sender would be an attack on it
              "usingExecutorService", "false", // its queue has no end
              "transferExchange", "false"); // that is Java's serialised objects
      case NETTY_HTTP ->
          Map.of(
              "usingExecutorService", "false",
              "muteException", "true",
              "mapHeaders", "false", // one from the network may steer a component
              "transferException", "false");
    };
  }

  /** What a site may say otherwise. */
  private static Map<String, String> usual(EndpointUri written, Way way, Addressing addressing) {
    var usual = new LinkedHashMap<String, String>();
    usual.put("exceptionHandler", "#" + Complaints.BEAN);
    switch (way) {
      case FILE -> files(written, usual);
      case NETTY -> lines(written, usual);
      case NETTY_HTTP -> requests(addressing, usual);
      case OTHER -> {}
    }
    return usual;
  }

  private static void files(EndpointUri written, Map<String, String> usual) {
    usual.put("maxMessagesPerPoll", "16");
    usual.put("readLock", "changed"); // who is still writing is waited for
    usual.put("readLockLoggingLevel", "DEBUG");
    if (ENDS.stream().noneMatch(written::has)) {
      usual.put("move", SHELF);
    }
  }

  private static void lines(EndpointUri written, Map<String, String> usual) {
    usual.put("workerCount", "1");
    if (written.path().contains("udp")) {
      usual.put("udpByteArrayCodec", "true");
      usual.put("receiveBufferSizePredictor", "65536"); // else 2,048, and cut off
    } else {
      usual.put("decoders", Gate.LINES);
    }
  }

  private static void requests(Addressing addressing, Map<String, String> usual) {
    usual.put("workerCount", "1");
    usual.put("httpMethodRestrict", "POST,PUT");
    usual.put("chunkedMaxContentLength", "" + Taking.MOST_BYTES);
    usual.put("decoders", Gate.REQUESTS);
    if (addressing instanceof Addressing.Named) {
      usual.put("matchOnUriPrefix", "true");
    }
  }
}
