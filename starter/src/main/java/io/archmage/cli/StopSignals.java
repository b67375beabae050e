package io.archmage.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears every request of the operating system to end, not just the first: a virtual machine that
 * is ending hears none. The class that can is there by promise of the JDK, but not for a compiler
 * that takes warnings for errors.
 */
final class StopSignals {

  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

  /** SIGTERM and SIGINT, as Ctrl-C sends it. */
  private static final List<String> NAMES = List.of("TERM", "INT");

  private StopSignals() {}

  /** From now on a signal runs {@code action}, on a thread of its own, and ends nothing. */
  static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.invoke(action, arguments);
              });
      Constructor<?> named = signal.getConstructor(String.class);
      Method handle = signal.getMethod("handle", signal, handler);
      for (String name : NAMES) {
        handle.invoke(null, named.newInstance(name), handling);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException unable) {
      // A stop is then as without it: the virtual machine ends, and familiars are let go of.
      LOG.warn("only a first signal is heard: {}", cause(unable).toString());
    }
  }

  private static Throwable cause(Exception unable) {
    return unable instanceof InvocationTargetException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : unable;
  }
}
