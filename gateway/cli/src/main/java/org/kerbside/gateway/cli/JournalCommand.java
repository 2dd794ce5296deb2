package org.kerbside.gateway.cli;

import picocli.CommandLine.Command;

/** {@code kerbside journal}: its commands. */
@Command(
    name = "journal",
    header = "Look at the journal, whether the service runs or not.",
    synopsisSubcommandLabel = "COMMAND")
final class JournalCommand {}
