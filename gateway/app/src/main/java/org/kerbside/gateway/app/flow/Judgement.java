package org.kerbside.gateway.app.flow;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Secrets;
import org.kerbside.config.Text;
import org.kerbside.drivers.camel.Endpoints;

/** Whether a file of routes can run; every mistake of it, with its place. Opens nothing. */
final class Judgement {

  private static final Pattern SECRET = Pattern.compile("\\{\\{secret:([^}]*)}}");

  /** They acknowledge before anything is kept, and stop at an older Camel. */
  private static final Pattern NOT_HERE = Pattern.compile("paho.*|coap.*");

  private final RouteFile file;
  private final Places places;
  private final Mistakes mistakes;

  private Judgement(RouteFile file, Mistakes mistakes) {
    this.file = file;
    this.places = new Places(file);
    this.mistakes = mistakes;
  }

  static boolean isGood(RouteFile file, Mistakes mistakes) {
    long before = mistakes.errors();
    var judgement = new Judgement(file, mistakes);
    var camel = Integration.context(file);
    try {
      judgement.wantBeginning();
      judgement.wantSecrets();
      judgement.endpoints(camel);
      if (mistakes.errors() == before) {
        judgement.routes(camel);
      }
    } finally {
      camel.stop();
    }
    return mistakes.errors() == before;
  }

  /** One copy of each event for a file: its routes share it as they like. */
  private void wantBeginning() {
    long before = mistakes.errors();
    Text last = null;
    int ours = 0;
    for (var each : places.endpoints()) {
      if (each.by().equals("from")) {
        last = each.uri().written();
        ours += isEvents(each) ? 1 : 0;
        refuseBeginning(each);
      }
    }
    if (ours != 1 && mistakes.errors() == before) {
      mistakes.add(
          last == null ? file.start() : last.mark(),
          "E601",
          "%d routes begin with %s".formatted(ours, Integration.EVENTS),
          "one does: let it hand on by multicast, or write two files");
    }
  }

  private void refuseBeginning(Places.Named each) {
    if (!isEvents(each) && !each.uri().scheme().equals("direct")) {
      mistakes.add(
          each.uri().written().mark(),
          "E601",
          "'%s' is no beginning of an integration".formatted(each.uri().scheme()),
          "begin with %s; a source of readings is a bus with driver: camel"
              .formatted(Integration.EVENTS));
    }
  }

  private static boolean isEvents(Places.Named each) {
    return each.uri().toString().equals(Integration.EVENTS);
  }

  private void wantSecrets() {
    places.forEachWord(
        word -> {
          var secret = SECRET.matcher(word.text());
          while (secret.find()) {
            wantSecret(secret.group(1), word);
          }
        });
  }

  private void wantSecret(String name, Text word) {
    try {
      if (Secrets.reveal(file.config().secrets(), name) == null) {
        mistakes.add(
            word.mark(),
            "E502",
            "'%s' is no secret here".formatted(name),
            "put it into %s".formatted(file.config().secrets().resolve(name)));
      }
    } catch (IOException told) {
      mistakes.add(
          word.mark(), "E502", "'%s' cannot be read".formatted(name), "check its permissions");
    }
  }

  private void endpoints(DefaultCamelContext camel) {
    for (var each : places.endpoints()) {
      var uri = each.uri();
      if (NOT_HERE.matcher(uri.scheme()).matches()) {
        mistakes.add(
            uri.written().mark(),
            "W601",
            "'%s' takes for delivered what may be lost".formatted(uri.scheme()),
            "the uplink and the drivers mqtt and coap know when something is kept");
      }
      boolean isMade = each.by().startsWith("toD") || each.by().equals("to-d");
      if (isMade) {
        Endpoints.judgeMade(uri, mistakes);
      } else {
        Endpoints.judge(camel, uri, mistakes);
      }
    }
  }

  /** What only Camel knows: its steps, its languages. */
  private void routes(DefaultCamelContext camel) {
    try {
      Integration.load(file, camel);
      camel.setAutoStartup(false);
      camel.start();
    } catch (Exception told) {
      mistakes.add(mark(told), "E601", "Camel refuses the route", Endpoints.reason(told));
    }
  }

  /** What lies deepest names the least, and so the word that is meant. */
  private Mark mark(Throwable told) {
    var cause = told.getCause();
    var deeper = cause == null ? file.start() : mark(cause);
    return deeper.equals(file.start()) ? places.of(String.valueOf(told.getMessage())) : deeper;
  }
}
