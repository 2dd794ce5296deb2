package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.model.Got;

/** What the city was told last, over a restart. */
class AnsweredTest {

  @TempDir private Path data;

  @Test
  void saysAfterwardsWhatWasWritten() throws Exception {
    var answered = Answered.in(data);
    assertThat(answered.read()).isNull();
    for (var result : Got.Result.values()) {
      var got = new Got(7, 43, result, List.of("site.yaml:1:1: \"x\"", "more"));
      answered.write(got);
      assertThat(answered.read()).isEqualTo(got);
    }
  }

  /** A person who looked into the file has written something else. */
  @Test
  void aWordThatIsNoneOfOursIsToldWithItsPlaceAndWhatToDo() throws Exception {
    var answered = Answered.in(data);
    answered.write(new Got(7, 43, Got.Result.APPLIED, List.of()));
    var file = data.resolve("want").resolve("got");
    Files.writeString(file, Files.readString(file).replace("applied", "fine"));
    assertThatIOException()
        .isThrownBy(answered::read)
        .withMessage(
            file
                + ":5:9: 'fine': expected applied, reverted or refused; remove it, and what the city wants is judged anew");
    Files.writeString(file, "schema: 1\n");
    assertThatIOException()
        .isThrownBy(answered::read)
        .withMessageContaining("expected want, revision and result; remove it");
  }
}
