package org.kerbside.gateway.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of promises names no test that is gone, and the notice for reporters is there. */
class SecurityPageTest {

  private static final Set<String> NO_SOURCES = Set.of("target", ".git", "node_modules");

  @Test
  void everyPromiseHasATest() throws Exception {
    var page = Files.readString(GatewayProcess.home().resolve("gateway/docs/security.md"));
    var named =
        Pattern.compile("`(\\w+Test)`")
            .matcher(page)
            .results()
            .map(name -> name.group(1) + ".java")
            .collect(toSet());
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(sources()).containsAll(named);
    assertThat(page.lines().filter(line -> line.matches("\\| [A-Z].*")))
        .allSatisfy(row -> assertThat(row).containsPattern("`\\w+Test`"));
  }

  @Test
  void whoFindsAFlawIsToldWhereToGo() throws Exception {
    assertThat(Files.readString(GatewayProcess.home().resolve(".github/SECURITY.md")))
        .contains("To report a flaw", "Supported");
  }

  private static Set<String> sources() throws IOException {
    var sources = new HashSet<String>();
    Files.walkFileTree(
        GatewayProcess.home(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NO_SOURCES.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sources.add(String.valueOf(file.getFileName()));
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}
