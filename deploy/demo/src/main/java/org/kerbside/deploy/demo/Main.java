package org.kerbside.deploy.demo;

/** The gateway's command line with one command more: {@code demo}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(org.kerbside.gateway.app.wiring.Main.run(args, new DemoCommand()));
  }
}
