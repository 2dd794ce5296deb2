package org.kerbside.drivers.api;

/**
 * How a delivery's sender is told what became of it. Called once, {@link #kept} on the writer's
 * thread, {@link #refused} on control's or the writer's: must return at once.
 */
public interface Receipt {

  /** For what nobody waits for. */
  Receipt NONE =
      new Receipt() {
        @Override
        public void kept() {}

        @Override
        public void refused(String reason) {}
      };

  /** It is committed and synced: acknowledge it. */
  void kept();

  /** It is not kept: do not acknowledge; the sender repeats. */
  void refused(String reason);
}
