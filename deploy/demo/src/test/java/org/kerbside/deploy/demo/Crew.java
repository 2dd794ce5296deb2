package org.kerbside.deploy.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody of the crew with a phone: forms and a cookie, no JavaScript. */
final class Crew {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String origin;
  private String cookie = "";

  Crew(int port) {
    origin = "http://127.0.0.1:" + port;
  }

  /** Logs in, and has a session from then on. */
  HttpResponse<String> login(String worker, String code) throws IOException, InterruptedException {
    var answer = post("/login", "worker", worker, "code", code, "to", "/work");
    cookie = answer.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
    return answer;
  }

  String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET()).body();
  }

  HttpResponse<String> post(String path, String... fields)
      throws IOException, InterruptedException {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        request(path)
            .header("Origin", origin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
  }

  /** What a form carries hidden under that name. */
  static String hidden(String html, String name) {
    return Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"")
        .matcher(html)
        .results()
        .map(hit -> hit.group(1))
        .findFirst()
        .orElse("");
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(origin + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
