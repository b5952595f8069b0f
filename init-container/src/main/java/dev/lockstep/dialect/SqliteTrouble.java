package dev.lockstep.dialect;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;

/// SQLite's errors told by whom they concern: the script's author, or whoever looks after file and disk.
/// Source: SQLite documentation, "Result and Error Codes".
///
/// @param result SQLite's code, extended or not
record SqliteTrouble(SQLiteErrorCode result, Path file) {
    private static final int PRIMARY = 0xff;

    static SqliteTrouble unwritable(Path file) {
        return new SqliteTrouble(SQLiteErrorCode.SQLITE_CANTOPEN, file);
    }

    Refusal at(String place) {
        return switch (SQLiteErrorCode.getErrorCode(result.code & PRIMARY)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                refuse(Code.LockBudgetExceeded, place, "", "another process writes to the database; run again");
            case SQLITE_FULL ->
                surroundings(place, "the disk of " + file + " is full", "free space there and run again");
            case SQLITE_IOERR ->
                surroundings(place, "the disk of " + file + " fails", "check its space and its health, and run again");
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                surroundings(place, file + " cannot be written", "check the permissions of the file and of its folder");
            case SQLITE_NOTADB ->
                surroundings(place, file + " is no SQLite database", "name the database's file, or move this one away");
            case SQLITE_CORRUPT ->
                surroundings(
                        place, file + " is damaged", "lockstep backup restore NAME into a new file; keep this one");
            default ->
                refuse(
                        Code.StatementFailed,
                        place,
                        "",
                        "correct the statement and run again; the log has the database's words");
        };
    }

    private Refusal surroundings(String place, String message, String remedy) {
        return refuse(Code.Preflight, place, ": " + message, remedy);
    }

    private Refusal refuse(Code code, String place, String message, String remedy) {
        return new Refusal(code, place, result.name() + message, remedy);
    }
}
