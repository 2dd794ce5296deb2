package org.kerbside.drivers.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;

/** Why a connection is not, in words: Paho mostly says "MqttException". */
final class Reasons {

  private Reasons() {}

  static String of(Exception told) {
    var cause = told.getCause();
    if (cause != null && cause.getMessage() != null) {
      return cause.getMessage();
    }
    if (told instanceof MqttException paho) {
      int code = paho.getReasonCode();
      return switch (code) {
        case 0x86, 0x87 -> // mosquitto says the second for both
            "the broker refuses us: user or password is wrong, or not allowed there";
        case 0x8E -> "another client took over our id";
        case 32000 -> "the broker does not answer";
        default -> "%s (%d)".formatted(told.getMessage(), code);
      };
    }
    return String.valueOf(told.getMessage());
  }
}
