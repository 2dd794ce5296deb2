package org.kerbside.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.UplinkConfig.Want;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Signed;

/** Reads {@code uplink}, and lets nothing go out in the clear that was not accepted. */
final class UplinkReader {

  private static final Duration SPREAD = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofHours(1);
  private static final int COMPRESS = 1024; // bytes
  private static final long LEAST_BUDGET = 1_000_000; // below, keeping the line up takes it all
  private static final List<String> SIGNED = List.of("required", "optional");
  private static final List<String> WANT = List.of("off", "city", "site");
  private static final List<String> ACCEPTABLE = List.of("plaintext", "anonymous");
  private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

  private final Section own;
  private final String gateway;
  private final Path site;
  private final Mistakes mistakes;

  /**
   * @param gateway the site's id, which {@code user: $site} means
   * @param site its own file, beside which keys lie
   */
  UplinkReader(Section own, String gateway, Path site) {
    this.own = own;
    this.site = site;
    this.gateway = gateway;
    this.mistakes = own.mistakes();
  }

  @Nullable UplinkConfig read() {
    var url = own.required("url", "mqtts://mq.city.example:8883");
    var tenant = own.required("tenant", "qingyang");
    var root = root();
    var identity = identity();
    var compress = compress();
    var ack = own.choice("ack", List.of("broker", "platform"));
    var spread = own.duration("spread");
    var commands = commands();
    var budget = budget();
    var want = want();
    var accept = accept();
    own.refuseLater("'uplink'", "mappings");
    own.refuseOthers("'uplink'");
    if (url != null) {
      checkUrl(url, identity, accept);
    }
    if (url == null || tenant == null || !Identifier.isFit(tenant, mistakes)) {
      return null;
    }
    return new UplinkConfig(
        url,
        root,
        tenant.text(),
        identity == null ? new Identity.Anonymous() : identity,
        compress,
        ack == null ? "broker" : ack,
        spread == null ? SPREAD : spread,
        budget,
        commands,
        want,
        accept);
  }

  private String root() {
    var root = own.text("root");
    if (root == null) {
      return "kerbside";
    }
    if (!ROOT.matcher(root.text()).matches()) {
      mistakes.add(
          root.mark(), "E506", "'%s' cannot begin a topic".formatted(root), "write root: kerbside");
    }
    return root.text();
  }

  /** What it is, or null when it was refused. */
  private @Nullable Identity identity() {
    if (own.node("identity") instanceof Node.Word(var word)) {
      refuseBeside(word, "user");
      refuseBeside(word, "password");
      if (word.text().equals("certificate")) {
        return new Identity.Certificate();
      }
      mistakes.add(
          word.mark(),
          "E104",
          "'%s' is not an identity".formatted(word),
          "write identity: certificate, or identity: { user: $site, password: !secret mqtt }");
      return null;
    }
    var within = own.section("identity");
    var user = credential(within, "user");
    var password = credential(within, "password");
    if (within != null) {
      within.refuseOthers("'identity'");
    }
    warnOfOpenPassword(password);
    return user == null
        ? new Identity.Anonymous()
        : new Identity.Password(
            user.text().replace("$site", gateway), password == null ? null : password.text());
  }

  private void refuseBeside(Text identity, String key) {
    if (own.node(key) != null) {
      mistakes.add(
          own.markOf(key),
          "E003",
          "'%s' has no use beside 'identity: %s'".formatted(key, identity),
          "remove one of the two");
    }
  }

  /** {@code user} and {@code password} stand in {@code identity} or beside it. */
  private @Nullable Text credential(@Nullable Section within, String key) {
    var beside = own.text(key);
    var inside = within == null ? null : within.text(key);
    return inside == null ? beside : inside;
  }

  private @Nullable Integer compress() {
    var text = own.text("compress");
    if (text == null) {
      return COMPRESS;
    }
    if (text.text().equals("none")) {
      return null;
    }
    Long bytes = ByteCounts.read(text, "1KiB", mistakes);
    return bytes == null ? null : Math.clamp(bytes, 1, Integer.MAX_VALUE);
  }

  private @Nullable Long budget() {
    var text = own.text("budget");
    if (text == null || text.text().equals("none")) {
      return null;
    }
    Long bytes = ByteCounts.read(text, "300MB/month", mistakes);
    if (bytes != null && bytes < LEAST_BUDGET) {
      mistakes.add(
          text.mark(), "E103", "'%s' is out of range".formatted(text), "write 1MB/month or more");
    }
    return bytes;
  }

  private CommandsConfig commands() {
    var commands = own.section("commands");
    if (commands == null) {
      return CommandsConfig.unsigned(LEASE);
    }
    var lease = commands.duration("lease");
    var signed =
        "required".equals(commands.choice("signed", SIGNED)) ? Signed.REQUIRED : Signed.OPTIONAL;
    var names = commands.texts("keys");
    commands.refuseOthers("'commands'");
    if (signed == Signed.REQUIRED && names.isEmpty()) {
      refuseKeyless(commands, "signed");
    }
    return new CommandsConfig(
        lease == null ? LEASE : lease, signed, new KeyReader(site, mistakes).read(names));
  }

  /** What is pushed is always signed. */
  private Want want() {
    var word = own.choice("want", WANT);
    var want = word == null ? Want.OFF : Want.valueOf(word.toUpperCase(Locale.ROOT));
    if (want != Want.OFF && !areKeysNamed()) {
      refuseKeyless(own, "want");
    }
    return want;
  }

  private boolean areKeysNamed() {
    var commands = own.section("commands");
    return commands != null && !commands.texts("keys").isEmpty();
  }

  private void refuseKeyless(Section section, String key) {
    var mark = section.markOf(key);
    if (!mistakes.isTold(mark)) {
      mistakes.add(
          mark,
          "E504",
          "'%s' without a key that may sign".formatted(key),
          "write commands: { keys: [ dispatch-2026 ] }, and put keys/dispatch-2026.pem there");
    }
  }

  private Set<String> accept() {
    var accept = new HashSet<String>();
    for (var word : own.texts("accept")) {
      if (ACCEPTABLE.contains(word.text())) {
        accept.add(word.text());
      } else {
        mistakes.add(
            word.mark(),
            "E104",
            "'%s' is not a value of 'accept'".formatted(word),
            Nearest.help(word.text(), ACCEPTABLE));
      }
    }
    return accept;
  }

  private void checkUrl(Text url, @Nullable Identity identity, Set<String> accept) {
    var uri = uri(url);
    if (uri == null) {
      return;
    }
    boolean isPlain = "mqtt".equals(uri.getScheme());
    if (uri.getUserInfo() != null) {
      mistakes.add(
          url.mark(), "E603", "the address holds credentials", "write user and password beside it");
    } else if (isPlain && identity instanceof Identity.Certificate) {
      mistakes.add(
          url.mark(),
          "E503",
          "'%s' is not encrypted: no certificate is shown there".formatted(url),
          "write mqtts://");
    } else if (isPlain && !accept.contains("plaintext")) {
      mistakes.add(
          url.mark(),
          "E501",
          "'%s' is not encrypted".formatted(url),
          "write mqtts://, or accept: [plaintext] in so many words");
    } else if (identity instanceof Identity.Anonymous && !accept.contains("anonymous")) {
      mistakes.add(
          url.mark(),
          "E501",
          "'%s' is used without user and password".formatted(url),
          "write user: and password: !secret mqtt, or accept: [anonymous] in so many words");
    }
  }

  private @Nullable URI uri(Text url) {
    try {
      var uri = new URI(url.text());
      boolean known = "mqtt".equals(uri.getScheme()) || "mqtts".equals(uri.getScheme());
      if (known && uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= 65_535) {
        return uri;
      }
    } catch (URISyntaxException told) {
      // Told below, with all other addresses that lead to no broker.
    }
    mistakes.add(
        url.mark(),
        "E104",
        "'%s' is not a broker's address".formatted(url),
        "write mqtts://host:8883 or mqtt://host:1883");
    return null;
  }

  private void warnOfOpenPassword(@Nullable Text password) {
    if (password != null && password.style() != Text.Style.SECRET) {
      mistakes.add(
          password.mark(),
          "W501",
          "the password stands in the open",
          "put it into secrets/mqtt and write password: !secret mqtt");
    }
  }
}
