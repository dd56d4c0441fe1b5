package dev.landfall.format;

/**
 * What {@code PackageHeader.xml} of a data package says; texts that it leaves out are empty.
 *
 * @param description usually the name of the data project
 * @param manifestType the class of F&amp;O that wrote the manifest
 * @param packageType what kind of package it is, such as {@code DefinitionGroup}
 * @param packageVersion such as {@code 1}
 */
public record PackageHeader(
    String description, String manifestType, String packageType, String packageVersion) {}
