package dev.landfall.bench.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a process has used so far, as far as the system tells.
 *
 * @param peakMib its largest resident set, in MiB; known on Linux only
 * @param cpuSeconds time on all cores, user and system
 */
public record Usage(OptionalDouble peakMib, OptionalDouble cpuSeconds) {

  private static final String PEAK = "VmHWM:";
  private static final double KIB_PER_MIB = 1024;
  private static final double NANOS_PER_SECOND = 1e9;

  /** {@return what a process has used until now; nothing is known of one that has ended} */
  static Usage of(ProcessHandle process) {
    return new Usage(
        peakMib(Path.of("/proc", Long.toString(process.pid()), "status")),
        process
            .info()
            .totalCpuDuration()
            .map(Duration::toNanos)
            .map(nanos -> OptionalDouble.of(nanos / NANOS_PER_SECOND))
            .orElse(OptionalDouble.empty()));
  }

  private static OptionalDouble peakMib(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
          .findFirst();
    } catch (IOException | UncheckedIOException goneOrNoLinux) {
      return OptionalDouble.empty();
    }
  }

  /** {@return a later look at the same process, with what it still saw} */
  Usage then(Usage later) {
    return new Usage(
        later.peakMib.isPresent() ? later.peakMib : peakMib,
        later.cpuSeconds.isPresent() ? later.cpuSeconds : cpuSeconds);
  }
}
