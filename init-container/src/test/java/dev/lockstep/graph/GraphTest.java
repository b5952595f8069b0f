package dev.lockstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import dev.lockstep.script.Catalogue;
import dev.lockstep.script.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GraphTest {
    private static Graph graph(Map<String, String> files) throws Refusal {
        return Graph.of(Catalogue.of(files, "sqlite"));
    }

    private static String head(String revision, String revises) {
        return "-- Revision: " + revision + "\n-- Revises: " + revises + "\n";
    }

    private static Graph branches() throws Refusal {
        return graph(Map.of(
                "V1__a.sql", head("a1", "base"),
                "V2__b.sql", head("b2", "a1"),
                "V3__c.sql", head("c3", "a1") + "-- Depends: b2\n"));
    }

    private static Refusal refusal(Map<String, String> files) {
        return catchThrowableOfType(Refusal.class, () -> graph(files));
    }

    private static Version v(String text) {
        return new Version(text);
    }

    @Test
    void without_headers_each_follows_the_version_before() throws Refusal {
        var graph = graph(Map.of("V1__a.sql", "", "V2__b.sql", "", "V10__c.sql", ""));

        assertThat(graph.revisions())
                .extracting(Revision::parents)
                .containsExactly(List.of(), List.of(v("1")), List.of(v("2")));
        assertThat(graph.heads()).extracting(Revision::version).containsExactly(v("10"));
    }

    @Test
    void two_heads_are_named_with_the_line_that_joins_them() throws Refusal {
        var graph = branches();

        var failure = catchThrowableOfType(Refusal.class, () -> Target.of(graph, "head", Set.of()))
                .failure();

        assertThat(failure.code()).isEqualTo(Code.MultipleHeads);
        assertThat(failure.line()).contains("there are 2 heads: b2, c3;").contains("Revises: b2, c3");
        assertThat(Target.of(graph, "heads", Set.of()).tips()).containsExactly(v("2"), v("3"));
    }

    @Test
    void a_target_brings_its_parents_and_what_it_depends_on() throws Refusal {
        assertThat(Target.of(branches(), "c3", Set.of()).wanted()).containsExactly(v("1"), v("2"), v("3"));
        assertThat(Target.of(branches(), "b", Set.of()).wanted()).containsExactly(v("1"), v("2"));
    }

    @Test
    void a_word_that_names_nothing_or_several_is_refused() throws Refusal {
        var graph = graph(Map.of("V11__a.sql", "", "V12__b.sql", ""));

        assertThat(catchThrowableOfType(Refusal.class, () -> Target.of(graph, "1", Set.of()))
                        .failure()
                        .message())
                .isEqualTo("1 may be 11 or 12");
        assertThat(catchThrowableOfType(Refusal.class, () -> Target.of(graph, "x", Set.of()))
                        .failure()
                        .code())
                .isEqualTo(Code.GraphInvalid);
    }

    @Test
    void what_is_no_graph_is_refused_with_its_file() {
        assertThat(refusal(Map.of("V1__a.sql", head("a", "gone"))).failure().line())
                .startsWith("V1__a.sql:1: names the revision gone, which no script has");
        assertThat(refusal(Map.of("V1__a.sql", head("a", "b"), "V2__b.sql", head("b", "base")))
                        .failure()
                        .line())
                .startsWith("V1__a.sql:1: has the version 1, not greater than its parent's 2");
        assertThat(refusal(Map.of("V1__a.sql", head("a", "b"), "V2__b.sql", head("b", "a")))
                        .failure()
                        .line())
                .startsWith("V1__a.sql:1: is its own ancestor");
        assertThat(refusal(Map.of("V1__a.sql", head("a", "base"), "V2__b.sql", head("a", "base")))
                        .failure()
                        .line())
                .startsWith("V2__b.sql:1: the name a belongs to version 1 too");
        assertThat(refusal(Map.of("R__a.sql", "-- Revises: b\n")).failure().line())
                .startsWith("R__a.sql:1: a repeatable");
    }
}
