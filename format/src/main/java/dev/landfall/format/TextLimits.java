package dev.landfall.format;

/**
 * What delimited text costs at most.
 *
 * @param longestField in UTF-16 units
 * @param longestRecord all fields of one record together, in UTF-16 units
 * @param mostColumns fields of one row
 */
record TextLimits(int longestField, int longestRecord, int mostColumns) {}
