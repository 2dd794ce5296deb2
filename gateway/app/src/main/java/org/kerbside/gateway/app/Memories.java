package org.kerbside.gateway.app;

import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;

/**
 * Everything that control remembers at the end of a turn and must not forget with its process.
 *
 * @param at that turn's
 * @param state the last readings
 * @param derived what assets are made of: where counters stand
 * @param rules holds, alarms, windows
 * @param programmes what was watered today
 * @param desk who holds outputs until when, and what interlocks have seen
 */
record Memories(Moment at, Note state, Note derived, Note rules, Note programmes, Note desk) {}
