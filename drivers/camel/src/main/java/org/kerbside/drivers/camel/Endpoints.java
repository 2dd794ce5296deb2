package org.kerbside.drivers.camel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchEndpointException;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;

/** What Camel says of an endpoint before it is opened: a mistake with its place, or nothing. */
public final class Endpoints {

  /** Components that a site may have met elsewhere, for «did you mean». */
  private static final List<String> KNOWN =
      List.of("file", "netty", "netty-http", "http", "https", "direct", "log", "kafka", "smtp");

  /** Whose jar is named otherwise. */
  private static final Map<String, String> JARS =
      Map.of(
          "https", "http", "imap", "mail", "imaps", "mail", "smtp", "mail", "smtps", "mail", "pop3",
          "mail", "sftp", "ftp", "ftps", "ftp");

  private static final Pattern SECRET =
      Pattern.compile(
          "(?:.*(?:password|passphrase|passcode|secret|token|accesskey|accountkey|apikey|api_key"
              + "|privatekey|authkey|signature)|key)");
  private static final Pattern USER = Pattern.compile("//[^/@:]*:([^/@]*)@");
  private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{([^=}]+)=");
  private static final Pattern BINDING = Pattern.compile("Error binding property \\(([^=)]+)=");
  private static final Pattern OPTIONS = Pattern.compile("(?<=\\w)\\?[^\\s\\]]+");
  private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";

  private Endpoints() {}

  /** Whether it can be opened; what speaks against it is told. */
  public static boolean judge(CamelContext camel, EndpointUri uri, Mistakes mistakes) {
    return judgeMade(uri, mistakes) && isTaken(camel, uri, mistakes);
  }

  /** Likewise of one that is made only when a message is there: what can be known before. */
  public static boolean judgeMade(EndpointUri uri, Mistakes mistakes) {
    boolean isDiscreet = refuseSecrets(uri, mistakes);
    if (!uri.scheme().equals("kerbside") && !isInstalled(uri.scheme())) {
      mistakes.add(
          word(uri),
          "E602",
          "the component '%s' is not installed".formatted(uri.scheme()),
          remedy(uri.scheme()));
      return false;
    }
    return isDiscreet;
  }

  /** Whether its jar is on the class path. */
  static boolean isInstalled(String scheme) {
    return Endpoints.class.getClassLoader().getResource(COMPONENTS + scheme) != null;
  }

  private static String remedy(String scheme) {
    var installed = KNOWN.stream().filter(Endpoints::isInstalled).toList();
    var nearest = Nearest.of(scheme, installed);
    return nearest != null
        ? "did you mean '%s'?".formatted(nearest)
        : "put camel-%s of Camel's version and what it needs into lib/camel; installed are %s"
            .formatted(JARS.getOrDefault(scheme, scheme), String.join(", ", installed));
  }

  /** What stands in a URI is shown in logs and by whoever prints the site. */
  private static boolean refuseSecrets(EndpointUri uri, Mistakes mistakes) {
    long before = mistakes.errors();
    var user = USER.matcher(uri.path());
    if (user.find()) {
      tellSecret("a password", user.group(1), uri.written().mark(), mistakes);
    }
    uri.options()
        .forEach(
            (name, option) -> {
              var value = option.value();
              boolean isHidden =
                  value.style() == Text.Style.SECRET || value.text().contains("{{secret:");
              if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches() && !isHidden) {
                tellSecret("'%s'".formatted(name), value.text(), option.mark(), mistakes);
              }
            });
    return mistakes.errors() == before;
  }

  /** Told without what it is about: a mistake may travel in an event or a log. */
  private static void tellSecret(String what, String secret, Mark mark, Mistakes mistakes) {
    mistakes.add(
        hidden(mark, secret),
        "E603",
        "%s stands in the open".formatted(what),
        "write its value into a file of secrets/, and here {{secret:NAME}}, or options: { NAME:"
            + " !secret NAME } of a bus");
  }

  private static Mark hidden(Mark mark, String secret) {
    var line =
        secret.isEmpty() ? mark.text() : mark.text().replace(secret, "•".repeat(secret.length()));
    return new Mark(mark.file(), mark.line(), mark.column(), mark.length(), line);
  }

  private static boolean isTaken(CamelContext camel, EndpointUri uri, Mistakes mistakes) {
    try {
      camel.getEndpoint(uri.whole());
      return true;
    } catch (NoSuchEndpointException told) {
      mistakes.add(
          word(uri),
          "E602",
          "there is no component '%s'".formatted(uri.scheme()),
          remedy(uri.scheme()));
    } catch (RuntimeException told) {
      refused(camel, uri, told, mistakes);
    }
    return false;
  }

  private static void refused(
      CamelContext camel, EndpointUri uri, RuntimeException told, Mistakes mistakes) {
    var said = String.valueOf(told.getMessage());
    var unknown = UNKNOWN.matcher(said);
    var binding = BINDING.matcher(said);
    if (unknown.find()) {
      mistakes.add(
          mark(uri, unknown.group(1)),
          "E601",
          "'%s' is no option of '%s'".formatted(unknown.group(1), uri.scheme()),
          Nearest.help(unknown.group(1), options(camel, uri.scheme())));
    } else if (binding.find()) {
      mistakes.add(
          mark(uri, binding.group(1)),
          "E601",
          "'%s' of '%s' cannot be that".formatted(binding.group(1), uri.scheme()),
          reason(told));
    } else {
      mistakes.add(word(uri), "E601", "Camel refuses it", reason(told));
    }
  }

  private static Mark mark(EndpointUri uri, String option) {
    var written = uri.options().get(option);
    return written == null ? word(uri) : written.mark();
  }

  private static Mark word(EndpointUri uri) {
    return uri.written().mark();
  }

  private static Set<String> options(CamelContext camel, String scheme) {
    var factory = camel.getCamelContextExtension().getEndpointUriFactory(scheme);
    return factory == null ? new TreeSet<>() : new TreeSet<>(factory.propertyNames());
  }

  /**
   * What lies deepest says most; Camel's own wrappings repeat the whole URI. Its options are left
   * out: a key may be one.
   */
  public static String reason(Throwable told) {
    var deepest =
        Stream.iterate(told, each -> each != null, Throwable::getCause)
            .reduce((_, next) -> next)
            .orElse(told);
    var said = String.valueOf(deepest.getMessage());
    var line = said.lines().findFirst().orElse(deepest.getClass().getSimpleName());
    return OPTIONS.matcher(line).replaceAll("?…");
  }
}
