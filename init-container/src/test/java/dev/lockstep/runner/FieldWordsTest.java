package dev.lockstep.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            let it finish, then run again; --lock-budget says how long to wait | let it finish, then run again; spec.locks.budget says how long to wait
            raise --backup-max-size, or save less with --backup-scope Touched  | raise spec.backup.maxSize, or save less with spec.backup.scope: Touched
            free space at /backups or choose another folder with --backup; nothing was changed | free space at /backups or choose another claim with spec.backup.claimName; nothing was changed
            undo by hand what it did, then lockstep repair --undone 2          | undo by hand what it did, then lockstep.dev/amend: repair undone=2
            lockstep baseline VERSION, or spec.baseline, says at which version it is | spec.baseline says at which version it is
            deploy a release of revision 3 or later, or lockstep downgrade base | deploy a release of revision 3 or later, or let spec.downgrade be Allowed
            say --tls disable on a network that nobody else hears               | say spec.database.postgresql.tls.mode: disable on a network that nobody else hears
            lockstep merge -m MESSAGE a b writes a script                       | lockstep merge -m MESSAGE a b writes a script
            """)
    void a_resource_is_told_of_its_fields(String said, String worded) {
        assertThat(FieldWords.of(said)).isEqualTo(worded);
    }
}
