package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that the running service can be asked, by {@link ControlServer#request}.
 *
 * @param answers to questions without further words
 * @param about to questions that end with the name of a thing
 * @param deeds what changes something, and wants to know who asks
 * @param otherwise why nothing else can be asked now; absent: it is not known here
 */
public record Requests(
    Map<String, Supplier<String>> answers,
    Map<String, About> about,
    Map<String, Deed> deeds,
    @Nullable CommandException otherwise) {

  /** What is in none of them is not known here. */
  public Requests(
      Map<String, Supplier<String>> answers, Map<String, About> about, Map<String, Deed> deeds) {
    this(answers, about, deeds, null);
  }

  /** Answers a request about one thing, or says that there is no such thing. */
  public interface About {
    String answer(String thing) throws CommandException;
  }

  /** Does what was asked for, and says how it ended. */
  public interface Deed {
    Reply done(String words, Visitor by) throws CommandException;
  }

  /**
   * How a deed ended.
   *
   * @param exit the asking command's
   * @param text for its standard output, without a line's end
   */
  public record Reply(Exit exit, String text) {}

  /** Where they come from. */
  public interface Source {
    /** Those of now; may wait a few seconds for who begins just now. */
    Requests now() throws CommandException;
  }

  public Requests {
    answers = Map.copyOf(answers);
    about = Map.copyOf(about);
    deeds = Map.copyOf(deeds);
  }

  /** Both at once; what stands in both is the other's. */
  public Requests with(Requests more) {
    return new Requests(
        joined(answers, more.answers),
        joined(about, more.about),
        joined(deeds, more.deeds),
        otherwise);
  }

  /** The same, where everything else is refused for one reason. */
  public Requests otherwise(CommandException why) {
    return new Requests(answers, about, deeds, why);
  }

  private static <T> Map<String, T> joined(Map<String, T> one, Map<String, T> other) {
    var both = new LinkedHashMap<>(one);
    both.putAll(other);
    return both;
  }
}
