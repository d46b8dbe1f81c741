import java.io.IOException;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One OpenSearch node for tests: Node FOLDER KEY=VALUE..., the settings of the node.
 *
 * <p>It ends when its standard input does, which is a pipe from the program that started it: the
 * system closes that one, too, when the program is killed. On SIGTERM it leaves its cluster first.
 */
public final class Node {
  public static void main(String[] arguments) throws Exception {
    Thread watcher = new Thread(Node::endWithParent);
    watcher.setDaemon(true);
    watcher.start();
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.onBuild(
        (number, settings) -> {
          for (int at = 1; at < arguments.length; at++) {
            String[] pair = arguments[at].split("=", 2);
            settings.put(pair[0], pair[1]);
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
    runner.build(OpenSearchRunner.newConfigs().basePath(arguments[0]).numOfNode(1));
    Thread.currentThread().join();
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException closed) {
      // The same: nobody is there.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void close(OpenSearchRunner runner) {
    try {
      runner.close();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
