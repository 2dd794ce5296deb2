package org.kerbside.deploy.pack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Packages that a test needs and nobody releases: later versions, bad ones, the Java in use. */
final class Versions {

  private Versions() {}

  /**
   * The package of this build as another version.
   *
   * @param spoil a shell command, in the package's root
   */
  static Path of(String version, String spoil, Path folder) throws Exception {
    var root = Deb.of("amd64").unpacked(Files.createTempDirectory(folder, "version"));
    var control = root.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceAll("(?m)^Version: .*$", "Version: " + version));
    Files.writeString(root.resolve("usr/lib/kerbside/version"), version + "\n");
    Deb.ran("sh", List.of("-c", "cd %s && %s".formatted(root, spoil)));
    return built(root, folder.resolve("kerbside_%s.deb".formatted(version)));
  }

  /** The Java that runs this test, as Debian would have it. */
  static Path java(String version, Path folder) throws Exception {
    var root = Files.createTempDirectory(folder, "java");
    var home = root.resolve("usr/lib/jvm/temurin-25-jre-amd64");
    Files.createDirectories(home.getParent());
    Deb.ran("cp", List.of("-a", System.getProperty("java.home"), home.toString()));
    Deb.ran("sh", List.of("-c", "cd %s && rm -rf lib/src.zip lib/ct.sym jmods".formatted(home)));
    var release = home.resolve("release");
    Files.writeString(release, Files.readString(release) + "PACKAGED=\"%s\"\n".formatted(version));
    Files.createDirectories(root.resolve("DEBIAN"));
    Files.writeString(
        root.resolve("DEBIAN/control"),
        """
        Package: temurin-25-jre
        Version: %s
        Architecture: amd64
        Maintainer: this test
        Description: the Java in use, as a package
        """
            .formatted(version));
    return built(root, folder.resolve("java_%s.deb".formatted(version)));
  }

  private static Path built(Path root, Path deb) throws Exception {
    var fresh = deb.resolveSibling(deb.getFileName() + ".new");
    Deb.ran(
        "dpkg-deb",
        List.of("-Znone", "--root-owner-group", "-b", root.toString(), fresh.toString()));
    Deb.ran("rm", List.of("-rf", root.toString()));
    return Files.move(fresh, deb, StandardCopyOption.REPLACE_EXISTING);
  }
}
