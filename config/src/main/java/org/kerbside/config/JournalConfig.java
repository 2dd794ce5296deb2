package org.kerbside.config;

import org.jspecify.annotations.Nullable;

/**
 * How much the journal may keep and write.
 *
 * @param flash bytes a day; absent: no budget, for benches
 * @param quota bytes of the file
 */
public record JournalConfig(@Nullable Long flash, long quota) {}
