package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;

/**
 * What {@code kerbside factory-reset} does: empties the data folder and, where the package keeps
 * it, the folder of the configuration. Links are removed and not followed. All or nothing as far as
 * rights go: they are looked at before the first file goes.
 */
final class Resetting {

  /** One of these lies in a folder that a gateway ran in. */
  private static final List<String> SIGNS = List.of("journal.db", "revisions", "identity", "lock");

  private Resetting() {}

  static Exit run(Work.FactoryReset work, Terminal terminal) throws CommandException {
    var data = work.data();
    if (SIGNS.stream().noneMatch(sign -> Files.exists(data.resolve(sign)))) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "%s is no data folder of a gateway".formatted(data),
          "name the one that is meant by --data DIR; nothing has changed");
    }
    try (var lock = Lock.on(data)) {
      var folders = new ArrayList<Path>();
      folders.add(lock.folder());
      var configuration = work.configuration();
      if (configuration != null && Files.isDirectory(configuration)) {
        folders.add(configuration);
      }
      refuseWhatMayNotGo(folders);
      long files = 0;
      for (var folder : folders.reversed()) {
        files += empty(folder);
      }
      terminal.out().println(told(folders, files, configuration));
      return Exit.DONE;
    } catch (IOException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "not all is erased: %s".formatted(broken),
          "mend that and erase once more");
    }
  }

  private static String told(List<Path> folders, long files, @Nullable Path configuration) {
    var erased =
        "erased: %d files of %s\n"
            .formatted(files, String.join(", ", folders.stream().map(String::valueOf).toList()));
    var beside =
        configuration == null
            ? "the site's files and secrets lie elsewhere, and are still there\n"
            : "";
    return erased
        + beside
        + "not the gateway's, and still there: what it said in the system's journal"
        + " (journalctl --rotate --vacuum-time=1s), backups (/var/backups/kerbside-*)";
  }

  private static void refuseWhatMayNotGo(List<Path> folders) throws IOException, CommandException {
    for (var folder : folders) {
      try (var all = Files.walk(folder)) {
        for (var each :
            all.filter(it -> Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS)).toList()) {
          if (!Files.isWritable(each)) {
            throw new CommandException(
                Exit.NOT_ALLOWED,
                "%s may not be emptied by you; nothing has changed".formatted(each),
                "sudo kerbside factory-reset --erase-everything");
          }
        }
      }
    }
  }

  /** The folder itself stays: the package made it. */
  private static long empty(Path folder) throws IOException {
    long[] files = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.delete(file);
            files[0]++;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, @Nullable IOException broken)
              throws IOException {
            if (broken != null) {
              throw broken;
            }
            if (!left.equals(folder)) {
              Files.delete(left);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files[0];
  }
}
