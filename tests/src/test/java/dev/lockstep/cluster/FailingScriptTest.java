package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnCluster
class FailingScriptTest {
    private static final String FIRST = "CREATE TABLE pet (name text);\nINSERT INTO pet VALUES ('Rex');\n";
    private static final String MENDED = """
            CREATE TABLE owner (name text);
            UPDATE pet SET name = 'Ada';
            ALTER TABLE pet ADD COLUMN age int;
            """;
    private static final String TABLES =
            "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relname IN ('pet', 'owner', 'pets')";

    @Test
    void an_error_in_the_third_statement_leaves_the_database_as_it_was_and_says_where(
            Installed installed, Namespace namespace) {
        var database = PostgresPod.start(namespace).fresh("wrong");
        var migration = Migration.apply(database, Map.of("V1__pet.sql", FIRST), Migration.NO_BACKUP)
                .awaitReady();

        // of which the server says: invalid input syntax for type integer: "Ada"
        var wrong = MENDED.replace("ALTER TABLE pet ADD COLUMN age int", "UPDATE pet SET name = name::int::text");
        Migration.apply(database, Map.of("V1__pet.sql", FIRST, "V2__age.sql", wrong), Migration.NO_BACKUP);
        awaitAsTheGuideDoes(namespace, "condition=Stalled");
        var ready = migration.awaitTrouble("StatementFailed");

        assertThat(ready.message()).contains("V2__age.sql:3", "22P02", "correct the statement and run again");
        assertThat(migration.condition("Stalled"))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("True", "StatementFailed");
        showsNoRow(migration);
        assertThat(database.sql(TABLES)).isEqualTo("pet");
        assertThat(database.sql("SELECT name FROM pet")).isEqualTo("Rex");
        assertThat(migration.status().revision()).isEqualTo("1");

        Migration.apply(database, Map.of("V1__pet.sql", FIRST, "V2__age.sql", MENDED), Migration.NO_BACKUP);
        awaitAsTheGuideDoes(namespace, "jsonpath={.status.revision}=2", "condition=Ready", "condition=Contracted");
        assertThat(migration.condition("Stalled").status()).isEqualTo("False");
        assertThat(database.sql("SELECT name, age IS NULL FROM pet")).isEqualTo("Ada|t");
        assertThat(migration.reports())
                .as("what an author has to mend is not tried again")
                .filteredOn(it -> it.contains("StatementFailed"))
                .hasSize(1);
    }

    private static void awaitAsTheGuideDoes(Namespace namespace, String... whats) {
        for (var what : whats) {
            namespace.kubectl("wait", "--for=" + what, "sm/wrong", "--timeout=90s");
        }
    }

    private static void showsNoRow(Migration migration) {
        assertThat(Serialization.asJson(migration.status())).doesNotContain("Ada");
        assertThat(migration.events())
                .isNotEmpty()
                .noneMatch(it -> it.getMessage().contains("Ada"));
    }
}
