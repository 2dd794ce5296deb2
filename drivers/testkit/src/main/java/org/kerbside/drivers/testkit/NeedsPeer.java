package org.kerbside.drivers.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test talks to real programs. Where one is missing, the test is not run and says what to
 * install; under CI (environment variable {@code CI}) it fails instead.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeerCondition.class)
public @interface NeedsPeer {

  /**
   * Commands: {@code mosquitto}, {@code coap-client-notls}; or {@code libfaketimeMT.so.1}, {@code
   * pymodbus}.
   */
  String[] value();
}
