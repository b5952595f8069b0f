package dev.lockstep.dialect;

import dev.lockstep.dialect.Dialect.Book;
import dev.lockstep.dialect.Dialect.Ledger;
import java.util.List;

/// The statements of the tables that a run keeps, in each dialect's words.
///
/// @param history quoted name of Flyway's table
/// @param ledger quoted name of `lockstep_schema`
/// @param user who is written into Flyway's history
/// @param yes a truth
record Tables(String history, String ledger, String user, String yes) {

    Book book() {
        return new Book(
                "select installed_rank, version, description, type, script, checksum, success from " + history
                        + " order by installed_rank",
                "insert into " + history + " (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) select coalesce(max(installed_rank), 0) + 1, ?, ?, ?,"
                        + " ?, ?, " + user + ", 0, " + yes + " from " + history,
                "delete from " + history + " where installed_rank = ?",
                "update " + history + " set description = ?, checksum = ? where installed_rank = ?");
    }

    /// @param create its statements, safe to repeat
    Ledger ledger(List<String> create) {
        return new Ledger(
                create,
                "select version, state, floor, alias, floor and (state = 'held' or phase <> 'contract') from " + ledger,
                "insert into " + ledger + " as old (version, alias, phase, checksum, state, floor)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict (version) do update set alias = excluded.alias,"
                        + " phase = excluded.phase, checksum = excluded.checksum, state = excluded.state,"
                        + " floor = old.floor or excluded.floor, at = excluded.at",
                "update " + ledger + " set alias = null where alias = ? and version <> ?",
                "delete from " + ledger + " where version = ?",
                "update " + ledger + " set state = 'applied', floor = floor or phase = 'contract' where version = ?",
                "update " + ledger + " set floor = " + yes + " where version = ?",
                "update " + ledger + " set floor = not " + yes + " where version = ?",
                "select version, state, floor, alias from " + ledger
                        + " where version = ? or alias = ? or version = ? or floor");
    }
}
