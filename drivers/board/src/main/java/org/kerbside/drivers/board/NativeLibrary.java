package org.kerbside.drivers.board;

import com.fazecast.jSerialComm.SerialPortTimeoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * jSerialComm's native part. Left alone it would be unpacked into a folder of everybody's, under a
 * name that everybody knows, and loaded from there; so it goes where only we write.
 */
final class NativeLibrary {

  private static final String PATH = "jSerialComm.library.path";
  private static final String NAME = "libjSerialComm.so";

  private NativeLibrary() {}

  /**
   * Before the first serial port. A package that brings the library itself sets {@value #PATH}, and
   * needs nothing of this; on machines that we do not know jSerialComm finds its own way.
   */
  static void unpackInto(Path folder) throws IOException {
    var resource = resource(System.getProperty("os.arch"));
    if (System.getProperty(PATH) != null || resource == null) {
      return;
    }
    try (var stream = SerialPortTimeoutException.class.getResourceAsStream(resource)) {
      if (stream != null) {
        Files.createDirectories(folder);
        // By rename: a library that is in use is replaced, never overwritten.
        var fresh = Files.createTempFile(folder, NAME, ".new");
        Files.copy(stream, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        System.setProperty(PATH, folder.toAbsolutePath().toString());
      }
    }
  }

  private static @Nullable String resource(String architecture) {
    return switch (architecture) {
      case "amd64" -> "/Linux/x86_64/" + NAME;
      case "aarch64" -> "/Linux/armv8_64/" + NAME;
      case "arm" -> "/Linux/armv7hf/" + NAME;
      default -> null;
    };
  }
}
