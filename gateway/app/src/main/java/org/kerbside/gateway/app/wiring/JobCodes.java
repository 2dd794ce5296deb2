package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteReader;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.cli.CodeOptions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.page.JobDay;
import org.kerbside.gateway.page.Role;
import org.kerbside.gateway.page.RoleKey;

/** {@code kerbside code}: today's job code by the site's keys, or a role's key by the seed. */
final class JobCodes {

  private JobCodes() {}

  static Exit run(CodeOptions options, Terminal terminal) throws CommandException {
    var role = role(options.role());
    return switch (options.by()) {
      case CodeOptions.By.Seed(var seed, var gateway) -> {
        terminal.out().println(key(seed, gateway, role).hex());
        yield Exit.DONE;
      }
      case CodeOptions.By.Site(var site, var worker) -> {
        var code = code(site, role, worker, terminal);
        if (code != null) {
          terminal.out().println(code);
        }
        yield code == null ? Exit.WRONG_INPUT : Exit.DONE;
      }
    };
  }

  /** Null when the site has mistakes; they are told on the terminal. */
  private static @Nullable String code(Path site, Role role, String worker, Terminal terminal)
      throws CommandException {
    var mistakes = new Mistakes();
    var config =
        new SiteReader(Kinds.TABLE, Profiles.shipped(), Buses.NAMES)
            .read(site, List.of(), mistakes);
    if (config == null) {
      terminal.err().print(new Diagnostics(mistakes).text());
      return null;
    }
    var key = Codes.keys(config.access()).get(role);
    if (key == null) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "%s has no key of role '%s'".formatted(site, role.word()),
          "write access: { roles: { %s: !secret role-%s } }".formatted(role.word(), role.word()));
    }
    return key.code(worker, JobDay.at(Instant.now(), config.site().zone()));
  }

  private static RoleKey key(Path file, String gateway, Role role) throws CommandException {
    try {
      var seed = RoleKey.bytes(Files.readString(file));
      if (seed != null) {
        return RoleKey.of(seed, gateway, role);
      }
    } catch (IOException unreadable) {
      throw new CommandException(
          Exit.WRONG_INPUT, "%s cannot be read".formatted(file), "see that it is there and yours");
    }
    throw new CommandException(
        Exit.WRONG_INPUT,
        "%s is no seed".formatted(file),
        "write 64 hex digits, as of: openssl rand -hex 32");
  }

  private static Role role(String word) throws CommandException {
    var role = Role.named(word);
    if (role == null || role == Role.VIEWER) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%s' is no role that has codes".formatted(word),
          "write crew, installer or engineer");
    }
    return role;
  }
}
