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
    Release release,
    Sent sent,
    Suspects suspects,
    Explained explained,
    Standing standing,
    Deadlines deadlines,
    RandomGenerator chance) {}
