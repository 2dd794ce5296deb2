package org.kerbside.drivers.modbus;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.LineSettings;

/** Reads where a bus is: {@code port} and {@code line}, or {@code url}. */
final class PlaceReader {

  private static final Pattern URL =
      Pattern.compile("(modbus|rtu)://(\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(?::(\\d{1,5}))?");
  private static final String RTU = "rtu";
  private static final int PORT = 502;

  /** What the kernel counts: another number after the next power cut. */
  private static final Pattern COUNTED = Pattern.compile("/dev/tty(USB|ACM)\\d+");

  private PlaceReader() {}

  /** Null when a mistake was told. */
  static @Nullable Place read(Section own, Mistakes mistakes) {
    var port = own.text("port");
    var url = own.text("url");
    var line = own.text("line");
    if (port == null == (url == null)) {
      mistakes.add(
          url == null ? own.mark() : url.mark(),
          "E001",
          url == null ? "'port' is missing" : "'port' and 'url' exclude each other",
          "write port: /dev/serial/by-id/… for a serial line, or url: modbus://10.0.0.5:502");
      return null;
    }
    var settings = line == null ? LineSettings.USUAL : LineReader.read(line, mistakes);
    if (settings == null) {
      return null;
    }
    return port == null ? net(url, line, settings, mistakes) : serial(port, settings, mistakes);
  }

  private static @Nullable Place serial(Text port, LineSettings settings, Mistakes mistakes) {
    if (!port.text().startsWith("/")) {
      mistakes.add(
          port.mark(),
          "E104",
          "'%s' is no serial port".formatted(port),
          "write its whole path, as /dev/serial/by-id/usb-1a86_USB_Serial-if00-port0");
      return null;
    }
    if (COUNTED.matcher(port.text()).matches()) {
      mistakes.add(
          port.mark(),
          "W207",
          "'%s' may be another adapter after the next start".formatted(port),
          "take its name that stays: ls -l /dev/serial/by-id");
    }
    return new Place.Serial(port.text(), settings);
  }

  private static @Nullable Place net(
      @Nullable Text url, @Nullable Text line, LineSettings settings, Mistakes mistakes) {
    if (url == null) {
      return null;
    }
    var match = URL.matcher(url.text());
    int port = !match.matches() || match.group(3) == null ? PORT : Integer.parseInt(match.group(3));
    if (!match.matches() || port < 1 || port > 0xFFFF) {
      mistakes.add(
          url.mark(),
          "E104",
          "'%s' is no Modbus server's url".formatted(url),
          "write modbus://host:502, or rtu://host:4001 for a serial server that passes RTU on");
      return null;
    }
    String host = match.group(2).replaceAll("[\\[\\]]", "");
    if (match.group(1).equals(RTU)) {
      return new Place.Server(host, port, settings);
    }
    if (line != null) {
      mistakes.add(
          line.mark(),
          "E003",
          "Modbus TCP has no 'line'",
          "remove it, or write rtu:// for a serial server that passes RTU on");
      return null;
    }
    return new Place.Tcp(host, port);
  }
}
