package org.kerbside.gateway.uplink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.CommandDoor;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;

/**
 * The way of the city's commands through this room: refused here, or handed to the door; and who
 * waits for the answer. What is refused here never had an id of its own, so it is told on {@code
 * r/{id}} alone and not journalled. Confined to the uplink's thread.
 */
final class Commands {

  /** The contract: at most so many a second. */
  private static final int A_SECOND = 10;

  private static final int MOST_ASKERS = 256;
  private static final int LONGEST_ID = 128;

  /** Who asked in MQTT 5's own way. */
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
  private record Asker(@Nullable String topic, byte @Nullable [] correlation) {}

  private final Topics topics;
  private final CommandDoor door;
  private final Doorman doorman;

  private final Map<String, Asker> askers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asker> eldest) {
          return size() > MOST_ASKERS;
        }
      };

  private double tokens = A_SECOND;
  private long filled;

  /**
   * @param nanos now, as of {@code Clock.nanos}
   */
  Commands(Topics topics, CommandDoor door, Doorman doorman, long nanos) {
    this.topics = topics;
    this.door = door;
    this.doorman = doorman;
    this.filled = nanos;
  }

  /** Answers that are due at once: none when the command went through the door. */
  List<Message> arrive(Request request, long nanos, Moment now) {
    var id = topics.command(request.topic());
    if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
      return List.of();
    }
    var asker = asker(request);
    if (request.retention() == Message.Retention.RETAINED) {
      return refused(id, asker, "retained", null, now);
    }
    if (!spend(nanos)) {
      return refused(id, asker, "busy", null, now);
    }
    try {
      var command = CommandReader.read(id, request.payload());
      var turned = doorman.turnsAway(command, request.payload(), nanos, now);
      if (turned != null) {
        return refused(id, asker, turned.reason(), turned.detail(), now);
      }
      askers.put(id, asker);
      door.arrive(command);
      return List.of();
    } catch (Malformed cause) {
      return refused(id, asker, "not-allowed", "malformed: " + cause.getMessage(), now);
    }
  }

  /** To the command's own topic, and to the asker's where it named one. */
  List<Message> answer(String id, byte[] payload, Ending ending) {
    var asker = ending == Ending.LAST ? askers.remove(id) : askers.get(id);
    return answer(id, payload, asker);
  }

  /** Whether an answer is the command's last. */
  enum Ending {
    LAST,
    MORE
  }

  private List<Message> answer(String id, byte[] payload, @Nullable Asker asker) {
    var answers = new ArrayList<Message>(2);
    var correlation = asker == null ? null : asker.correlation();
    answers.add(Message.answer(topics.reply(id), payload, correlation));
    var own = asker == null ? null : asker.topic();
    if (own != null && !own.equals(topics.reply(id))) {
      answers.add(Message.answer(own, payload, correlation));
    }
    return answers;
  }

  private List<Message> refused(
      String id, Asker asker, String reason, @Nullable String detail, Moment now) {
    var outcome = new Outcome.Rejected(reason);
    return answer(id, Payloads.outcome(id, outcome, now, detail), asker);
  }

  private Asker asker(Request request) {
    var topic = request.responseTopic();
    return new Asker(
        topic != null && topics.mayAnswer(topic) ? topic : null, request.correlation());
  }

  private boolean spend(long nanos) {
    tokens = Math.min(A_SECOND, tokens + (nanos - filled) / 1e9 * A_SECOND);
    filled = nanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
