package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.graph.Graph;
import dev.lockstep.graph.Revision;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DrawingTest {
    private static String drawn(Map<String, String> files) throws Refusal {
        var graph = Graph.of(Catalogue.of(files, "sqlite"));
        return String.join("\n", Drawing.of(graph.revisions().reversed(), Revision::title)) + "\n";
    }

    @Test
    void one_line_of_descent_is_one_column() throws Refusal {
        assertThat(drawn(Map.of("V1__a.sql", "", "V2__b.sql", ""))).isEqualTo("* 2\n* 1\n");
    }

    @Test
    void branches_part_and_meet() throws Refusal {
        var files = Map.of(
                "V1__a.sql", "-- Revises: base",
                "V2__b.sql", "-- Revises: 1",
                "V3__c.sql", "-- Revises: 1",
                "V4__d.sql", "-- Revises: 2, 3",
                "V5__e.sql", "");

        assertThat(drawn(files)).isEqualTo("""
                * 5
                * 4
                |\\
                | * 3
                * | 2
                |/
                * 1
                """);
    }

    @Test
    void two_heads_stand_beside_each_other() throws Refusal {
        var files = Map.of("V1__a.sql", "", "V2__b.sql", "", "V3__c.sql", "-- Revises: 1");

        assertThat(drawn(files)).isEqualTo("""
                * 3
                | * 2
                |/
                * 1
                """);
    }

    @Test
    void each_line_of_descent_keeps_its_column() throws Refusal {
        var files = Map.of(
                "V1__a.sql", "",
                "V2__b.sql", "-- Revises: 1",
                "V3__c.sql", "-- Revises: 1",
                "V4__d.sql", "-- Revises: 2",
                "V5__e.sql", "-- Revises: 3",
                "V6__f.sql", "-- Revises: 4");

        assertThat(drawn(files)).isEqualTo("""
                * 6
                | * 5
                * | 4
                | * 3
                * | 2
                |/
                * 1
                """);
    }
}
