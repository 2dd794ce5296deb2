package org.kerbside.config;

import org.jspecify.annotations.Nullable;

/**
 * How much the journal may keep and write.
 *
 * @param flash bytes a day; absent: no budget, for benches
 * @param quota bytes of the file
 * @param history bytes of the points' minutes and hours beside it
 * @param endurance bytes that the card takes by its data sheet; absent: reckoned from its size
 */
public record JournalConfig(
    @Nullable Long flash, long quota, long history, @Nullable Long endurance) {}
