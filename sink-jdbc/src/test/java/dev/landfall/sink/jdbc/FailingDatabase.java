package dev.landfall.sink.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A data source whose connection breaks at one step of its work, once and for good: as if the
 * process or the network ended just before the step, or just after it, when nobody knows that it
 * took place.
 */
final class FailingDatabase implements InvocationHandler {

  private static final Set<String> STEPS = Set.of(
      "getConnection",
      "setAutoCommit",
      "createStatement",
      "prepareStatement",
      "execute",
      "executeQuery",
      "executeUpdate",
      "executeBatch",
      "unwrap",
      "commit");

  private final Object target;
  private final Countdown countdown;

  private FailingDatabase(Object target, Countdown countdown) {
    this.target = target;
    this.countdown = countdown;
  }

  /** Which step breaks, and whether it takes place before. */
  static final class Countdown {

    private final boolean afterTheStep;
    private int left;
    private boolean broken;

    Countdown(int step, boolean afterTheStep) {
      left = step;
      this.afterTheStep = afterTheStep;
    }

    boolean broken() {
      return broken;
    }

    private boolean reached(Method method) {
      return STEPS.contains(method.getName()) && --left == 0;
    }
  }

  static DataSource of(DataSource database, Countdown countdown) {
    return (DataSource) wrapped(database, DataSource.class, countdown);
  }

  private static Object wrapped(Object target, Class<?> type, Countdown countdown) {
    return Proxy.newProxyInstance(
        type.getClassLoader() == null
            ? FailingDatabase.class.getClassLoader()
            : type.getClassLoader(),
        new Class<?>[] {type},
        new FailingDatabase(target, countdown));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean breaks = countdown.reached(method);
    boolean afterTheCut = countdown.broken && !method.getName().equals("close");
    if (afterTheCut || (breaks && !countdown.afterTheStep)) {
      throw broken();
    }
    Object result = passOn(method, arguments);
    if (breaks) {
      throw broken();
    }
    if (method.getName().equals("unwrap")) {
      // What is beyond JDBC is not seen from here.
      return result;
    }
    if (result instanceof PreparedStatement) {
      return wrapped(result, PreparedStatement.class, countdown);
    }
    if (result instanceof Statement) {
      return wrapped(result, Statement.class, countdown);
    }
    return result instanceof Connection ? wrapped(result, Connection.class, countdown) : result;
  }

  private Object passOn(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private SQLException broken() {
    countdown.broken = true;
    return new SQLRecoverableException("The line is cut.");
  }
}
