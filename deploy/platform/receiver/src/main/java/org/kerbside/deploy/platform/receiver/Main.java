package org.kerbside.deploy.platform.receiver;

/** The receiver's process. */
public final class Main {

  private Main() {}

  /** Carries out what was typed and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(ReceiverCommand.run(args));
  }
}
