package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The process that {@link ShimTest} watches: does with a folder what it reads, line by line. */
final class Scribbling {

  private Scribbling() {}

  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(answer(folder, line.split(" ", -1)));
    }
  }

  private static String answer(Path folder, String[] words) {
    try {
      act(folder, words);
      return "done";
    } catch (IOException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static void act(Path folder, String[] words) throws IOException {
    var file = folder.resolve(words[1]);
    switch (words[0]) {
      case "write" -> Files.writeString(file, words[2]);
      case "append" -> Files.writeString(file, words[2], StandardOpenOption.APPEND);
      case "put" -> put(file, Long.parseLong(words[2]), words[3]);
      case "sync" -> sync(file, StandardOpenOption.WRITE);
      case "sync-folder" -> sync(file, StandardOpenOption.READ);
      case "cut" -> cut(file, Long.parseLong(words[2]));
      case "move" -> Files.move(file, folder.resolve(words[2]));
      case "delete" -> Files.delete(file);
      default -> throw new IOException("no act is called " + words[0]);
    }
  }

  private static void put(Path file, long at, String text) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (var bytes = ByteBuffer.wrap(text.getBytes(UTF_8)); bytes.hasRemaining(); ) {
        channel.write(bytes, at + bytes.position());
      }
    }
  }

  private static void cut(Path file, long size) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void sync(Path file, StandardOpenOption way) throws IOException {
    try (var channel = FileChannel.open(file, way)) {
      channel.force(false);
    }
  }
}
