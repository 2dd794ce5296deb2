package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.kerbside.config.Overlay;
import org.kerbside.config.Revision;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.Standing;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Survey;

/**
 * What {@code kerbside backup} and {@code restore} do. A backup is a ZIP of the configuration that
 * runs, what was learned, and what the last process wanted remembered: totals, open days, alarms.
 * Secrets and keys are in it only where a pass phrase locks them up. Restored, the board has a new
 * journal that goes on from there.
 */
final class Backing {

  private static final String FORMAT = "kerbside-backup";
  private static final String ORIGIN = "origin";
  private static final String MEMORY = "memory";
  private static final String SECRETS = "secrets.box";
  private static final String FILES = "files/";
  private static final Pattern NAME = Pattern.compile("files/(?!.*\\.\\.)[^\\\\]{1,200}");
  private static final long MOST_BYTES = 64L << 20;

  private Backing() {}

  static Exit run(Work.Backup work, Terminal terminal) throws CommandException {
    var kept = Kept.in(work.data());
    var current = kept.current();
    if (current == null) {
      throw new CommandException(
          Exit.REFUSED, "no configuration ever ran from %s".formatted(work.data()), "--data DIR");
    }
    var to =
        work.to() == null
            ? Path.of("kerbside-%s.zip".formatted(LocalDate.now(ZoneId.systemDefault())))
            : work.to();
    try {
      var contents = contents(work.data(), current);
      var phrase = work.phrase();
      var secrets = phrase == null ? null : Secret.of(current.origin(), work.data());
      if (phrase != null && secrets != null) {
        contents.put(SECRETS, Strongbox.locked(secrets, phrase, bound(contents)));
      }
      Archive.write(to, contents);
      terminal
          .out()
          .println(
              "%s: revision %d, %d files%s, %d bytes"
                  .formatted(
                      to,
                      current.number(),
                      current.sums().size(),
                      secrets == null ? "" : ", %d secrets".formatted(secrets.size()),
                      Files.size(to)));
      return Exit.DONE;
    } catch (IOException | JournalException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "%s cannot be written: %s".formatted(to, broken.getMessage()),
          "nothing has changed; name another file");
    }
  }

  private static Map<String, byte[]> contents(Path data, Revision current)
      throws IOException, JournalException {
    var contents = new LinkedHashMap<String, byte[]>();
    contents.put(FORMAT, "1\n".getBytes(UTF_8));
    contents.put(
        ORIGIN,
        "%s\n%s\n%d\n"
            .formatted(current.origin(), current.site(), current.number())
            .getBytes(UTF_8));
    for (var name : current.sums().keySet()) {
      var file = current.folder().resolve(Revision.FILES).resolve(name);
      contents.put(FILES + name, Files.readAllBytes(file));
    }
    var overlay = data.resolve(Overlay.FILE);
    if (Files.exists(overlay)) {
      contents.put(Overlay.FILE, Files.readAllBytes(overlay));
    }
    var memory = Survey.memory(data);
    if (memory != null) {
      contents.put(MEMORY, memory);
    }
    return contents;
  }

  /** Where it came from: what is locked up beside it belongs to that site. */
  private static byte[] bound(Map<String, byte[]> contents) {
    return contents.getOrDefault(ORIGIN, new byte[0]);
  }

  static Exit run(Work.Restore work, Terminal terminal) throws CommandException {
    var contents = read(work.file());
    var secrets = secrets(contents, work);
    try (var lock = Lock.on(work.data())) {
      var revision = restore(lock.folder(), contents, secrets);
      terminal
          .out()
          .println(
              "%s restored: revision %d of %s runs at the next start%s"
                  .formatted(
                      work.data(),
                      revision.number(),
                      revision.origin(),
                      contents.containsKey(SECRETS) && secrets.isEmpty()
                          ? "; secrets are left out: --with-secrets"
                          : ""));
      return Exit.DONE;
    } catch (IOException | JournalException broken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "%s cannot be restored: %s".formatted(work.data(), broken.getMessage()),
          "restore into an empty folder: --data DIR");
    }
  }

  /** Those that are locked up in it, where they are asked for. Nothing has changed yet. */
  private static Map<String, byte[]> secrets(Map<String, byte[]> contents, Work.Restore work)
      throws CommandException {
    var phrase = work.phrase();
    if (phrase == null) {
      return Map.of();
    }
    var box = contents.get(SECRETS);
    try {
      if (box == null) {
        throw new Strongbox.Closed("there are none in it");
      }
      return Strongbox.opened(box, phrase, bound(contents));
    } catch (Strongbox.Closed | IOException closed) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "the secrets in %s: %s".formatted(work.file(), closed.getMessage()),
          "type the pass phrase once more, or leave --with-secrets out; nothing has changed");
    }
  }

  private static Revision restore(
      Path data, Map<String, byte[]> contents, Map<String, byte[]> secrets)
      throws IOException, JournalException, CommandException {
    var revisions = Kept.in(data).revisions();
    if (!revisions.standing().equals(Standing.NONE)) {
      throw new CommandException(
          Exit.REFUSED,
          "%s is in use by revision %d".formatted(data, revisions.standing().revision()),
          "move the folder away first; nothing has changed");
    }
    for (var part : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(data.resolve("journal.db" + part)); // an unfinished restore's
    }
    var origin = new String(contents.getOrDefault(ORIGIN, new byte[0]), UTF_8).lines().toList();
    var site = Path.of(origin.get(0));
    var files = new TreeMap<String, byte[]>();
    contents.forEach(
        (name, bytes) -> {
          if (name.startsWith(FILES)) {
            files.put(name.substring(FILES.length()), bytes);
          }
        });
    var base = site;
    for (int up = Path.of(origin.get(1)).getNameCount(); up > 0; up--) {
      base = base.resolve("..").normalize();
    }
    put(base, files);
    Secret.put(secrets, site, data);
    var overlay = contents.get(Overlay.FILE);
    if (overlay != null) {
      Files.write(data.resolve(Overlay.FILE), overlay);
    }
    var memory = contents.get(MEMORY);
    if (memory != null) {
      Journal.begin(data, memory);
    }
    var revision = revisions.keep(new SiteFiles(site, base, files), "restore", Instant.now());
    revisions.stand(Standing.on(revision.number()));
    return revision;
  }

  /** Where people keep them, and where there is nothing yet. */
  private static void put(Path base, Map<String, byte[]> files) throws IOException {
    for (var file : files.entrySet()) {
      var place = base.resolve(file.getKey());
      if (Files.notExists(place)) {
        Files.createDirectories(place.resolveSibling(""));
        Files.write(place, file.getValue());
      }
    }
  }

  private static Map<String, byte[]> read(Path file) throws CommandException {
    var contents = new LinkedHashMap<String, byte[]>();
    long bytes = 0;
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        var name = entry.getName();
        if (!NAME.matcher(name).matches()
            && !List.of(FORMAT, ORIGIN, MEMORY, SECRETS, Overlay.FILE).contains(name)) {
          throw new IOException("'%s' belongs to no backup".formatted(name));
        }
        bytes += entry.getSize();
        if (bytes > MOST_BYTES) {
          throw new IOException("larger than 64 MiB");
        }
        contents.put(name, zip.getInputStream(entry).readNBytes((int) MOST_BYTES));
      }
      if (!contents.containsKey(FORMAT) || !contents.containsKey(ORIGIN)) {
        throw new IOException("no backup of kerbside's");
      }
      return contents;
    } catch (IOException broken) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "%s: %s".formatted(file, broken.getMessage()),
          "name a file that kerbside backup wrote; nothing has changed");
    }
  }
}
