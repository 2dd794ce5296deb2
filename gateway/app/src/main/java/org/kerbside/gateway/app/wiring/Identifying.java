package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.gateway.app.SystemClock;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlClient;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.uplink.IdentityException;
import org.kerbside.gateway.uplink.IdentityFolder;
import org.kerbside.gateway.uplink.OwnCertificate;

/** What {@code kerbside identity} and its commands do. */
final class Identifying {

  /** By which the service is told that another certificate is there; it would see by itself. */
  static final String LOOK = ControlServer.request("identity", Format.TEXT);

  /** What everybody is told while it is so. */
  static final String REFUSED =
      "the broker refuses the certificate that came, and the one before is in use again";

  static final String REFUSED_REMEDY =
      "ask the city why, and put it in once more, or another one: sudo kerbside identity accept";

  private static final String ASK = "sudo kerbside identity request";

  private Identifying() {}

  static Exit run(Work.Identity work, Terminal terminal) throws CommandException {
    var folder = folder(work.data());
    try {
      var certificate = folder.certificate();
      var now = now(work.data());
      boolean isFine =
          certificate != null && !certificate.isDue(now) && folder.trial().refused() == null;
      terminal.out().println(work.format() == Format.JSON ? json(folder, now) : text(folder, now));
      return isFine ? Exit.DONE : Exit.FOUND;
    } catch (IOException closed) {
      throw closed(closed);
    }
  }

  static Exit run(Work.IdentityRequest work, Terminal terminal) throws CommandException {
    var id = work.id() == null ? site(work.data(), work.site()) : work.id();
    try {
      terminal.out().print(folder(work.data()).request(id));
      return Exit.DONE;
    } catch (IOException closed) {
      throw closed(closed);
    }
  }

  static Exit run(Work.IdentityAccept work, Terminal terminal) throws CommandException {
    var folder = folder(work.data());
    try {
      var notes = folder.accept(work.chain(), work.authority(), id(work, folder), now(work.data()));
      notes.forEach(note -> terminal.err().println("warning: " + note));
      terminal.out().println(text(folder, now(work.data())));
      tellService(work.data());
      return Exit.DONE;
    } catch (IdentityException unfit) {
      throw new CommandException(
          Exit.WRONG_INPUT, String.valueOf(unfit.getMessage()), unfit.remedy());
    } catch (IOException closed) {
      throw closed(closed);
    }
  }

  private static void tellService(Path data) {
    try {
      new ControlClient(data.resolve(ControlServer.SOCKET), "").ask(LOOK);
    } catch (CommandException none) {
      // None runs; the next one begins with what is there now.
    }
  }

  /** How a certificate stands, in one line; for the doctor. */
  static String brief(OwnCertificate certificate, Moment now) {
    return "%s, %s".formatted(certificate.name(), left(certificate, now));
  }

  static IdentityFolder folder(Path data) {
    return new IdentityFolder(data.resolve("identity"));
  }

  static Moment now(Path data) {
    return SystemClock.of(data, House.RELEASED).now();
  }

  /** Before there is a site, the one that was asked for has to come back. */
  private static String id(Work.IdentityAccept work, IdentityFolder folder)
      throws IOException, CommandException {
    if (work.id() != null) {
      return work.id();
    }
    var asked = folder.waiting();
    return work.site() == null && asked != null ? asked : site(work.data(), work.site());
  }

  private static String site(Path data, @Nullable Path site) throws CommandException {
    try {
      return Kept.plan(Kept.in(data).source(site)).config().site().id();
    } catch (CommandException none) {
      throw new CommandException(
          none.exit(), "whose it is to be is not known: " + none.getMessage(), "give --id ID");
    }
  }

  private static String text(IdentityFolder folder, Moment now) throws IOException {
    var certificate = folder.certificate();
    var waiting = folder.waiting();
    var refused = folder.trial().refused();
    var text = new StringBuilder();
    if (certificate == null) {
      text.append("none; ask for one by: ").append(ASK);
    } else {
      text.append("name         ").append(certificate.name());
      text.append("\nserial       ").append(certificate.serial());
      text.append("\nfingerprint  ").append(certificate.fingerprint());
      text.append("\nfrom         ").append(certificate.begin());
      text.append("\nto           ").append(certificate.end());
      text.append(", ").append(left(certificate, now));
      text.append("\nrenewal      from ").append(certificate.due());
    }
    if (folder.trial().isOn()) {
      text.append("\ntrial        until the broker has taken it; the one before is kept so long");
    }
    if (refused != null) {
      text.append("\nrefused      by the broker: ").append(refused.serial());
      text.append(", which came later");
    }
    if (waiting != null) {
      text.append("\nwaiting      for the certificate of a request for ").append(waiting);
    }
    return text.toString();
  }

  private static String left(OwnCertificate certificate, Moment now) {
    var left = Duration.between(now.wall(), certificate.end());
    return switch (now.clock()) {
      case NONE -> "the time is not known";
      case HOLD, SYNC ->
          left.isNegative()
              ? "ended on " + certificate.end().truncatedTo(ChronoUnit.SECONDS)
              : "good for another %d days".formatted(left.toDays());
    };
  }

  private static String json(IdentityFolder folder, Moment now) throws IOException {
    var certificate = folder.certificate();
    var waiting = folder.waiting();
    var refused = folder.trial().refused();
    return "{\"format\":1,\"certificate\":%s,\"trial\":%b,\"refused\":%s,\"waiting\":%s}"
        .formatted(
            certificate == null ? "null" : json(certificate, now),
            folder.trial().isOn(),
            refused == null ? "null" : Diagnostics.quoted(refused.serial()),
            waiting == null ? "null" : Diagnostics.quoted(waiting));
  }

  private static String json(OwnCertificate certificate, Moment now) {
    return "{\"name\":%s,\"serial\":\"%s\",\"fingerprint\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"renewal\":\"%s\",\"due\":%b}"
        .formatted(
            Diagnostics.quoted(certificate.name()),
            certificate.serial(),
            certificate.fingerprint(),
            certificate.begin(),
            certificate.end(),
            certificate.due(),
            certificate.isDue(now));
  }

  private static CommandException closed(IOException cause) {
    return new CommandException(
        Exit.NOT_ALLOWED, "the identity folder: " + cause.getMessage(), "ask as root");
  }
}
