package dev.landfall.testkit;

import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.spi.FileLocator;

class PayloadUrlLocatorContractTest extends FileLocatorContract {

  @Override
  protected FileLocator newLocator() {
    return PayloadUrlLocator.field("DownloadURL");
  }

  @Override
  protected BusinessEvent announcing(int number) {
    return BusinessEvent.of(members("event-" + number)
        .with(
            "DownloadURL",
            "https://d365fo0a1b2c3d4e5f.blob.core.windows.net/dmf/Customer%20g%7B" + number
                + "%7D.csv?sv=2018-03-28&sr=b&sig=" + EventArbitraries.SIGNATURE
                + "ISE%3D&st=2030-01-01T00%3A00%3A00Z&se=2030-01-01T01%3A05%3A00Z&sp=r")
        .build());
  }

  @Override
  protected BusinessEvent announcingNothing() {
    return BusinessEvent.of(members("event-none").build());
  }

  private static Payload.Builder members(String id) {
    return Payload.builder()
        .with("EventId", id)
        .with("EventTime", "/Date(1893456300000)/")
        .with("EntityName", "Customer groups");
  }
}
