package org.kerbside.drivers.board;

import com.fazecast.jSerialComm.SerialPortTimeoutException;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.linuxfs.LinuxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The native parts of the libraries here. Left alone they would be unpacked into a folder of
 * everybody's, where nothing may run or nothing fits; so they go where only we write. A package
 * that brings them itself sets the library's property, and needs nothing of this; on machines that
 * we do not know each library finds its own way, or says that there is none.
 */
enum NativeLibrary {
  SERIAL("jSerialComm.library.path", SerialPortTimeoutException.class) {
    @Override
    @Nullable String folder(String architecture) {
      return switch (architecture) {
        case "amd64" -> "/Linux/x86_64/";
        case "aarch64" -> "/Linux/armv8_64/";
        case "arm" -> "/Linux/armv7hf/";
        default -> null;
      };
    }

    @Override
    List<String> names() {
      return List.of("libjSerialComm.so");
    }
  },

  PINS(NativeLibrary.PI4J, GpioDException.class) {
    @Override
    @Nullable String folder(String architecture) {
      return pi4j(architecture, "pi4j-gpiod");
    }

    @Override
    List<String> names() {
      return List.of("libgpiod.so", "libpi4j-gpiod.so");
    }
  },

  I2C(NativeLibrary.PI4J, LinuxFile.class) {
    @Override
    @Nullable String folder(String architecture) {
      return pi4j(architecture, "pi4j-linuxfs");
    }

    @Override
    List<String> names() {
      return List.of("libpi4j-linuxfs.so");
    }
  };

  private static final String PI4J = "pi4j.library.path";

  private final String property;
  private final Class<?> neighbour;

  /**
   * @param property where the library looks for it
   * @param neighbour a class of the same jar
   */
  NativeLibrary(String property, Class<?> neighbour) {
    this.property = property;
    this.neighbour = neighbour;
  }

  /** Where it is in its jar; null where there is none for that machine. */
  abstract @Nullable String folder(String architecture);

  abstract List<String> names();

  private static @Nullable String pi4j(String architecture, String library) {
    return switch (architecture) {
      case "aarch64" -> "/lib/aarch64/%s/".formatted(library);
      case "arm" -> "/lib/armhf/%s/".formatted(library);
      default -> null;
    };
  }

  /** Before the library is first used; again does no harm. */
  void unpackInto(Path folder) throws IOException {
    unpackInto(folder, System.getProperty("os.arch"));
  }

  void unpackInto(Path folder, String architecture) throws IOException {
    var from = folder(architecture);
    var ours = folder.toAbsolutePath().toString();
    var set = System.getProperty(property);
    if (from == null || (set != null && !set.equals(ours))) {
      return;
    }
    Files.createDirectories(folder);
    for (var name : names()) {
      copy(from + name, folder.resolve(name));
    }
    System.setProperty(property, ours);
  }

  /** By rename: a library that is in use is replaced, never overwritten. */
  private void copy(String resource, Path file) throws IOException {
    try (var stream = neighbour.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("the jar holds no %s".formatted(resource));
      }
      var fresh =
          Files.createTempFile(file.getParent(), String.valueOf(file.getFileName()), ".new");
      Files.copy(stream, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
