package org.kerbside.gateway.journal;

/**
 * What the journal has written since it was opened, and how big it is.
 *
 * @param bytes of the frames' payloads; the disk writes more
 * @param file bytes of the database file
 * @param log bytes of the write-ahead log beside it
 */
public record Written(long commits, long frames, long readings, long bytes, long file, long log) {}
