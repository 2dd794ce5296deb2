package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder whose files nobody but their owner reads, each written whole or not at all. What was
 * written or deleted is on the disk before the call ends.
 *
 * @param path need not be there yet
 */
record PrivateFolder(Path path) {

  Path file(String name) {
    return path.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  void delete(String name) throws IOException {
    if (Files.deleteIfExists(file(name))) {
      sync();
    }
  }

  /**
   * Whole or not at all, and never readable by others, not even before it has its owner: whom the
   * data folder belongs to. So it is written otherwise than what everybody may read.
   */
  void write(String name, String text) throws IOException {
    makeFolder();
    var fresh = path.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    var alone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var file =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), alone)) {
      file.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
      file.force(true);
    }
    give(fresh, path);
    Files.move(fresh, path.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    sync();
  }

  private void makeFolder() throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new IOException(
          "%s: is a link: expected a folder; remove it, and put a folder there".formatted(path));
    }
    if (!Files.isDirectory(path)) {
      var parent = path.toAbsolutePath().getParent();
      if (parent == null) {
        throw new IOException("%s: expected a folder within a data folder".formatted(path));
      }
      Files.createDirectories(parent);
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      give(path, parent);
    }
  }

  /**
   * Root may ask, and the service has to read. Whoever the service is may put a link into its own
   * folder: what it leads to is not given away.
   */
  private static void give(Path what, Path like) throws IOException {
    var owner = Files.readAttributes(like, PosixFileAttributes.class);
    if (!Files.getOwner(what, NOFOLLOW_LINKS).equals(owner.owner())) {
      var view = Files.getFileAttributeView(what, PosixFileAttributeView.class, NOFOLLOW_LINKS);
      view.setOwner(owner.owner());
      view.setGroup(owner.group());
    }
  }

  private void sync() throws IOException {
    try (var open = FileChannel.open(path, StandardOpenOption.READ)) {
      open.force(true);
    }
  }
}
