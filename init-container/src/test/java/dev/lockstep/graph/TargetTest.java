package dev.lockstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// One grammar of targets, upwards and downwards. The graph:
/// ```
/// 1 ─ 2 ─ 4 ─ 6 (merge)
///   └ 3 ─ 5 ┘        label "side" at 3
/// ```
final class TargetTest {
    private static final Map<String, String> FILES = Map.of(
            "V1__a.sql", "-- Revision: root\n-- Revises: base",
            "V2__b.sql", "-- Revises: root",
            "V3__c.sql", "-- Revises: root\n-- Label: side",
            "V4__d.sql", "-- Revises: 2",
            "V5__e.sql", "-- Revises: 3",
            "V6__f.sql", "-- Revises: 4, 5");

    private static Graph graph() throws Refusal {
        return Graph.of(Catalogue.of(FILES, "sqlite"));
    }

    private static Set<Version> versions(String words) {
        return Arrays.stream(words.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(Version::new)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Version> up(String word, String applied) throws Refusal {
        return Target.of(graph(), word, versions(applied)).wanted();
    }

    private static Set<Version> down(String word, String applied) throws Refusal {
        return Target.below(graph(), word, versions(applied), Optional.empty()).wanted();
    }

    private interface Resolving {
        Object get() throws Refusal;
    }

    private static Failure refused(Resolving resolving) {
        return catchThrowableOfType(Refusal.class, resolving::get).failure();
    }

    @Test
    void upwards() throws Refusal {
        assertThat(up("head", "")).isEqualTo(versions("1 2 3 4 5 6"));
        assertThat(up("heads", "")).isEqualTo(versions("1 2 3 4 5 6"));
        assertThat(up("base", "1 2")).isEmpty();
        assertThat(up("4", "")).isEqualTo(versions("1 2 4"));
        assertThat(up("ro", "")).isEqualTo(versions("1"));
        assertThat(up("2+1", "")).isEqualTo(versions("1 2 4"));
        assertThat(up("side@head", "")).isEqualTo(versions("1 2 3 4 5 6"));
        assertThat(up("+2", "1")).isEqualTo(versions("1 2 3"));
        assertThat(up("+1", "1 3")).as("another branch stays").isEqualTo(versions("1 2 3"));
        assertThat(Target.of(graph(), "+2", versions("1")).newest()).contains(new Version("3"));
    }

    @Test
    void downwards() throws Refusal {
        assertThat(down("base", "1 2 3")).isEmpty();
        assertThat(down("-1", "1 2 4")).isEqualTo(versions("1 2"));
        assertThat(down("-2", "1 2 3 4 5 6")).isEqualTo(versions("1 2 3 4"));
        assertThat(down("root", "1 2 3 4 5")).isEqualTo(versions("1"));
        assertThat(down("2", "1 2 3 4 5")).as("another branch stays").isEqualTo(versions("1 2 3 5"));
        assertThat(down("2", "1 2 3 4 5 6")).as("a merge goes with either").isEqualTo(versions("1 2 3 5"));
        assertThat(down("2+1", "1 2 4")).isEqualTo(versions("1 2 4"));
        assertThat(Target.below(graph(), "-1", versions("1 2 4"), Optional.empty())
                        .newest())
                .contains(new Version("2"));
    }

    @Test
    void what_newer_files_applied_goes_first() throws Refusal {
        assertThat(down("6", "1 2 3 4 5 6 7")).isEqualTo(versions("1 2 3 4 5 6"));
    }

    @Test
    void what_leads_nowhere_or_to_several_places_is_refused() {
        assertThat(refused(() -> up("root+1", "")).message()).isEqualTo("may go on with 2 or 3");
        assertThat(refused(() -> up("6+1", "")).message()).isEqualTo("goes 1 too far");
        assertThat(refused(() -> up("2+5", "")).message()).isEqualTo("goes 3 too far");
        assertThat(refused(() -> up("none@head", "")).message()).isEqualTo("names a label that no script has");
        assertThat(refused(() -> up("-1", "1")).message()).isEqualTo("leads down");
        assertThat(refused(() -> up("+7", "")).message()).isEqualTo("only 6 revisions are pending");
        assertThat(refused(() -> up("2024-01-01 12:00", "")).message()).isEqualTo("is no target");
        assertThat(refused(() -> down("-1", "1 2 3")).code()).isEqualTo(Code.MultipleHeads);
        assertThat(refused(() -> down("-4", "1 2 4")).message()).isEqualTo("only 3 revisions are applied");
        assertThat(refused(() -> down("4", "1 2")).message())
                .isEqualTo("is not applied, so there is no way down to it");
        assertThat(refused(() -> down("+1", "1")).message()).isEqualTo("leads up");
    }

    @Test
    void a_label_belongs_to_one_script() {
        var files = Map.of("V1__a.sql", "-- Label: side", "V2__b.sql", "-- Label: side");

        assertThat(refused(() -> Graph.of(Catalogue.of(files, "sqlite"))).message())
                .isEqualTo("the label side is given twice");
    }
}
