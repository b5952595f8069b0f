package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Alter;
import dev.lockstep.rebuild.Change;
import dev.lockstep.rebuild.CreateTable;
import dev.lockstep.rebuild.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/// ALTER TABLE as PostgreSQL has it, on SQLite.
final class SqliteAlteration {
    private final Connection connection;
    private final SqliteSchema schema;
    private final SqliteRoom room;

    private SqliteAlteration(Connection connection, SqliteRoom room) {
        this.connection = connection;
        this.room = room;
        this.schema = new SqliteSchema(connection);
    }

    /// @return false: SQLite takes the statement as it stands
    static boolean run(Connection connection, String sql, SqliteRoom room) throws SQLException, Refusal {
        var alter = Alter.of(sql);
        if (alter.isPresent()) {
            new SqliteAlteration(connection, room).run(alter.get());
        }
        return alter.isPresent();
    }

    private void run(Alter alter) throws SQLException, Refusal {
        refuseElsewhere(alter);
        var found = schema.find(alter.table());
        if (found.isEmpty()) {
            if (alter.ifExists()) {
                return;
            }
            throw refusal("there is no table " + alter.table(), "create it first, or write ALTER TABLE IF EXISTS");
        }
        var table = found.get();
        if (alter.rename().isPresent()) {
            natively(table.name(), alter.rename().get());
            return;
        }
        refuseOther(table);
        switch (Change.of(understood(table), alter)) {
            case Change.Nothing nothing -> {}
            case Change.Native change -> {
                for (var action : change.actions()) {
                    natively(table.name(), action);
                }
            }
            case Change.Copy copy -> {
                room.admit(copy);
                new SqliteRebuild(connection, schema, copy).run();
            }
        }
    }

    /// What is read out of the text has to be what SQLite read.
    private CreateTable understood(SqliteSchema.Thing table) throws SQLException, Refusal {
        var read = CreateTable.of(table.sql());
        if (!read.columnNames().equals(schema.columns(table.name()))) {
            throw refusal("the text of table " + table.name() + " is not understood", "report it as a defect");
        }
        return read;
    }

    private void natively(String table, String action) throws SQLException {
        Query.run(connection, "alter table main." + Names.quoted(table) + " " + action);
    }

    private void refuseElsewhere(Alter alter) throws SQLException, Refusal {
        var other = alter.schema().filter(name -> !Names.same(name, "main"));
        boolean temporary = schema.isTemporary(alter.table());
        if (other.isPresent()) {
            throw refusal("there is no schema " + other.get() + " to be migrated", "name a table of the schema main");
        }
        if (temporary) {
            throw refusal(alter.table() + " is a temporary table", "create it as it should be");
        }
    }

    private static void refuseOther(SqliteSchema.Thing table) throws Refusal {
        boolean virtual = table.sql().toLowerCase(Locale.ROOT).startsWith("create virtual");
        if (!table.kind().equals("table") || virtual || Names.fold(table.name()).startsWith("sqlite_")) {
            throw refusal(table.name() + " is no ordinary table", "drop it and create it anew as it should be");
        }
    }

    static Refusal refusal(String message, String remedy) {
        return new Refusal(Code.StatementFailed, "", message, remedy);
    }
}
