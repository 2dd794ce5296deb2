package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP that is there as a whole or not at all, whenever the process or the power goes. */
final class Archive {

  private Archive() {}

  static void write(Path to, Map<String, byte[]> contents) throws IOException {
    var fresh = to.resolveSibling(to.getFileName() + ".new");
    try (var zip = new ZipOutputStream(Files.newOutputStream(fresh))) {
      for (var entry : contents.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
