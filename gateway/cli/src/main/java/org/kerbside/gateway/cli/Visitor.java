package org.kerbside.gateway.cli;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/**
 * Who stands at the service's door, as the kernel says: nobody can claim to be another.
 *
 * @param user by name, or by number where the machine knows none
 */
public record Visitor(String user, boolean mayAct) {

  /** Its members may change what runs. */
  static final String ADMINISTRATORS = "kerbside-admin";

  private static final Path GROUPS = Path.of("/etc/group");

  static Visitor of(SocketChannel talk) throws IOException {
    var peer = talk.getOption(ExtendedSocketOptions.SO_PEERCRED);
    var user = peer.user().getName();
    return new Visitor(user, mayAct(user, peer.group().getName()));
  }

  private static boolean mayAct(String user, String group) throws IOException {
    return user.equals("root")
        || user.equals(System.getProperty("user.name"))
        || group.equals(ADMINISTRATORS)
        || (Files.isReadable(GROUPS) && isMember(user, Files.readAllLines(GROUPS)));
  }

  /** By the lines of a groups' file: {@code name:password:number:member,member}. */
  static boolean isMember(String user, List<String> groups) {
    return groups.stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length == 4 && fields[0].equals(ADMINISTRATORS))
        .anyMatch(fields -> List.of(fields[3].split(",", -1)).contains(user));
  }
}
