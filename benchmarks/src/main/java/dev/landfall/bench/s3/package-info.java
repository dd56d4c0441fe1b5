/** Exports that become objects in S3: a large one, and many small ones. */
@NullMarked
package dev.landfall.bench.s3;

import org.jspecify.annotations.NullMarked;
