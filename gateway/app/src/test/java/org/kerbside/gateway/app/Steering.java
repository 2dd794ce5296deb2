package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.model.Unit;

/**
 * The process of {@link DiskFaultsTest}: a cabinet whose lamp draws too much again and again, so
 * that its rule must move it. Told line by line what to do; each is answered with a line.
 */
final class Steering {

  private final Cabinet cabinet;
  private final List<Cabinet.Sender> senders = new ArrayList<>();

  private Steering(Cabinet cabinet) {
    this.cabinet = cabinet;
  }

  public static void main(String[] arguments) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (var cabinet = new Cabinet(Path.of(arguments[0]), new FastClock(Instant.now(), 1))) {
      var steering = new Steering(cabinet);
      for (var line = lines.readLine(); !"close".equals(line); line = lines.readLine()) {
        System.out.println(
            switch (line) {
              case "calm" -> steering.calm();
              case "glaring" -> steering.glaring();
              case "heard" -> steering.heard();
              case "kept" -> steering.kept();
              default -> "nothing is called " + line;
            });
      }
    }
    System.out.println("closed");
  }

  private String calm() throws InterruptedException {
    says(50);
    return "said";
  }

  /** How its sender stood when the lamp had moved. */
  private String glaring() throws Exception {
    var sender = says(150);
    Await.until("the lamp moves", () -> !cabinet.moves.isEmpty());
    return "moved, heard " + sender.heard();
  }

  private Cabinet.Sender says(double power) throws InterruptedException {
    var sender = cabinet.says("lamp-1", Sample.of("power", power, Unit.WATT));
    senders.add(sender);
    return sender;
  }

  private String heard() {
    long kept = senders.stream().filter(sender -> sender.heard().equals("kept")).count();
    long waiting = senders.stream().filter(sender -> sender.heard().equals("nothing")).count();
    return "%d kept, %d waiting, %d said".formatted(kept, waiting, senders.size());
  }

  private String kept() {
    return cabinet.kept("lamp-1/power").size() + " readings";
  }
}
