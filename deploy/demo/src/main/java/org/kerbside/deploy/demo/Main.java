package org.kerbside.deploy.demo;

import org.kerbside.deploy.demo.peers.PeersCommand;

/** The gateway's command line with two commands more: {@code demo} and {@code peers}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(
        org.kerbside.gateway.app.wiring.Main.run(args, new DemoCommand(), new PeersCommand()));
  }
}
