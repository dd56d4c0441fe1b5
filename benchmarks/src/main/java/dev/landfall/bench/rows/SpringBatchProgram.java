package dev.landfall.bench.rows;

import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.bench.peer.Postgres;
import java.net.MalformedURLException;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.database.JdbcBatchItemWriter;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.file.FlatFileItemReader;
import org.springframework.batch.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.item.file.mapping.PassThroughFieldSetMapper;
import org.springframework.batch.item.file.transform.FieldSet;
import org.springframework.core.io.UrlResource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The same with Spring Batch, which keeps no record of its jobs. */
final class SpringBatchProgram {

  private static final int CONNECTIONS = 2;
  private static final int ROWS_PER_CHUNK = 1000;

  private SpringBatchProgram() {}

  /**
   * Loads until the parent has enough.
   *
   * @param arguments where the database is, and the {@link Mode}
   */
  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource tables = Postgres.pool(arguments[0], CONNECTIONS)) {
      Loader loader = link -> load(link, tables, Mode.valueOf(arguments[1]));
      loader.serve();
    }
  }

  private static void load(String link, DataSource tables, Mode mode) throws Exception {
    JobRepository repository = new ResourcelessJobRepository();
    TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
    launcher.setJobRepository(repository);
    launcher.afterPropertiesSet();
    Step step = new StepBuilder("load", repository)
        .<FieldSet, FieldSet>chunk(ROWS_PER_CHUNK, new JdbcTransactionManager(tables))
        .reader(reader(link))
        .writer(writer(tables, mode))
        .build();
    JobExecution done =
        launcher.run(new JobBuilder("load", repository).start(step).build(), new JobParameters());
    if (done.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException(done.toString());
    }
  }

  private static FlatFileItemReader<FieldSet> reader(String link) throws MalformedURLException {
    return new FlatFileItemReaderBuilder<FieldSet>()
        .name("invoices")
        .resource(new UrlResource(link))
        .linesToSkip(1)
        .delimited()
        .names(Invoices.COLUMNS.toArray(new String[0]))
        .fieldSetMapper(new PassThroughFieldSetMapper())
        .build();
  }

  private static JdbcBatchItemWriter<FieldSet> writer(DataSource tables, Mode mode) {
    JdbcBatchItemWriter<FieldSet> writer = new JdbcBatchItemWriterBuilder<FieldSet>()
        .dataSource(tables)
        .sql(InvoiceTable.insert(mode))
        .itemPreparedStatementSetter((row, statement) -> {
          for (int i = 0; i < row.getFieldCount(); i++) {
            statement.setString(i + 1, row.readString(i));
          }
        })
        .build();
    writer.afterPropertiesSet();
    return writer;
  }
}
