package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What lies in some schemas of a PostgreSQL database, as lines that two databases can be compared by: every object,
/// every column, how many rows each table has.
///
/// @param connection in whichever transaction
public record PostgresqlInventory(Connection connection) {
    /// By names, not by the server's text of an expression, which changes when it is read again.
    private static final String OBJECTS = """
            with places as (select oid from pg_namespace where nspname = any (?)), found as (
              select d.classid, d.objid from pg_depend d
                where d.refclassid = 'pg_namespace'::regclass and d.deptype = 'n' and d.refobjid in (select oid from places)
              union all select 'pg_class'::regclass, i.indexrelid from pg_index i join pg_class t on t.oid = i.indrelid
                where t.relnamespace in (select oid from places)
              union all select 'pg_constraint'::regclass, k.oid from pg_constraint k
                where k.connamespace in (select oid from places) and (k.contype <> 'f' or not ?)
              union all select 'pg_trigger'::regclass, g.oid from pg_trigger g join pg_class t on t.oid = g.tgrelid
                where t.relnamespace in (select oid from places) and not g.tgisinternal
              union all select 'pg_policy'::regclass, p.oid from pg_policy p join pg_class t on t.oid = p.polrelid
                where t.relnamespace in (select oid from places))
            select o.type || ' ' || o.identity from found f, lateral pg_identify_object(f.classid, f.objid, 0) o
            where f.classid not in ('pg_extension'::regclass, 'pg_default_acl'::regclass)
            and not exists (select from pg_depend m where m.classid = f.classid and m.objid = f.objid and m.deptype = 'e')
            union all
            select format('column %I.%I.%I %s%s', n.nspname, c.relname, a.attname,
                          format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end)
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.oid in (select oid from places) and a.attnum > 0 and not a.attisdropped
            and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
            and not exists (select from pg_depend m where m.objid = c.oid and m.deptype = 'e')
            """;
    private static final String FILLED = """
            select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any (?) and c.relkind in ('r', 'm') and c.relispopulated
            and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """;

    /// In order.
    public List<String> lines(Extent extent) throws SQLException {
        var lines = new TreeSet<String>();
        try (var statement = connection.prepareStatement(OBJECTS)) {
            statement.setArray(
                    1, connection.createArrayOf("text", extent.schemas().toArray()));
            statement.setBoolean(2, extent.narrow());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
        }
        for (var table : filled(extent)) {
            lines.add("rows of " + table.quoted() + ": "
                    + Query.longOf(connection, "select count(*) from only " + table.quoted()));
        }
        return List.copyOf(lines);
    }

    private List<Extent.Table> filled(Extent extent) throws SQLException {
        var tables = new ArrayList<Extent.Table>();
        try (var statement = connection.prepareStatement(FILLED)) {
            statement.setArray(
                    1, connection.createArrayOf("text", extent.schemas().toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    tables.add(new Extent.Table(row.getString(1), row.getString(2)));
                }
            }
        }
        tables.removeAll(extent.without());
        return tables;
    }
}
