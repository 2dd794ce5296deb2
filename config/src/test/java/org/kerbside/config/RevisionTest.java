package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest, read back. */
class RevisionTest {

  @TempDir private Path folder;

  /** It is what people keep: nobody wanted it. */
  @Test
  void oneWithoutAWantIsNoPushedOne() throws Exception {
    var site = Files.writeString(folder.resolve("site.yaml"), "schema: 1\n");
    var revisions = Revisions.in(folder.resolve("data"));
    var kept = revisions.keepPushed(SiteFiles.of(site, List.of()), 7, Instant.EPOCH);
    var manifest = kept.folder().resolve(Revision.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest).replace("want: 7\n", ""));
    var read = Objects.requireNonNull(revisions.of(kept.number()));
    assertThat(read.want()).isZero();
    assertThat(read.isPushed()).isFalse();
  }
}
