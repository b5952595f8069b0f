package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Shapes of projects that people have: after each, nobody could say who migrated what.
abstract class FlywayLayoutConformance extends FlywayCallbackConformance {
    private static String table(Object name) {
        return "create table t" + name + " (id integer primary key, note varchar(20) default 'a;b');\n";
    }

    @Test
    void hundreds_of_scripts_in_folders_with_an_archive() throws SQLException {
        for (int i = 1; i <= 596; i++) {
            var folder = i <= 352 ? "archive/" + (i <= 176 ? "2019/" : "2020/") : "";
            var text = i % 3 == 0 ? "insert into t" + (i - 1) + " (id) values (" + i + ");" : table(i);
            twins.script(folder + "V1_" + i + "__Step_number_" + i + ".sql", "-- step " + i + "\n" + text);
        }
        for (int i = 1; i <= 20; i++) {
            twins.script(
                    "repeatable/R__view_" + i + ".sql",
                    "create view v" + i + " as select id from t" + (3 * i - 1) + ";");
        }

        twins.migrate().flywayFindsNothingToDo();

        assertThat(twins.upgrade().out()).contains("nothing to do");
    }

    @Test
    void timestamps_placeholders_and_callbacks() throws SQLException {
        var values = Map.of("owner-table", "owners", "environment", "prod");
        var told = twins.told(
                settings -> settings.placeholders(values),
                "--placeholder=owner-table=owners",
                "--placeholder=environment=prod");
        told.script("V20190101120000__create-owners.sql", "create table ${owner-table} (env varchar(9));\n")
                .script("V20190102120000__fill.sql", "insert into ${owner-table} values ('${environment}');\n")
                .script(
                        "afterMigrate__010_count.sql",
                        "create table if not exists runs (n integer); insert into runs values (1);")
                .script("afterMigrate__020_more.sql", "insert into runs values (2);")
                .script("R__owners_view.sql", "create view ${owner-table}_view as select env from ${owner-table};");

        told.migrate().flywayFindsNothingToDo();
        told.script("V20200101000000__next.sql", table("next")).migrate();

        assertThat(database().ask("select env from owners_view")).isEqualTo("prod");
        // Flyway ran the callbacks once more to find nothing to do.
        assertThat(database().column("select n from runs")).hasSize(6);
    }

    @Test
    void a_baseline_over_a_past_that_is_kept() throws SQLException {
        var all = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            twins.script("old/V" + i + "__step.sql", table(i));
            all.append(table(i));
        }
        twins.script("B40__everything_so_far.sql", all.toString())
                .script("V41__more.sql", table(41))
                .script("U41__more.sql", "drop table t41;")
                .script("R__last.sql", "create view last as select id from t41;");

        twins.migrate().flywayFindsNothingToDo();
    }

    @Test
    void a_past_that_flyway_made_is_carried_on_and_given_back() throws SQLException {
        twins.script("V1__a.sql", table(1)).script("R__v.sql", "create view v as select id from t1;");
        twins.flyway(database()).migrate();
        twins.flyway(twins.other()).migrate();
        twins.script("V2__b.sql", table(2)).migrate().flywayFindsNothingToDo();

        twins.script("V3__c.sql", table(3));
        twins.flyway(database()).migrate();
        twins.flyway(twins.other()).migrate();
        succeeds(twins.upgrade());
        twins.alike();

        twins.script("V4__d.sql", table(4)).migrate().flywayFindsNothingToDo();
    }
}
