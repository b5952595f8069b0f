package dev.lockstep.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The words that are written into annotations are those that the runner reads.
class GrammarTest {
    @Test
    void each_wish_has_the_words_of_the_runner() throws Refused {
        assertThat(Grammar.stamp("3")).isEqualTo("stamp 3");
        assertThat(Grammar.baseline("1")).isEqualTo("baseline 1");
        assertThat(Grammar.restore("a.dump", "old")).isEqualTo("restore a.dump into old");
        assertThat(Grammar.repair(List.of("3"), List.of("4", "5"))).isEqualTo("repair done=3 undone=4 undone=5");
        assertThat(Grammar.repair(List.of(), List.of())).isEqualTo("repair");
    }

    @Test
    void what_would_be_read_otherwise_than_it_was_meant_is_refused() {
        assertThatThrownBy(() -> Grammar.stamp("3 # x")).hasMessageContaining("cannot be understood");
        assertThatThrownBy(() -> Grammar.stamp("3#x")).hasMessageContaining("cannot be understood");
        assertThatThrownBy(() -> Grammar.restore("../etc/passwd", "old")).hasMessageContaining("BACKUP");
        assertThatThrownBy(() -> Grammar.restore("a.dump", "old/x")).hasMessageContaining("DATABASE");
        assertThatThrownBy(() -> Grammar.repair(List.of("3"), List.of("3"))).hasMessageContaining("done and undone");
        assertThatThrownBy(() -> Grammar.refuseNoExternalName("two words")).hasMessageContaining("without blanks");
    }

    @Test
    void each_wish_is_another_one_and_means_the_same() {
        var wish = Grammar.asWish("stamp 3", Instant.parse("2026-01-01T10:00:00.5Z"));

        assertThat(wish).isEqualTo("stamp 3 # 2026-01-01T10:00:00Z");
        assertThat(Grammar.meaning(wish)).isEqualTo("stamp 3");
    }

    @Test
    void an_external_backup_is_named_when_a_run_asks_for_one_and_not_twice() throws Refused {
        var asking = Written.standing("{observedGeneration: 2, externalBackup: snap-1, conditions: [%s]}"
                .formatted(Written.condition("Ready", "False", "BackupNeeded", "")));

        Grammar.refuseUnaskedBackup(asking, "snap-2");
        assertThatThrownBy(() -> Grammar.refuseUnaskedBackup(asking, "snap-1")).hasMessageContaining("already");
        assertThatThrownBy(() -> Grammar.refuseUnaskedBackup(Written.standing("{}"), "snap-2"))
                .hasMessageContaining("no run asks for a backup now");
    }

    @Test
    void what_is_asked_for_tells_who_has_to_agree_and_how() {
        var standing = Written.standing(
                "{observedGeneration: 2, amendment: {words: stamp 3, plan: '%s'}}".formatted(Written.HASH));

        var lines = Amending.lines(standing, "stamp 3", standing.status().map(it -> it.amendment()));

        assertThat(lines.get(1)).contains("somebody who may create schemamigrationapprovals in namespace shop");
        assertThat(lines.get(2).strip()).isEqualTo("kubectl lockstep approve orders -n shop --plan " + Written.HASH);
        assertThat(Amending.lines(standing, "stamp 3", Optional.empty()).getLast())
                .contains("has not taken it in yet");
    }
}
