package org.kerbside.drivers.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

class NeedsPeerTest {

  private static final String REASON =
      "not run: no-such-peer missing; sudo apt-get install no-such-peer";

  @Test
  void runsWhereThePeersAre() {
    assertThat(PeerCondition.evaluate(List.of("sh"), null).isDisabled()).isFalse();
  }

  @Test
  void saysWhatToInstallWhereOneIsMissing() {
    var result = PeerCondition.evaluate(List.of("sh", "no-such-peer"), null);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).contains(REASON);
  }

  @Test
  void failsInsteadUnderCi() {
    assertThatThrownBy(() -> PeerCondition.evaluate(List.of("no-such-peer"), "true"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(REASON);
  }
}
