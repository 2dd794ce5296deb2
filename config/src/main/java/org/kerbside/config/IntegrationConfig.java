package org.kerbside.config;

import java.nio.file.Path;

/**
 * One word of {@code integrations}: a file of Camel's routes, not read yet. It is code, and belongs
 * to people: nobody here ever writes it.
 *
 * @param name of the file, as the site writes it
 * @param file in {@code integrations/} beside the site
 * @param secrets the folder of what it may name as {@code {{secret:NAME}}}
 */
public record IntegrationConfig(Text name, Path file, Path secrets) {}
