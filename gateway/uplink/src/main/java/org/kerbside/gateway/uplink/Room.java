package org.kerbside.gateway.uplink;

import java.util.random.RandomGenerator;

/** What outlives a connection, for the conversations on it. */
record Room(
    Topics topics,
    Payloads payloads,
    Doors doors,
    Commands commands,
    Replies replies,
    Audience audience,
    Standing standing,
    Deadlines deadlines,
    RandomGenerator chance) {}
