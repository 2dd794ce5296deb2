package org.kerbside.gateway.app.wiring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.kerbside.config.Durable;

/** A ZIP that is there as a whole or not at all, whenever the process or the power goes. */
final class Archive {

  private Archive() {}

  static void write(Path to, Map<String, byte[]> contents) throws IOException {
    Durable.write(to, bytes(contents));
  }

  static byte[] bytes(Map<String, byte[]> contents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : contents.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** What {@link #bytes} wrote, by nobody else. */
  static SequencedMap<String, byte[]> read(byte[] bytes) throws IOException {
    var contents = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.put(entry.getName(), zip.readAllBytes());
      }
    }
    return contents;
  }
}
