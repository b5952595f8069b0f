package dev.lockstep.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Takes away all that is in a schema, but neither the schema with its rights nor what an extension has put there.
public record PostgresqlClearing(Connection connection, String schema) {
    private static final String OUTSIDERS =
            """
            select distinct pg_describe_object(d.classid, d.objid, 0) from pg_depend d
            where d.deptype in ('n', 'a') and d.refclassid <> 'pg_namespace'::regclass and d.refobjid >= 16384
            and %s = ? and (%s is distinct from ? or d.classid = 'pg_publication_rel'::regclass)
            and not exists (select from pg_depend m
                            where m.classid = d.refclassid and m.objid = d.refobjid and m.deptype = 'e')
            order by 1
            """.formatted(place("d.refclassid", "d.refobjid"), place("d.classid", "d.objid"));

    /// Tables first: their sequences, types and functions of triggers are then free, or gone.
    private static final String CLEAR = """
            SET LOCAL lock_timeout = '10s';
            SET LOCAL client_min_messages = warning;
            DO $lockstep$
            DECLARE it record;
            BEGIN
              FOR it IN
                SELECT replace(o.type, 'composite type', 'type') AS kind, o.identity
                FROM pg_depend d, LATERAL pg_identify_object(d.classid, d.objid, 0) o
                WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace({schema}) AND d.deptype = 'n'
                AND o.type NOT IN ('extension', 'default acl', 'statistics object')
                AND NOT EXISTS (SELECT FROM pg_depend m
                                WHERE m.classid = d.classid AND m.objid = d.objid AND m.deptype = 'e')
                ORDER BY o.type <> 'table', o.type <> 'view', 2
              LOOP
                EXECUTE format('DROP %s IF EXISTS %s CASCADE', it.kind, it.identity);
              END LOOP;
            END $lockstep$;
            """;

    /// The schema of an object that is in one, or of the table that it is part of.
    private static String place(String kind, String id) {
        return "coalesce((pg_identify_object(" + kind + ", " + id + ", 0)).schema, (pg_identify_object_as_address("
                + kind + ", " + id + ", 0)).object_names[1])";
    }

    /// What outside of the schema would go with it, in the server's words.
    public List<String> outsiders() throws SQLException {
        var outsiders = new ArrayList<String>();
        try (var statement = connection.prepareStatement(OUTSIDERS)) {
            statement.setString(1, schema);
            statement.setString(2, schema);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    outsiders.add(row.getString(1));
                }
            }
        }
        return outsiders;
    }

    /// For the beginning of a script, inside its transaction.
    public static String sql(String schema) {
        var literal = "'" + PostgresqlDialect.quote(schema).replace("'", "''") + "'";
        return CLEAR.replace("{schema}", literal);
    }
}
