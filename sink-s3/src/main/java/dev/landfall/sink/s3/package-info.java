/** Stores exported files as objects in S3 and what is compatible with it. */
@NullMarked
package dev.landfall.sink.s3;

import org.jspecify.annotations.NullMarked;
