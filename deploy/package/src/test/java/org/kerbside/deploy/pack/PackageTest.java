package org.kerbside.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.testkit.NeedsPeer;

/** What is in the package, and what is not. */
class PackageTest {

  private static final String TREE = "/usr/lib/kerbside/";

  /** {@code e_machine} of an ELF file. */
  private static final Map<String, Integer> MACHINE = Map.of("amd64", 62, "arm64", 183);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void holdsWhatTheLayoutSaysAndNothingElse(String architecture) throws Exception {
    var others =
        Deb.of(architecture).entries().stream()
            .filter(entry -> !entry.isFolder())
            .map(Deb.Entry::path)
            .filter(path -> !path.startsWith(TREE + "lib/") && !path.startsWith("/usr/share/doc/"))
            .filter(path -> !path.startsWith(TREE + "native/"));

    assertThat(others)
        .containsExactlyInAnyOrder(
            "/usr/bin/kerbside",
            "/usr/lib/kerbside/classpath",
            "/usr/lib/kerbside/gate",
            "/usr/lib/kerbside/java",
            "/usr/lib/kerbside/jvm.options",
            "/usr/lib/kerbside/kerbside.jar",
            "/usr/lib/kerbside/launch",
            "/usr/lib/kerbside/train",
            "/usr/lib/kerbside/training.yaml",
            "/usr/lib/kerbside/version",
            "/usr/lib/systemd/catalog/kerbside.catalog",
            "/usr/lib/systemd/catalog/kerbside.zh_CN.catalog",
            "/usr/lib/systemd/system/kerbside-gate.service",
            "/usr/lib/systemd/system/kerbside.service",
            "/usr/lib/sysusers.d/kerbside.conf",
            "/usr/lib/udev/rules.d/60-kerbside.rules",
            "/usr/share/bash-completion/completions/kerbside",
            "/usr/share/man/man1/kerbside.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void everythingIsRootsAndOfOneDayAndOnlyProgramsRun(String architecture) throws Exception {
    var programs = new TreeSet<String>();
    for (var entry : Deb.of(architecture).entries()) {
      assertThat(entry.owner()).as(entry.path()).isEqualTo("root/root");
      assertThat(entry.day()).as(entry.path()).isEqualTo("2026-01-01");
      if (entry.isFolder()) {
        assertThat(entry.mode()).as(entry.path()).isEqualTo("drwxr-xr-x");
      } else if (entry.isProgram()) {
        programs.add(entry.path());
      } else {
        assertThat(entry.mode()).as(entry.path()).isEqualTo("-rw-r--r--");
      }
    }
    assertThat(programs)
        .containsExactly(
            "/usr/bin/kerbside", TREE + "gate", TREE + "java", TREE + "launch", TREE + "train");
  }

  /** As the file system lists them they would stand in another order in each checkout. */
  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void standsInTheOrderOfNames(String architecture) throws Exception {
    var jars =
        Deb.of(architecture).entries().stream()
            .map(Deb.Entry::path)
            .filter(path -> path.startsWith(TREE + "lib/") && path.endsWith(".jar"))
            .toList();

    assertThat(jars).isSorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void theClassPathIsWhatIsThere(String architecture) throws Exception {
    var deb = Deb.of(architecture);
    var root = deb.unpacked(folder);
    var listed = Files.readString(root.resolve("usr/lib/kerbside/classpath")).strip().split(":");
    var there =
        deb.entries().stream()
            .map(Deb.Entry::path)
            .filter(path -> path.startsWith(TREE + "lib/") && path.endsWith(".jar"))
            .map(path -> "TREE/" + path.substring(TREE.length()))
            .toList();

    assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(there);
    assertThat(there).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void nativeLibrariesAreOfTheArchitecture(String architecture) throws Exception {
    var natives = Deb.of(architecture).unpacked(folder).resolve("usr/lib/kerbside/native");
    try (var files = Files.list(natives)) {
      var names = files.map(file -> String.valueOf(file.getFileName())).toList();
      assertThat(names).contains("libsqlitejdbc.so", "libjSerialComm.so");
      assertThat(names.contains("libpi4j-gpiod.so")).isEqualTo(architecture.equals("arm64"));
      for (var name : names) {
        assertThat(machine(natives.resolve(name))).as(name).isEqualTo(MACHINE.get(architecture));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void saysWhatItNeedsAndAsksNothing(String architecture) throws Exception {
    var deb = Deb.of(architecture);
    var control = deb.unpacked(folder).resolve("DEBIAN");

    assertThat(deb.field("Architecture")).isEqualTo(architecture);
    assertThat(deb.field("Depends")).contains("openjdk-25-jre-headless | temurin-25-jre");
    assertThat(names(control))
        .containsExactly(
            "control", "md5sums", "postinst", "postrm", "preinst", "prerm", "triggers");
  }

  @Test
  @NeedsPeer("dash")
  void scriptsParse() throws Exception {
    var root = Deb.of("amd64").unpacked(folder);
    for (var script : List.of("preinst", "postinst", "prerm", "postrm")) {
      parses(root.resolve("DEBIAN").resolve(script));
    }
    for (var script : List.of("gate", "java", "launch", "train")) {
      parses(root.resolve("usr/lib/kerbside").resolve(script));
    }
    parses(root.resolve("usr/bin/kerbside"));
  }

  @Test
  @NeedsPeer("systemd-analyze")
  void theSandboxIsAsTightAsWasPromised() throws Exception {
    var root = Deb.of("amd64").unpacked(folder);

    Deb.ran(
        "systemd-analyze",
        List.of(
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold=15",
            root.resolve("usr/lib/systemd/system/kerbside.service").toString()));
  }

  /** Every setting of both units is one that systemd knows. */
  @Test
  @NeedsPeer("systemd-analyze")
  void theUnitsAreWellFormed() throws Exception {
    var units = Deb.of("amd64").unpacked(folder).resolve("usr/lib/systemd/system");
    for (var unit : List.of("kerbside.service", "kerbside-gate.service")) {
      // The programs are not installed here; everything else must be silent.
      var text =
          Files.readString(units.resolve(unit)).replaceAll("(?m)^(Exec\\w+=).*$", "$1/bin/true");
      var checked = Files.writeString(folder.resolve(unit), text);
      assertThat(Deb.ran("systemd-analyze", List.of("verify", "--man=no", checked.toString())))
          .as(unit)
          .doesNotContain(unit);
    }
  }

  /** Nobody looks into the process from outside, and nobody's objects come in as bytes. */
  @Test
  void javaHasNoDoorOfItsOwn() throws Exception {
    var root = Deb.of("amd64").unpacked(folder).resolve("usr/lib/kerbside");
    var flags = Files.readAllLines(root.resolve("jvm.options"));

    assertThat(flags).contains("-Djdk.serialFilter=!*", "-XX:+DisableAttachMechanism");
    assertThat(Files.readString(root.resolve("launch")) + flags)
        .doesNotContain("jmxremote", "jdwp", "agentlib", "javaagent");
  }

  @Test
  void theListOfPartsNamesEveryLibraryOfOthers() throws Exception {
    var root = Deb.of("amd64").unpacked(folder);
    var parts = Files.readString(root.resolve("usr/share/doc/kerbside/sbom.cdx.json"));

    assertThat(parts).contains("\"bomFormat\" : \"CycloneDX\"").doesNotContain("serialNumber");
    for (var jar : names(root.resolve("usr/lib/kerbside/lib"))) {
      var artifact = jar.replaceFirst("-[0-9].*", "");
      assertThat(parts).as(jar).contains("\"" + artifact + "\"");
    }
  }

  private static void parses(Path script) throws Exception {
    Deb.ran("dash", List.of("-n", script.toString()));
    // jdeb puts its own words in their place.
    assertThat(Files.readString(script)).as("%s", script).doesNotContain("[[");
  }

  private static int machine(Path elf) throws IOException {
    try (var stream = Files.newInputStream(elf)) {
      var head = stream.readNBytes(20);
      assertThat(head).as("%s", elf).startsWith(0x7F, 'E', 'L', 'F');
      return head[18] & 0xFF;
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
