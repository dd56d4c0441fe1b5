package dev.landfall.sink.s3;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** All that names the library of zstd, so that who does not compress by it need not have it. */
final class ZstdLibrary {

  private ZstdLibrary() {}

  /** Fails where it is not there, or its native part does not fit the machine. */
  static void require() {
    try {
      Zstd.defaultCompressionLevel();
    } catch (LinkageError missing) {
      throw new IllegalStateException(
          "zstd needs com.github.luben:zstd-jni; add it, or compress by gzip.", missing);
    }
  }

  static OutputStream over(OutputStream out) throws IOException {
    return new ZstdOutputStream(out);
  }

  static InputStream under(InputStream in) throws IOException {
    return new ZstdInputStream(in);
  }
}
