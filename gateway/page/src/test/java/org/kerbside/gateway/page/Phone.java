package org.kerbside.gateway.page;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A browser without JavaScript, by hand: keeps its cookie, sends forms as browsers do. */
final class Phone implements AutoCloseable {

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String origin;
  private @Nullable String cookie;

  Phone(PageServer server) {
    origin = "http://127.0.0.1:" + server.port();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Sends fields, name and value in turn, from a page of the gateway's own. */
  HttpResponse<String> post(String path, String... fields)
      throws IOException, InterruptedException {
    return send(form(path, fields).header("Origin", origin));
  }

  /** The same request, to be changed before it is sent. */
  HttpRequest.Builder form(String path, String... fields) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)));
  }

  /** Sends a file as a form without a script does, after the session's token. */
  HttpResponse<String> photo(String path, byte[] file) throws IOException, InterruptedException {
    var edge = "kerbside-edge";
    var head =
        """
        --%1$s\r
        Content-Disposition: form-data; name="token"\r
        \r
        %2$s\r
        --%1$s\r
        Content-Disposition: form-data; name="photo"; filename="a.jpg"\r
        Content-Type: image/jpeg\r
        \r
        """
            .formatted(edge, token());
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + edge)
            .header("Origin", origin)
            .POST(
                HttpRequest.BodyPublishers.concat(
                    HttpRequest.BodyPublishers.ofString(head),
                    HttpRequest.BodyPublishers.ofByteArray(file),
                    HttpRequest.BodyPublishers.ofString("\r\n--%s--\r\n".formatted(edge)))));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = client.send(request.build(), BodyHandlers.ofString());
    response
        .headers()
        .firstValue("Set-Cookie")
        .filter(set -> set.startsWith("kerbside="))
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
    return response;
  }

  /** Logs in by today's code. */
  HttpResponse<String> login(Role role, String worker) throws IOException, InterruptedException {
    return post("/login", "worker", worker, "code", Cabinet.code(role, worker), "to", "/");
  }

  /** The session's token, as a form shows it. */
  String token() throws IOException, InterruptedException {
    return hidden(get("/login").body(), "token");
  }

  static String hidden(String html, String name) {
    return HIDDEN
        .matcher(html)
        .results()
        .filter(hit -> hit.group(1).equals(name))
        .map(hit -> hit.group(2).replace("&amp;", "&"))
        .findFirst()
        .orElse("");
  }

  String origin() {
    return origin;
  }

  @Nullable String cookie() {
    return cookie;
  }

  void forget() {
    cookie = null;
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(origin + path));
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return request;
  }

  private static String encoded(String... fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return String.join("&", pairs);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
