package org.kerbside.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of a data folder, the newest ten, and which of them runs. A revision is whole
 * on the disk before it has its name, and which one runs is one file, moved by rename: a power cut
 * leaves the old one or the new. Belongs to one thread at a time.
 */
public final class Revisions {

  /** Its folder, in the data folder. */
  public static final String FOLDER = "revisions";

  /** Who has what the city pushed. */
  private static final String CITY = "city";

  private static final String CURRENT = "current";
  private static final String UNFINISHED = ".new";
  private static final int KEPT = 10;

  private final Path folder;

  private Revisions(Path folder) {
    this.folder = folder;
  }

  /** Those of a data folder; there may be none yet. */
  public static Revisions in(Path data) {
    return new Revisions(data.resolve(FOLDER));
  }

  /** Oldest first; those that cannot be read are left out. */
  public List<Revision> all() throws IOException {
    var found = new ArrayList<Revision>();
    for (var each : folders()) {
      var revision = Revision.read(each);
      if (revision != null) {
        found.add(revision);
      }
    }
    found.sort(Comparator.comparingLong(Revision::number));
    return found;
  }

  /** Null where there is none of that number. */
  public @Nullable Revision of(long number) throws IOException {
    return Revision.read(folder.resolve(String.valueOf(number)));
  }

  /** What runs, and on what terms; nothing yet at first. */
  public Standing standing() throws IOException {
    try {
      return Standing.read(Files.readString(folder.resolve(CURRENT)));
    } catch (NoSuchFileException none) {
      return Standing.NONE;
    }
  }

  /** From now on, whatever happens, this stands. */
  public void stand(Standing standing) throws IOException {
    Durable.write(folder.resolve(CURRENT), standing.text());
    prune(standing);
  }

  /** The newest, where it holds these files; else the next, written. It does not run yet. */
  public Revision keep(SiteFiles files, String author, Instant when) throws IOException {
    return keep(files, author, 0, when);
  }

  /**
   * As the other, of files that the city pushed.
   *
   * @param want the city's number of them
   */
  public Revision keepPushed(SiteFiles files, long want, Instant when) throws IOException {
    return keep(files, CITY, want, when);
  }

  private Revision keep(SiteFiles files, String author, long want, Instant when)
      throws IOException {
    var all = all();
    return !all.isEmpty()
            && all.getLast().want() == want
            && all.getLast().holds(files)
            && all.getLast().isWhole()
        ? all.getLast()
        : write(files, author, want, when);
  }

  private Revision write(SiteFiles files, String author, long want, Instant when)
      throws IOException {
    open();
    long number = next();
    var unfinished = folder.resolve(number + UNFINISHED);
    delete(unfinished);
    var copy = unfinished.resolve(Revision.FILES);
    for (var file : files.contents().entrySet()) {
      var place = copy.resolve(file.getKey());
      Files.createDirectories(place.resolveSibling(""));
      Durable.create(place, file.getValue());
    }
    // Secrets stay where they are, and are nowhere twice.
    var secrets = copy.resolve(files.siteName()).resolveSibling("secrets");
    Files.createSymbolicLink(secrets, files.site().resolveSibling("secrets"));
    var revision =
        new Revision(
            number,
            folder.resolve(String.valueOf(number)),
            files.site(),
            files.siteName(),
            author,
            want,
            when.truncatedTo(ChronoUnit.SECONDS),
            files.sums());
    Durable.create(unfinished.resolve(Revision.MANIFEST), revision.manifest().getBytes(UTF_8));
    try (var folders = Files.walk(unfinished)) {
      for (var each : folders.filter(Files::isDirectory).toList()) {
        if (!Files.isSymbolicLink(each)) {
          Durable.sync(each);
        }
      }
    }
    Durable.move(unfinished, revision.folder());
    return revision;
  }

  /** What was written and is not to run after all. */
  public void drop(Revision revision) throws IOException {
    delete(revision.folder());
  }

  private void open() throws IOException {
    try {
      Files.createDirectories(folder.resolveSibling(""));
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException there) {
      // As it should be.
    }
  }

  private long next() throws IOException {
    long last = standing().revision();
    for (var each : folders()) {
      last = Math.max(last, Long.parseLong(each.getFileName().toString()));
    }
    return last + 1;
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> each.getFileName().toString().matches("[1-9]\\d{0,17}"))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }

  /** The one that runs and the one to go back to are never among them. */
  private void prune(Standing standing) throws IOException {
    var all = new ArrayList<>(folders());
    all.sort(Comparator.comparingLong(each -> Long.parseLong(each.getFileName().toString())));
    for (var each : all.subList(0, Math.max(0, all.size() - KEPT))) {
      if (!standing.names(Long.parseLong(each.getFileName().toString()))) {
        delete(each);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
