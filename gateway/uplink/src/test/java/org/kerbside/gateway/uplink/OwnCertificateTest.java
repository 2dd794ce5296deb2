package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A serial as {@code openssl x509 -serial} prints it, for people who compare the two. */
class OwnCertificateTest {

  @ParameterizedTest
  @CsvSource({"0, 00", "5, 05", "abc, 0ABC", "80, 80", "1ffffffffff, 01FFFFFFFFFF", "-5, -05"})
  void aSerialHasWholeBytes(String number, String printed) {
    assertThat(OwnCertificate.serial(new BigInteger(number, 16))).isEqualTo(printed);
  }
}
