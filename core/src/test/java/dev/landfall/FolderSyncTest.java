package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who sync one folder. */
@Timeout(60)
class FolderSyncTest {

  @TempDir
  Path folder;

  @Test
  void everyCallReturnsHoweverManyThereAre() throws Exception {
    FolderSync sync = new FolderSync(folder);
    ExecutorService many = Executors.newFixedThreadPool(16);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      calls.add(many.submit(() -> {
        sync.sync();
        return null;
      }));
    }
    for (Future<?> call : calls) {
      call.get(30, TimeUnit.SECONDS);
    }
    many.shutdown();
  }

  @Test
  void aFailureIsToldToEveryCallerAndTheNextTryIsANewOne() throws Exception {
    Path gone = folder.resolve("gone");
    FolderSync sync = new FolderSync(gone);
    ExecutorService many = Executors.newFixedThreadPool(8);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(many.submit(() -> assertThrows(IOException.class, sync::sync)));
    }
    for (Future<?> call : calls) {
      call.get(30, TimeUnit.SECONDS);
    }
    many.shutdown();
    Files.createDirectory(gone);
    sync.sync();
  }
}
