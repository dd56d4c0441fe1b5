package dev.landfall;

import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A ledger in memory that stays when its pipeline is closed, as one on disk does, and can fail. */
final class TakenAsDurable {

  private TakenAsDurable() {}

  static Ledger over(Ledger memory) {
    return over(memory, call -> false);
  }

  /** Calls of the methods that the predicate names fail. */
  static Ledger over(Ledger memory, Predicate<String> down) {
    InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
      case "durable" -> true;
      case "close" -> null;
      default -> down.test(method.getName()) ? fail(method) : method.invoke(memory, arguments);
    };
    return (Ledger) Proxy.newProxyInstance(
        Ledger.class.getClassLoader(),
        new Class<?>[] {Ledger.class},
        (proxy, method, arguments) -> {
          try {
            return handler.invoke(proxy, method, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
          }
        });
  }

  private static Object fail(Method method) {
    LedgerException why = LedgerException.unavailable("The ledger is down.", null);
    if (method.getReturnType() == CompletionStage.class) {
      return Optional.of(CompletableFuture.failedFuture(why))
          .<Object>map(it -> it)
          .orElseThrow();
    }
    throw why;
  }
}
