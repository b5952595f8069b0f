package dev.lockstep.dialect;

import dev.lockstep.dialect.Extent.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What lies in a PostgreSQL database, as far as a backup has to know.
///
/// @param connection whose search path is the run's
public record PostgresqlContents(Connection connection, Address.Postgresql address) {
    /// What is lost with a table: its partitions and heirs, and rows that refer to it and go or change with it.
    private static final String HIT = """
            with recursive hit as (
              select c.oid from pg_class c where c.oid in (select to_regclass(n)::oid from unnest(?) n)
                or c.relnamespace in (select oid from pg_namespace where nspname = any (?))
              union
              select x.oid from hit, lateral (
                select inhrelid as oid from pg_inherits where inhparent = hit.oid
                union all select conrelid from pg_constraint where contype = 'f' and confrelid = hit.oid
                  and (? or confdeltype in ('c', 'n', 'd') or confupdtype in ('c', 'n', 'd'))
                union all select d.refobjid from pg_rewrite r join pg_depend d
                  on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
                  join pg_class v on v.oid = r.ev_class and v.relkind = 'v' where v.oid = hit.oid) x)
            select n.nspname, c.relname from hit join pg_class c using (oid) join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            """;
    private static final String TABLES = """
            select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any (?) and c.relkind in ('r', 'p', 'm')
            and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1, 2
            """;
    private static final String EXTENSIONS = """
            select distinct e.extname::text from pg_depend m join pg_extension e on e.oid = m.refobjid
            join pg_depend d on d.refclassid = m.classid and d.refobjid = m.objid
            where m.deptype = 'e' and m.refclassid = 'pg_extension'::regclass and d.deptype in ('n', 'a', 'i')
            and coalesce((pg_identify_object(d.classid, d.objid, 0)).schema,
                         (pg_identify_object_as_address(d.classid, d.objid, 0)).object_names[1]) = any (?) order by 1
            """;

    /// What scripts name.
    ///
    /// @param tables in which rows may be lost, each as parts
    /// @param schemas that may be dropped
    /// @param cascades what refers to these tables is lost with them
    public record Named(Set<List<String>> tables, Set<String> schemas, boolean cascades) {}

    /// What a backup has to hold.
    ///
    /// @param narrow no rows but those that may be lost
    public Extent extent(Named named, boolean narrow) throws SQLException {
        var hit = hit(named);
        var all = new TreeSet<>(existing(named.schemas()));
        hit.forEach(table -> all.add(table.schema()));
        all.remove(address.schema());
        var ordered = new ArrayList<>(List.of(address.schema()));
        ordered.addAll(all);
        var without = narrow ? tables(ordered) : new ArrayList<Table>();
        without.removeAll(hit);
        without.removeAll(List.of(
                ours(address.history()), ours("lockstep_schema"), ours("lockstep_journal"), ours("lockstep_objects")));
        return new Extent(ordered, narrow, without, extensions(ordered));
    }

    private Table ours(String name) {
        return new Table(address.schema(), name);
    }

    private Set<Table> hit(Named named) throws SQLException {
        var names = named.tables().stream().map(PostgresqlContents::quoted).toList();
        try (var statement = connection.prepareStatement(HIT)) {
            statement.setArray(1, array(names));
            statement.setArray(2, array(named.schemas()));
            statement.setBoolean(3, named.cascades());
            return new HashSet<>(read(statement));
        }
    }

    private static String quoted(List<String> parts) {
        return String.join(".", parts.stream().map(PostgresqlDialect::quote).toList());
    }

    private List<Table> tables(Collection<String> schemas) throws SQLException {
        try (var statement = connection.prepareStatement(TABLES)) {
            statement.setArray(1, array(schemas));
            return read(statement);
        }
    }

    private static List<Table> read(PreparedStatement statement) throws SQLException {
        var tables = new ArrayList<Table>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                tables.add(new Table(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    private List<String> existing(Set<String> schemas) throws SQLException {
        return texts("select nspname::text from pg_namespace where nspname = any (?)", schemas);
    }

    private List<String> extensions(Collection<String> schemas) throws SQLException {
        return texts(EXTENSIONS, schemas);
    }

    private List<String> texts(String sql, Collection<String> argument) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(argument));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    /// Those that the database lacks.
    public List<String> missing(List<String> extensions) throws SQLException {
        return texts(
                "select n from unnest(?) n where n not in (select extname from pg_extension) order by 1", extensions);
    }

    /// Makes schemas and extensions as another database has them, so that a dump of it finds its place.
    public void furnish(Connection empty, Extent extent) throws SQLException {
        for (var schema : extent.schemas()) {
            Query.run(empty, "create schema if not exists " + PostgresqlDialect.quote(schema));
        }
        var sql = """
                select case when n.nspname !~ '^pg_' then format('create schema if not exists %1$I; ', n.nspname) else '' end
                       || format('create extension if not exists %2$I schema %1$I cascade', n.nspname, e.extname)
                from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = any (?)
                """;
        for (var creation : texts(sql, extent.extensions())) {
            Query.run(empty, creation);
        }
    }

    /// What the tables with their rows take, without indexes.
    public long bytes(Extent extent) throws SQLException {
        var tables = tables(extent.schemas());
        tables.removeAll(extent.without());
        try (var statement = connection.prepareStatement(
                "select coalesce(sum(pg_table_size(to_regclass(n))), 0) from unnest(?) n")) {
            statement.setArray(1, array(tables.stream().map(Table::quoted).toList()));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private java.sql.Array array(Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
