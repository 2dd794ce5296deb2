package org.kerbside.gateway.journal;

/**
 * What the journal has written since it was opened, and how big it is.
 *
 * @param bytes of the frames' payloads; the disk writes more
 * @param file bytes of the database file
 * @param log bytes of the write-ahead log beside it
 * @param card bytes that the whole process has sent to storage since its start, as the kernel
 *     counts them; 0 where it does not
 */
public record Written(
    long commits, long frames, long readings, long bytes, long file, long log, long card) {}
