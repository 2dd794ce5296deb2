package org.kerbside.config;

/**
 * What is wrong in a configuration file, told so that its author can mend it.
 *
 * @param code {@code E…} for an error, {@code W…} for a warning
 */
public record Mistake(Mark mark, String code, String problem, String help) {

  public boolean isError() {
    return code.startsWith("E");
  }

  @Override
  public String toString() {
    var seen = mark.cropped();
    return "%s:%d:%d: %s %s: %s\n"
            .formatted(
                mark.file(),
                mark.line(),
                mark.column(),
                isError() ? "error" : "warning",
                code,
                problem)
        + "%5d | %s\n      | %s\n".formatted(mark.line(), seen.excerpt(), seen.carets())
        + "      = help: %s".formatted(help);
  }
}
