package dev.lockstep.handover;

import static dev.lockstep.handover.Blame.AUTHOR;
import static dev.lockstep.handover.Blame.NOBODY;
import static dev.lockstep.handover.Blame.US;
import static dev.lockstep.handover.Blame.WORLD;

/// Every way to end that is not success. The same word is the CLI's error, the condition's reason and the docs'
/// page.
public enum Code {
    ScriptInvalid(1, AUTHOR, "A script's name, header or text is not what it has to be."),
    GraphInvalid(1, AUTHOR, "The revisions are no graph, or a target names nothing in it."),
    MultipleHeads(1, AUTHOR, "Several revisions are followed by none, so `head` names no single one."),
    MixedPhases(1, AUTHOR, "One script both adds something and takes something away."),
    ContractInTheWay(1, AUTHOR, "A script may depend on a contract step that waits."),
    MissingDown(1, AUTHOR, "A revision is to be taken back and has no down script."),
    NotReversible(1, AUTHOR, "A down script does not bring back the schema that was there before."),
    StatementFailed(
            1,
            AUTHOR,
            "The database refused a statement. A script in a transaction was rolled back; of a batch its ranges before stay, of any other its statements before."),
    PermissionMissing(1, AUTHOR, "The role lacks a right."),
    PoolerDetected(1, AUTHOR, "The connection goes through a pooler, which would give one lock to two runners."),
    TargetConflict(1, AUTHOR, "The database belongs to another resource."),
    VersionUnsupported(1, AUTHOR, "The server is older than PostgreSQL 15."),
    SecretMissing(1, AUTHOR, "A Secret, a key in it, a password or its file is not there."),
    FilesMissing(1, AUTHOR, "The migrations are not there."),
    PolicyRefused(1, AUTHOR, "The operator's policy does not allow what the resource asks for."),
    Usage(2, AUTHOR, "An option, an address, a field or an Order cannot be understood."),
    Unreachable(4, WORLD, "The database cannot be reached."),
    AuthenticationRefused(4, WORLD, "The server refuses the user or the password."),
    TlsFailed(
            4, WORLD, "The server offers no TLS, or a certificate that does not fit the authority or the host's name."),
    Standby(4, WORLD, "The server is a replica and takes no writes."),
    LockBusy(4, WORLD, "Another migration has held the lock for the whole budget."),
    LockBudgetExceeded(4, WORLD, "A script got no lock in its budget; the message names who was in the way."),
    ConnectionLost(4, WORLD, "The session ended while it was needed."),
    PlanChanged(4, WORLD, "The scripts are not those that the Order names."),
    Preflight(
            4,
            WORLD,
            "The database is not ready for a migration: its schema is missing, it has no room or the backup has none, its file is damaged, an old transaction is in the way."),
    ApprovalNeeded(5, NOBODY, "Steps that lose data wait for a person's word."),
    ChecksumMismatch(7, AUTHOR, "A script was edited after it was applied."),
    MissingScript(7, AUTHOR, "A script that was applied is gone, and later ones are there."),
    NeedsBaseline(7, AUTHOR, "The schema has tables but no migration history."),
    HistoryInvalid(7, AUTHOR, "The history has a row that names no version."),
    Drifted(7, AUTHOR, "Objects of the schema are not as the last run has left them."),
    Uncertain(7, AUTHOR, "A script began outside a transaction and did not come to its end; what it did is not known."),
    BackupNeeded(8, NOBODY, "A backup that somebody else takes is asked for; no step has run."),
    RestoreFailed(8, WORLD, "A backup could not be restored."),
    BackupFailed(8, WORLD, "No backup could be taken and read back; nothing was changed."),
    BackupTooLarge(8, AUTHOR, "The backup would take more than it may; nothing was changed."),
    Behind(9, WORLD, "The revision that a pod waits for was not there when `await` gave up."),
    MigrationFailed(
            11, AUTHOR, "The newest run has failed, and `await --fail-fast` does not wait until that is mended."),
    PastContract(10, AUTHOR, "The schema has lost what code of this revision needs."),
    Defect(70, US, "Lockstep did something wrong."),
    DeadlineExceeded(124, WORLD, "The run took longer than its deadline and ended itself."),
    Terminated(143, WORLD, "The run was ended by SIGTERM; it rolled back what was in a transaction, and reported.");

    private final int exit;
    private final Blame blame;
    private final String meaning;

    Code(int exit, Blame blame, String meaning) {
        this.exit = exit;
        this.blame = blame;
        this.meaning = meaning;
    }

    /// The process's exit status when this is why it ended.
    public int exit() {
        return exit;
    }

    /// Who has to act.
    public Blame blame() {
        return blame;
    }

    /// One sentence of Markdown.
    public String meaning() {
        return meaning;
    }
}
