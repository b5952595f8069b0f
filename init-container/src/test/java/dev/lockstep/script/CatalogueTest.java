package dev.lockstep.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {
    private static Catalogue read(String file, String text) throws Refusal {
        return Catalogue.of(Map.of(file, text), "postgresql");
    }

    private static void refused(Map<String, String> files, Code code, String place) {
        var failure = catchThrowableOfType(Refusal.class, () -> Catalogue.of(files, "postgresql"))
                .failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.place()).isEqualTo(place);
        assertThat(failure.remedy()).isNotEmpty();
    }

    @Test
    void the_header_is_read_whole() throws Refusal {
        var header = read("V3__c.sql", """
                        -- Add a column
                        -- Revision: c3
                        -- Revises: a1, b2
                        -- Depends: 20231201000000
                        -- Label: billing
                        -- Created: 2024-01-15T10:30:00Z
                        -- Phase: Migrate
                        -- Transaction: none
                        -- Lock-timeout: 2s
                        -- Breaking: deploy 2.3 first
                        -- Lint-allow: rename, every-row
                        select 1;
                        -- Revision: too late
                        """).scripts().getFirst().header();

        assertThat(header)
                .isEqualTo(new Header(
                        Optional.of("c3"),
                        Optional.of(List.of("a1", "b2")),
                        List.of("20231201000000"),
                        Optional.of("billing"),
                        Optional.of(Phase.MIGRATE),
                        true,
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of("deploy 2.3 first"),
                        Optional.empty(),
                        List.of("rename", "every-row")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Phase: later",
                "Transaction: some",
                "Lock-timeout: soon",
                "Lock-timeout: 0ms",
                "Lock-timeout: 501h",
                "Revision: head",
                "Label: base",
                "Revision: two words",
                "Revises:",
                "Batch: key=id",
                "Batch: table=t rows=0",
                "Batch: table=t pause=soon",
                "Batch: table=t pause=501h",
                "Batch: table=t;drop key=id",
                "Batch: table=t key=id,",
                "Batch: table=t size=3"
            })
    void a_bad_header_line_is_refused_at_its_line(String line) {
        refused(Map.of("V1__a.sql", "-- prose\n-- " + line + "\nselect 1;"), Code.ScriptInvalid, "V1__a.sql:2");
    }

    @Test
    void a_batch_is_read_and_its_marker_stays() throws Refusal {
        var script = read("V1__a.sql", """
                        -- Batch: table=app.orders alias=o key=id,"No" rows=500 pause=100ms
                        update app.orders o set total = 0 where ${batch};
                        """).scripts().getFirst();

        assertThat(script.header().batch())
                .contains(new Batch(
                        "app.orders",
                        Optional.of("o"),
                        List.of("id", "\"No\""),
                        Optional.of(500),
                        Optional.of(Duration.ofMillis(100))));
        assertThat(script.text()).contains("where ${batch};");
        assertThat(script.flaw()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update t set a = 1;",
                "update t set a = 1 where ${batch} or ${batch};",
                "select 1 where ${batch};",
                "update t set a = 1 where ${batch}; select 1;"
            })
    void what_is_no_batch_is_not_run_as_one(String sql) throws Refusal {
        var script = read("V1__a.sql", "-- Batch: table=t\n" + sql).scripts().getFirst();

        assertThat(script.flaw()).get().extracting(it -> it.place()).isEqualTo("V1__a.sql:2");
    }

    @Test
    void a_header_line_written_twice_is_refused() {
        refused(Map.of("V1__a.sql", "-- Phase: expand\n-- Phase: contract\n"), Code.ScriptInvalid, "V1__a.sql:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1_a.sql", "V1a__b.sql", "V__a.sql", "R_a.sql", "sub/V1_a.sql", "U1-2__a.sql"})
    void a_name_that_flyway_would_pass_over_in_silence_is_refused(String name) {
        refused(Map.of(name, "select 1;"), Code.ScriptInvalid, name + ":1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"V1.sql", "V1__.sql", "V1__a.SQL", "V1_2.3__a b & ü.sql", "V20240115103000__a.sql", "R__a.sql"})
    void names_that_flyway_takes_are_taken(String name) throws Refusal {
        assertThat(read(name, "select 1;").scripts()).hasSize(1);
    }

    @Test
    void other_sql_files_are_warned_about() throws Refusal {
        var catalogue = read("v1__a.sql", "select 1;");

        assertThat(catalogue.scripts()).isEmpty();
        assertThat(catalogue.warnings()).singleElement().asString().startsWith("v1__a.sql: is not run");
    }

    @Test
    void equal_versions_are_refused_however_they_are_written() {
        refused(Map.of("V1__a.sql", "", "V01.0__b.sql", ""), Code.ScriptInvalid, "V1__a.sql:1");
        refused(Map.of("R__a.sql", "", "sub/R__a.sql", ""), Code.ScriptInvalid, "sub/R__a.sql:1");
    }

    @Test
    void the_vendor_folder_overrides_and_the_other_is_left_out() throws Refusal {
        var files = Map.of("V1__a.sql", "common", "postgresql/V1__a.sql", "own", "sqlite/V2__b.sql", "other");

        assertThat(Catalogue.of(files, "postgresql").scripts())
                .extracting(Script::text)
                .containsExactly("own");
    }

    @Test
    void versions_compare_as_numbers() {
        assertThat(new Version("1.10")).isGreaterThan(new Version("1.9")).isEqualByComparingTo(new Version("01.10.0"));
        assertThat(new Version("1_2").text()).isEqualTo("1.2");
        assertThat(new Version("010.0").canonical()).isEqualTo("10");
    }
}
