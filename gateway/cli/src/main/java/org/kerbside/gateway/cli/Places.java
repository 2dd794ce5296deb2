package org.kerbside.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where things are when the command line does not say.
 *
 * @param site the packaged site
 * @param state the packaged data folder, used wherever it exists
 * @param local the data folder of everybody else, in the working folder
 * @param ownRules the rules of everybody else, in the working folder
 */
record Places(Path site, Path state, Path local, Path ownRules) {

  static Places ofThisMachine() {
    return new Places(
        Path.of("/etc/kerbside/site.yaml"),
        Path.of("/var/lib/kerbside"),
        Path.of(".kerbside"),
        Path.of("rules"));
  }

  Path data(@Nullable Path asked) {
    if (asked != null) {
      return asked;
    }
    return Files.isDirectory(state) ? state : local;
  }

  Path site(@Nullable Path asked, String usage) throws CommandException {
    var site = asked == null ? this.site : asked;
    if (!Files.isRegularFile(site)) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%s' is no file: expected a site, as site.yaml".formatted(site),
          usage);
    }
    return site;
  }

  /**
   * The site of a service. Where nobody types one and the package keeps the data, it is the
   * packaged one even if it is gone: then safe mode tells so, and nobody is left without a page.
   */
  Path served(@Nullable Path asked, Path data, String usage) throws CommandException {
    boolean isPackaged = asked == null && data.equals(state) && Files.isDirectory(state);
    return isPackaged ? site : site(asked, usage);
  }

  /** The folder of the packaged site, where the package keeps this data; else nobody knows. */
  @Nullable Path configuration(Path data) {
    return data.equals(state) ? site.resolveSibling("") : null;
  }

  /** Where rules and their tests lie. */
  Path rules() {
    return Files.isDirectory(ownRules) ? ownRules : site.resolveSibling("rules");
  }

  Path existing(Path asked, String usage) throws CommandException {
    if (!Files.exists(asked)) {
      throw new CommandException(
          Exit.WRONG_INPUT, "'%s' is no file and no folder".formatted(asked), usage);
    }
    return asked;
  }

  /** What to do when no service answers from a data folder. */
  String remedy(Path data) {
    return data.equals(state)
        ? "sudo systemctl status kerbside"
        : "start it by: kerbside run SITE.yaml --data %s".formatted(data);
  }
}
