package org.kerbside.gateway.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** An open event stream, read event by event as a browser would. */
final class EventLines implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<Stream<String>> response;
  private final Iterator<String> lines;

  /** One event; parts that it does not have are empty. */
  record Told(String event, String id, String data) {}

  private EventLines(String url, String cookie) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept-Encoding", "gzip")
            .header("Cookie", cookie)
            .build();
    response = client.send(request, HttpResponse.BodyHandlers.ofLines());
    lines = response.body().iterator();
  }

  static EventLines open(int port, String query) throws IOException, InterruptedException {
    return new EventLines("http://127.0.0.1:" + port + "/events?page=/&" + query, "none=1");
  }

  /** As somebody who is logged in. */
  static EventLines as(String cookie, int port) throws IOException, InterruptedException {
    return new EventLines("http://127.0.0.1:" + port + "/events?page=/work", cookie);
  }

  HttpResponse<?> response() {
    return response;
  }

  Told next() {
    var event = "";
    var id = "";
    var data = new StringBuilder();
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.isEmpty() && !event.isEmpty()) {
        return new Told(event, id, data.toString());
      }
      if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6)).append('\n');
      }
    }
    return new Told("end", "", "");
  }

  /** The next one of that name. */
  Told next(String event) {
    var told = next();
    while (!told.event().equals(event) && !told.event().equals("end")) {
      told = next();
    }
    return told;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
