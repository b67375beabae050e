package io.archmage.doctor;

import io.archmage.server.ServerException;
import io.archmage.server.ServerTarget;
import io.archmage.server.TemporalCli;
import io.archmage.server.TemporalConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The Temporal server that a run would use, and the program that can start one. */
public final class ServerCheck implements Check {

  private final Supplier<Optional<TemporalCli>> cli;
  private final Supplier<Optional<ServerTarget>> server;

  /**
   * @param cli finds the program without fetching it
   * @param server finds the server without starting one
   */
  public ServerCheck(
      Supplier<Optional<TemporalCli>> cli, Supplier<Optional<ServerTarget>> server) {
    this.cli = cli;
    this.server = server;
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    boolean embedded = true;
    try {
      Optional<ServerTarget> target = server.get();
      embedded = target.isEmpty();
      findings.add(target.map(ServerCheck::reach).orElseGet(ServerCheck::none));
    } catch (ServerException e) {
      findings.add(Finding.problem("server", String.valueOf(e.getMessage()), null));
    }
    findings.addFirst(program(embedded));
    return findings;
  }

  private Finding program(boolean needed) {
    try {
      return cli.get()
          .map(
              found -> Finding.ok(
                  "temporal", "Temporal CLI " + found.version() + " at " + found.executable()))
          .orElseGet(
              () -> needed
                  ? Finding.warning(
                      "temporal",
                      "There is no Temporal CLI; version "
                          + TemporalCli.PINNED
                          + " is fetched when the embedded server is first started",
                      "Nothing, if this machine reaches the internet; else install it and set "
                          + TemporalCli.VARIABLE
                          + " to its path.")
                  : Finding.ok("temporal", "No Temporal CLI is needed: a server is running"));
    } catch (ServerException e) {
      return Finding.problem("temporal", String.valueOf(e.getMessage()), null);
    }
  }

  private static Finding none() {
    return Finding.ok("server", "No server runs; the embedded one starts with the first run");
  }

  private static Finding reach(ServerTarget target) {
    try (TemporalConnection connection = new TemporalConnection(target)) {
      connection.stubs();
      return Finding.ok(
          "server", target.address() + " answers (" + target.origin().because() + ")");
    } catch (ServerException e) {
      return Finding.problem("server", String.valueOf(e.getMessage()), null);
    }
  }
}
