package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.page.SiteLine;

/** What the page hands over for a site's file is what that file takes, of every kind. */
class HandedOverTest {

  private static final String BEFORE =
      """
      assets:
        wc-1: { kind: toilet, name: 公厕 }
        feeder-1: { kind: feeder, name: 路灯回路 1, at: hand/feeder-1 }
        master-1: { kind: master, name: 总阀, pipe: DN40, at: hand/master-1 }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource
  void aLineForANewAssetIsTaken(Kind kind) throws Exception {
    var parents = HandSite.read(folder, BEFORE).assets();
    var line = new SiteLine("new-1", kind, "新的 \"1\"", "hand/new-1", "").text(parents);

    assertThat(HandSite.read(folder, BEFORE + "  " + line + "\n").assets())
        .filteredOn(asset -> asset.id().equals("new-1"))
        .extracting(Asset::name)
        .containsExactly("新的 \"1\"");
  }

  static Stream<Kind> aLineForANewAssetIsTaken() {
    return Kinds.TABLE.values().stream().filter(Kind::isListed);
  }
}
