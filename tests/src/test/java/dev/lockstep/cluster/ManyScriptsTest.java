package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.resource.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Years of a project's scripts, which drop what earlier ones made, into a database that has nothing to lose.
@OnCluster
class ManyScriptsTest {
    private static final Pattern DROP = Pattern.compile("\\bDROP (TABLE|VIEW|COLUMN)\\b");

    /// One season of a project: twenty scripts, three of which drop something; `#` is the season's number.
    private static final String SEASON = """
            CREATE TABLE customer_# (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
            CREATE TABLE cart_# (id bigint PRIMARY KEY, customer bigint NOT NULL REFERENCES customer_#);
            CREATE INDEX CONCURRENTLY cart_#_customer ON cart_# (customer);
            ALTER TABLE customer_# ADD COLUMN email text; COMMENT ON COLUMN customer_#.email IS 'may; be -- odd';
            CREATE TYPE mood_# AS ENUM ('glad', 'sad');
            ALTER TABLE customer_# ADD COLUMN mood mood_# DEFAULT 'glad';
            INSERT INTO customer_# (name) SELECT 'name ' || i FROM generate_series(1, 10) i;
            UPDATE customer_# SET email = lower(replace(name, ' ', '.')) || '@example.org' WHERE email IS NULL;
            ALTER TABLE customer_# ALTER COLUMN email SET NOT NULL;
            CREATE VIEW glad_# AS SELECT id, name FROM customer_# WHERE mood = 'glad';
            CREATE FUNCTION tidy_#() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := trim(NEW.name); RETURN NEW; END $$;
            CREATE TRIGGER tidy BEFORE INSERT OR UPDATE ON customer_# FOR EACH ROW EXECUTE FUNCTION tidy_#();
            ALTER TABLE customer_# ADD CONSTRAINT email_# CHECK (email LIKE '%@%');
            DROP VIEW glad_#;
            CREATE UNIQUE INDEX customer_#_email ON customer_# (email) WHERE mood = 'glad';
            ALTER TABLE customer_# ADD COLUMN legacy jsonb NOT NULL DEFAULT '{}';
            CREATE INDEX customer_#_legacy ON customer_# USING gin (legacy);
            ALTER TABLE customer_# DROP COLUMN legacy;
            ALTER TABLE customer_# RENAME COLUMN name TO full_name;
            DROP TABLE cart_#;
            """;

    @Test
    void two_hundred_scripts_with_thirty_drops_build_an_empty_database_in_one_job_without_a_question(
            Installed installed, PostgresPod server) {
        var scripts = scripts();
        assertThat(scripts).hasSize(200);
        assertThat(scripts.values().stream().filter(it -> DROP.matcher(it).find()))
                .hasSize(30);
        var database = server.fresh("many");
        var namespace = server.namespace();
        namespace.claim("backups");
        namespace.client().resource(map(namespace, scripts)).create();

        var from = "migrations: {configMap: {name: scripts}}";
        var migration = Migration.apply(namespace, "many", database.member(), from, "backup: {claimName: backups}");
        migration.awaitReady();

        migration.assertRuns(1);
        assertThat(migration.condition("Contracted"))
                .extracting(Condition::status)
                .isEqualTo("True");
        assertThat(migration.status()).satisfies(status -> {
            assertThat(status.revision()).isEqualTo("200");
            assertThat(status.pending()).isZero();
            assertThat(status.waitingFor()).isNull();
        });
        assertThat(database.sql("SELECT count(*) FROM flyway_schema_history WHERE success"))
                .isEqualTo("200");
        assertThat(database.sql("SELECT count(*) FROM pg_tables WHERE tablename ~ '^(customer|cart)_'"))
                .isEqualTo("10");
    }

    private static Map<String, String> scripts() {
        var scripts = new TreeMap<String, String>();
        for (int season = 1; season <= 10; season++) {
            for (var script :
                    SEASON.replace("#", Integer.toString(season)).lines().toList()) {
                scripts.put("V%d__step.sql".formatted(scripts.size() + 1), script + "\n");
            }
        }
        return scripts;
    }

    private static ConfigMap map(Namespace namespace, Map<String, String> scripts) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName("scripts")
                .endMetadata()
                .withData(scripts)
                .addToData("README.md", "What is no script is in nobody's way.")
                .build();
    }
}
