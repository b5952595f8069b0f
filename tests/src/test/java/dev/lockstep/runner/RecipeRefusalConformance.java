package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Stop;
import dev.lockstep.handover.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `revision` refuses of a recipe, before it writes anything.
abstract class RecipeRefusalConformance extends DownConformance {
    private static final String RENAME = "rename --table=orders --column=total --to=amount --type=integer";

    /// @param options with single spaces between them
    private Terminal.Result recipe(String options) {
        return terminal.show("revision", ("--recipe=" + options).split(" "));
    }

    private void refuses(String options, String message) {
        fails(recipe(options), Code.Usage, message);
        assertThat(terminal.migrations().resolve("V2__x.sql")).doesNotExist();
    }

    @Test
    void a_recipe_that_is_not_understood_is_refused_with_what_to_write() throws IOException {
        terminal.script("V1__init.sql", INIT);

        refuses("renam --table=orders", "--recipe: there is no recipe renam");
        refuses("rename --column=total --to=amount --type=integer", "--table: the recipe rename needs it");
        refuses("rename --table=orders --column=total --to=amount", "--type: the recipe rename needs it");
        refuses(RENAME + " --value=1", "--value: the recipe rename does not take it");
        refuses("not-null --table=orders --column=total", "--value: the recipe not-null needs it");
        refuses("not-null --table=orders --column=total --value=0 --required", "--required: the recipe not-null does");
        refuses(RENAME.replace("rename", "retype") + " --down", "--was: the way down needs");
        refuses(RENAME.replace("amount", "Total"), "--to: there is a column Total already");
        refuses(RENAME.replace("amount", "amount=total"), "--to: is no column's name: amount=total");
        refuses(RENAME + " --type=bigint", "--type: is written 2 times");
        refuses(RENAME.replace("=orders", "=a.b.c"), "--table: is no table's name here: a.b.c");
        refuses(RENAME.replace("=total", "="), "--column: is empty");
        refuses("split --table=orders --column=total --to=a --type=text --back=a", "--to: is not COLUMN=SQL: a");
        assertThat(recipe(RENAME.replace(" --type=integer", "")).err())
                .contains("write --recipe rename --table TABLE --column COLUMN --to NEW --type TYPE [--required]");
        fails(terminal.show("revision", "-m", "x", "--table=orders"), Code.Usage, "--table: belongs to a recipe");
        try (var files = Files.list(terminal.migrations())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_recipe_needs_to_know_which_database_it_is_for() {
        var options = new ArrayList<>(List.of("revision", "--migrations=" + terminal.migrations()));
        options.addAll(List.of(("--recipe=" + RENAME).split(" ")));

        fails(Terminal.type(new Stop(), options), Code.Usage, "--database: no database is named");
    }

    @Test
    void no_script_of_a_recipe_is_written_where_one_of_them_is_there() throws IOException {
        terminal.script("V1__init.sql", INIT).script("U3__migrate_orders_total_becomes_amount.sql", "-- mine\n");

        fails(recipe(RENAME + " --down"), Code.Usage, terminal.migrations() + "/U3__migrate");

        try (var files = Files.list(terminal.migrations())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void the_scripts_of_a_recipe_follow_each_other_and_the_head() {
        terminal.script("V1__init.sql", INIT).script(database().vendor() + "/V2__own.sql", "-- Revision: own\n");

        var written = recipe(RENAME + " --down");

        succeeds(written);
        var own = terminal.migrations().resolve(database().vendor());
        assertThat(written.out().lines())
                .containsExactly(
                        own + "/V3__expand_orders_total_becomes_amount.sql",
                        own + "/U3__expand_orders_total_becomes_amount.sql",
                        own + "/V4__migrate_orders_total_becomes_amount.sql",
                        own + "/U4__migrate_orders_total_becomes_amount.sql",
                        own + "/V5__contract_orders_total_becomes_amount.sql",
                        own + "/U5__contract_orders_total_becomes_amount.sql");
        assertThat(terminal.show("show", "3").out()).contains("revises:     own", "phase:       expand");
        assertThat(terminal.show("show", "4").out()).contains("phase:       migrate");
        assertThat(terminal.show("heads").out()).hasLineCount(1).contains("contract orders total becomes amount");
    }
}
