package org.kerbside.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The guides say the same in both languages, and who follows them to the letter gets there. */
class GuideTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** From the beginning on; what was kept before the broker was there comes as backlog. */
  private static final String HEARD =
      "mosquitto_sub -h 127.0.0.1 -p 1884 -t 'kerbside/1/qingyang/+/d' -t 'kerbside/1/qingyang/+/h'"
          + " -C 1 -F %t >/root/heard";

  @TempDir private Path folder = Path.of("");

  @Test
  void bothLanguagesHaveEveryPageAndTypeTheSame() throws Exception {
    assertThat(Guide.pages("zh-CN"))
        .isEqualTo(Guide.pages("en"))
        .contains("install.md", "swap.md", "fleet.md");
    for (var page : List.of("install", "operate", "swap", "fleet", "alarms", "codes")) {
      var english = Guide.of("en", page);
      var chinese = Guide.of("zh-CN", page);

      assertThat(chinese.blocks()).as(page).isEqualTo(english.blocks());
      assertThat(headings(chinese)).as(page).isEqualTo(headings(english));
    }
  }

  @Test
  @Tag("long")
  @Tag("install")
  @NeedsPeer({"debootstrap", "systemd-nspawn", "openssl"})
  void whoFollowsTheInstallersGuideGetsFromABareBoardToDataAtTheBroker() throws Exception {
    var authority = Authority.in(folder, "city");
    try (var board = DebianRoot.boot(DebianRoot.bare(), "guide")) {
      board.write("/usr/local/bin/sudo", "#!/bin/sh\nexec \"$@\"\n"); // root needs none
      board.run("chmod", "+x", "/usr/local/bin/sudo");
      new Place(board, folder).city(authority, "mq.city.example");
      board.start("sh", "-c", HEARD);
      board.bring(Deb.of("amd64").file(), "kerbside_1.deb");
      var java = board.bring(Versions.java("25.0.3", folder), "java.deb");

      for (var block : Guide.of("en", "install").commands()) {
        if (block.contains("adoptium")) {
          board.install(java); // This Debian has no network.
        } else {
          follow(board, block);
        }
        if (block.contains("CD-QY-0173.csr")) {
          sign(board, authority);
        }
      }

      assertThat(follow(board, "kerbside status")).contains("uplink   connected");
      Await.until(
          "data is at the broker",
          () ->
              board.ask("cat", "/root/heard").output().contains("kerbside/1/qingyang/CD-QY-0173/"),
          PATIENCE,
          () -> log(board));

      for (var block : Guide.of("en", "operate").commands()) {
        if (!block.contains("apt-get install")) {
          assertThat(follow(board, block)).as(block).doesNotContain("help:");
        }
      }
      assertThat(board.at("/etc/kerbside")).doesNotExist();
    }
  }

  private static String follow(DebianRoot board, String block) throws Exception {
    var script = "cd /root; set -e; PATH=/usr/local/bin:$PATH\n" + block;
    boolean runs = board.ask("systemctl", "is-active", "kerbside").exit() == 0;
    if (runs && (block.contains("status") || block.contains("health"))) {
      Await.until(
          "connected",
          () -> board.ask("kerbside", "status").output().contains("uplink   connected"),
          PATIENCE,
          () -> log(board));
    }
    return board.run("bash", "-c", script);
  }

  private static String log(DebianRoot board) {
    try {
      return board.ask("journalctl", "-u", "kerbside", "--no-pager", "-n", "20").output();
    } catch (Exception gone) {
      return gone.toString();
    }
  }

  /** What the city does with a request that it was sent. */
  private void sign(DebianRoot board, Authority authority) throws Exception {
    var request = Files.copy(board.at("/root/CD-QY-0173.csr"), folder.resolve("request.csr"));
    board.bring(authority.signed(request), "cert.pem");
    board.bring(authority.authorities(), "ca.pem");
  }

  private static List<Long> headings(Guide guide) throws Exception {
    return guide
        .text()
        .lines()
        .filter(it -> it.startsWith("#"))
        .map(it -> it.chars().filter(c -> c == '#').count())
        .toList();
  }
}
