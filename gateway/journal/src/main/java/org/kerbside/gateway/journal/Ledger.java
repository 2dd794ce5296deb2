package org.kerbside.gateway.journal;

/** What all the writer's work shares: how it cuts frames, the file, what memory knows of it. */
record Ledger(Cut cut, WriteAccess access, Tracks tracks, Deliveries deliveries, Served served) {}
