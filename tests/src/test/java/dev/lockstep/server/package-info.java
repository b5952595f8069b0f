/// Real PostgreSQL servers for tests, one a major version and JVM, and the client programs that dump them. The
/// door is
/// [PostgresServer][dev.lockstep.server.PostgresServer]; nothing here knows what a migration is.
@NullMarked
package dev.lockstep.server;

import org.jspecify.annotations.NullMarked;
