package org.kerbside.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that a power cut leaves as they were or as they are to be, and never between. */
public final class Durable {

  private Durable() {}

  /** Puts a text in the place of a file's, whose folder is there. */
  static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(UTF_8));
  }

  /** Puts bytes in the place of a file's, whose folder is there. */
  public static void write(Path file, byte[] bytes) throws IOException {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    create(fresh, bytes);
    move(fresh, file);
  }

  /** A file with its bytes on the disk; its name in the folder is not yet. */
  static void create(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Gives a file or folder its name for good. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.toAbsolutePath().resolveSibling(""));
  }

  /** The names in a folder are on the disk. */
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
