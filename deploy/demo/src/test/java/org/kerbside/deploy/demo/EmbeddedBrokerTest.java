package org.kerbside.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {

  @Test
  void handsARetainedMessageToWhoComesLater() throws Exception {
    int port = freePort();
    try (var broker = EmbeddedBroker.start(port)) {
      publish(port, "-r", "-q", "1", "-t", "kerbside/1/demo/S-1/state", "-m", "online");
      var heard = subscribe(port, "-t", "kerbside/#", "-C", "1");
      assertThat(lines(heard)).containsExactly("kerbside/1/demo/S-1/state online");
      assertThat(broker).isNotNull();
    }
  }

  @Test
  void passesFiveThousandMessagesOnInOrder() throws Exception {
    int port = freePort();
    try (var broker = EmbeddedBroker.start(port)) {
      publish(port, "-r", "-t", "kerbside/1/demo/S-1/h", "-m", "here");
      var heard = subscribe(port, "-q", "1", "-t", "kerbside/#", "-C", "5001");
      assertThat(firstLine(heard)).endsWith("here");
      var sender = new ArrayList<>(client(port, "mosquitto_pub"));
      sender.addAll(List.of("-q", "1", "-l", "-t", "kerbside/1/demo/S-1/d"));
      var publisher = new ProcessBuilder(sender).start();
      var expected = new ArrayList<String>();
      try (var writer = publisher.outputWriter()) {
        for (int i = 0; i < 5000; i++) {
          writer.write("m" + i + "\n");
          expected.add("kerbside/1/demo/S-1/d m" + i);
        }
      }
      assertThat(lines(heard)).isEqualTo(expected);
      assertThat(broker).isNotNull();
    }
  }

  @Test
  void publishesTheWillOfWhoDiesAndKeepsIt() throws Exception {
    int port = freePort();
    try (var broker = EmbeddedBroker.start(port)) {
      publish(port, "-r", "-t", "alive", "-m", "yes");
      var dying =
          subscribe(
              port,
              "-t",
              "alive",
              "--will-topic",
              "S-1/state",
              "--will-payload",
              "offline",
              "--will-retain",
              "--will-qos",
              "1");
      assertThat(firstLine(dying)).isEqualTo("alive yes");
      var heir = subscribe(port, "-t", "alive", "-t", "S-1/state", "-C", "2");
      assertThat(firstLine(heir)).as("it is subscribed").isEqualTo("alive yes");
      dying.destroyForcibly().waitFor();
      assertThat(lines(heir)).containsExactly("S-1/state offline");
      assertThat(lines(subscribe(port, "-t", "S-1/state", "-C", "1"))).hasSize(1);
      assertThat(broker).isNotNull();
    }
  }

  @Test
  void refusesATakenPortWithAWord() throws Exception {
    try (var taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.start(port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + port);
    }
  }

  @Test
  void isUpSoonAndGoneAtOnceAndLeavesNoFile() throws Exception {
    var here = files();
    long begin = System.nanoTime();
    var broker = EmbeddedBroker.start(freePort());
    assertThat(since(begin)).isLessThan(Duration.ofSeconds(10));
    begin = System.nanoTime();
    broker.close();
    assertThat(since(begin)).isLessThan(Duration.ofSeconds(3));
    broker.close();
    assertThat(files()).isEqualTo(here);
  }

  @Test
  void startsAgainOnTheSamePort() throws Exception {
    int port = freePort();
    for (int round = 0; round < 3; round++) {
      try (var broker = EmbeddedBroker.start(port)) {
        publish(port, "-t", "round", "-m", "" + round);
        assertThat(broker).isNotNull();
      }
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return files.filter(path -> !path.endsWith("target")).sorted().toList();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void publish(int port, String... arguments) throws Exception {
    var command = new ArrayList<>(client(port, "mosquitto_pub"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Process subscribe(int port, String... arguments) throws IOException {
    var command = new ArrayList<>(client(port, "mosquitto_sub"));
    command.addAll(List.of("-v", "-W", "20"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> client(int port, String program) {
    return List.of(program, "-V", "mqttv5", "-h", "127.0.0.1", "-p", "" + port);
  }

  private static String firstLine(Process process) throws IOException {
    return String.valueOf(process.inputReader().readLine());
  }

  private static List<String> lines(Process process) throws Exception {
    var lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return lines;
  }
}
