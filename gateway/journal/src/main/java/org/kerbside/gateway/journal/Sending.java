package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One byte beside the journal, on the disk before the first frame leaves: frames may be under way
 * that the journal does not know to be sent. Found after a crash it means that any frame may have
 * been sent, so that none of them is changed. Thread-safe.
 */
final class Sending implements AutoCloseable {

  static final String FILE = "journal.sending";

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private final FileChannel file;
  private final boolean wasSending;

  // Guarded by this.
  private boolean marked;
  private long handed;
  private long settled = -1;

  private Sending(FileChannel file, boolean wasSending) {
    this.file = file;
    this.wasSending = wasSending;
    marked = wasSending;
  }

  static Sending in(Path folder) throws IOException {
    var file =
        FileChannel.open(
            folder.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    var mark = ByteBuffer.allocate(1);
    boolean wasSending = file.read(mark, 0) == 1 && mark.get(0) != '0';
    return new Sending(file, wasSending);
  }

  /** Whether the process before this one ended while it may have been sending. */
  boolean wasSending() {
    return wasSending;
  }

  /** Before frames are handed to someone who sends them. Waits for the disk the first time. */
  synchronized void begins() {
    handed++;
    if (!marked) {
      marked = write('1');
    }
  }

  /** Whether nothing was handed out since the last call: for once a minute. */
  synchronized boolean isQuiet() {
    boolean quiet = marked && handed == settled;
    settled = handed;
    return quiet;
  }

  /** The journal knows all that was sent, up to the last {@link #isQuiet}. */
  synchronized void ends() {
    if (marked && handed == settled && write('0')) {
      marked = false;
    }
  }

  private boolean write(char mark) {
    try {
      file.write(ByteBuffer.wrap(new byte[] {(byte) mark}), 0);
      file.force(false);
      return true;
    } catch (IOException refused) {
      // A disk that takes no byte takes no thinned frame either.
      LOG.warn("{}: not written: '{}'", FILE, refused.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException stuck) {
      LOG.warn("{}: not closed: '{}'", FILE, stuck.getMessage());
    }
  }
}
