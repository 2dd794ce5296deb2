package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/**
 * One gateway a data folder: the second is refused and told of the first. The kernel lets go of it.
 */
final class Lock implements AutoCloseable {

  private final Path folder;
  private final RandomAccessFile file;

  private Lock(Path folder, RandomAccessFile file) {
    this.folder = folder;
    this.file = file;
  }

  static Lock on(Path folder) throws CommandException {
    try {
      Files.createDirectories(folder);
      var file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
      FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        String first = file.readLine();
        file.close();
        throw new CommandException(
            Exit.MISSING_OR_TAKEN,
            "%s is taken by the gateway with process %s".formatted(folder, first),
            "stop that one, or give this one another folder by --data DIR");
      }
      file.setLength(0);
      file.write(
          "%d\n".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
      return new Lock(folder, file);
    } catch (IOException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "%s cannot be written: %s".formatted(folder, e.getMessage()),
          "give a folder of your own by --data DIR");
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
