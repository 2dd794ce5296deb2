package org.kerbside.gateway.cli;

import picocli.CommandLine.Command;

/** {@code kerbside rules}: what can be done with rules and needs no service. */
@Command(
    name = "rules",
    header = "Try rules without a gateway.",
    synopsisSubcommandLabel = "COMMAND")
final class RulesCommand {}
