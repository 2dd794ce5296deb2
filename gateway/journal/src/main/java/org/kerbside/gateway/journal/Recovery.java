package org.kerbside.gateway.journal;

import java.sql.SQLException;

/** What follows when the disk refused something. For the writer's thread alone. */
record Recovery(WriteAccess access, ReadSide readSide, Room room, Ballast ballast) {

  Commit.Refused after(SQLException refusal) {
    if (Database.isGrave(refusal)) {
      readSide.close();
    }
    if (Database.isFull(refusal)) {
      room.isOut();
      ballast.drop();
    }
    return access.refused(refusal);
  }
}
