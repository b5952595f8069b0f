package dev.lockstep.backup;

import dev.lockstep.dialect.Address;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The folder that backups lie in. Files are named `<database>.<schema>.<address hash>-<revision>.r<rank>-<time>.dump`
/// (`.db` for SQLite), so several databases may share a folder.
///
/// @param keep how many of this database stay, the new one included; and the first of each of so many heads
public record Backups(Path folder, int keep, Address address) {
    /// A retry reuses the backup of a history that has not moved. Rows change all the while, though, so only a
    /// young one.
    static final Duration REUSE_MAX = Duration.ofMinutes(10);

    private static final String PART = ".part";

    /// Writes a copy of the database into a file that is empty, and reads it back as far as its format allows.
    public interface Copying {
        void into(Path file) throws Refusal;
    }

    /// How one kind of database is copied and brought back.
    public interface Medium extends Copying {
        /// Reads a copy whole, as far as its format allows.
        void decode(Path file) throws Refusal;

        /// Brings a copy into a database that is empty.
        void restore(Path file) throws Refusal;

        /// Brings a copy in place of what is there; if that fails, what was there stays.
        void replace(Path file) throws Refusal;

        /// Extensions without which a copy cannot be restored.
        List<String> needs(Path file) throws Refusal;
    }

    private FileNames names() {
        return new FileNames(address);
    }

    /// Finished backups of this database, newest first; none where there is no folder.
    public List<Backup> list() throws Refusal {
        try {
            var backups = new ArrayList<Backup>();
            for (var path : Files.isDirectory(folder) ? files() : List.<Path>of()) {
                var sum = Sums.recorded(path).orElse("");
                backups.add(new Backup(
                        FileNames.of(path), Files.size(path), sum, FileNames.time(path), names().revision(path), true));
            }
            return backups;
        } catch (IOException e) {
            throw failed("cannot be listed (" + e.getClass().getSimpleName() + ")", "check the folder's permissions");
        }
    }

    /// Reads a backup whole and compares it with its sum.
    ///
    /// @param name of a file in the folder, of whichever database; or where else it is
    /// @return its file
    /// @throws Refusal `BackupFailed`
    public Path verify(String name, Medium medium) throws Refusal {
        var file = folder.resolve(name);
        try {
            if (!Files.isRegularFile(file)) {
                throw failed(name + " is not there", "lockstep backup list names those that are");
            }
            if (!Sums.recorded(file).equals(Optional.of(Sums.of(file)))) {
                throw failed(name + " is not what it was when it was taken", "use another one");
            }
            medium.decode(file);
            return file;
        } catch (IOException e) {
            throw failed("cannot be read (" + e.getClass().getSimpleName() + ")", "check the folder's permissions");
        }
    }

    /// Has it rows of some tables only?
    public static boolean isNarrow(Path file) {
        return FileNames.isNarrow(file);
    }

    /// What a history came to.
    ///
    /// @param revision newest applied version, canonical; empty for none
    /// @param rank of the history's newest row: one revision may be reached, left and reached again with other rows
    /// @param narrow the backup has rows of some tables only, which is no backup of this head to anybody else
    public record Head(String revision, int rank, boolean narrow) {
        String words() {
            return (revision.isEmpty() ? "base" : revision) + ".r" + rank + (narrow ? FileNames.TOUCHED : "");
        }
    }

    /// The backup of this head: an earlier one if it is young and whole and may be used again, else a new one.
    ///
    /// @param again false where rows may be lost: those that were written since are in no earlier one
    /// @throws Refusal `BackupFailed`; then nothing that looks like a backup is left
    public Backup take(Head head, boolean again, Instant now, Copying copying) throws Refusal {
        try {
            Files.createDirectories(folder);
            sweep();
            var earlier = again ? earlier(head, now) : Optional.<Backup>empty();
            return earlier.isPresent() ? earlier.get() : fresh(head, now, copying);
        } catch (IOException e) {
            if (new Space(folder).isFull()) {
                throw new Space(folder).refusal(OptionalLong.empty());
            }
            throw failed(
                    "cannot be written (" + e.getClass().getSimpleName() + ")",
                    "check the folder's space and permissions");
        }
    }

    /// What failed and killed runs have left, SQLite's journals and sums of nothing among it; the lock keeps out any
    /// that lives.
    private void sweep() throws IOException {
        try (var list = Files.list(folder)) {
            for (var part : list.filter(path -> FileNames.of(path).startsWith("." + names().identity() + "-")
                            && FileNames.of(path).contains(PART))
                    .toList()) {
                Files.deleteIfExists(part);
            }
        }
        try (var list = Files.list(folder)) {
            for (var sum : list.filter(path -> FileNames.of(path).startsWith(names().identity() + "-")
                            && FileNames.of(path).endsWith(names().suffix() + Sums.SUFFIX)
                            && !Files.exists(Sums.summed(path)))
                    .toList()) {
                Files.deleteIfExists(sum);
            }
        }
    }

    private Optional<Backup> earlier(Head head, Instant now) throws IOException {
        for (var path : files()) {
            var at = FileNames.time(path);
            if (Files.isReadable(path)
                    && path.getFileName().toString().startsWith(names().prefix(head))
                    && isYoung(at, now)) {
                var sum = Sums.of(path);
                if (Sums.recorded(path).equals(Optional.of(sum))) {
                    return Optional.of(
                            new Backup(FileNames.of(path), Files.size(path), sum, at, head.revision(), true));
                }
            }
        }
        return Optional.empty();
    }

    /// One from far in the future was taken while the clock was ahead, nobody knows how long ago.
    private static boolean isYoung(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(REUSE_MAX) < 0;
    }

    /// Which is the newest is told by the names alone, so each is later than all before it: what is saved before a
    /// restore may be of the same second as what is restored, and a clock that was ahead may have been set back.
    private Instant later(Instant now) throws IOException {
        var newest = files().stream().findFirst().map(FileNames::time).orElse(Instant.EPOCH);
        return newest.isBefore(now.truncatedTo(ChronoUnit.SECONDS)) ? now : newest.plusSeconds(1);
    }

    private Backup fresh(Head head, Instant asked, Copying copying) throws IOException, Refusal {
        var now = later(asked);
        var name = names().prefix(head) + FileNames.TIME.format(now) + names().suffix();
        var part = folder.resolve("." + name + PART);
        try {
            create(part);
            copying.into(part);
            Sums.force(part);
            var sum = Sums.of(part);
            Sums.record(folder.resolve(name), sum);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            Sums.force(folder);
            var backup = new Backup(name, Files.size(folder.resolve(name)), sum, now, head.revision(), false);
            retain();
            return backup;
        } finally {
            sweep();
        }
    }

    /// A backup holds every row, so it is for nobody but who took it. Both tools fill an empty file.
    private static void create(Path part) throws IOException {
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /// Each attempt of a run that stops behind its first loss saves what is left. What was lost is in the first backup
    /// of the head before it, which no number of attempts pushes out.
    private void retain() throws IOException {
        var files = files();
        var first = new LinkedHashMap<String, Path>();
        files.forEach(file -> first.put(FileNames.head(file), file));
        var stay = Stream.concat(
                        files.stream().limit(keep), first.values().stream().limit(keep))
                .toList();
        for (var old : files.stream().filter(file -> !stay.contains(file)).toList()) {
            Files.deleteIfExists(old);
            Files.deleteIfExists(Sums.beside(old));
        }
    }

    /// Finished backups of this database, newest first.
    private List<Path> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.filter(path -> FileNames.of(path).startsWith(names().identity() + "-")
                            && FileNames.of(path).endsWith(names().suffix()))
                    .sorted(Comparator.comparing(FileNames::time).reversed())
                    .toList();
        }
    }

    private Refusal failed(String message, String remedy) {
        return new Refusal(Code.BackupFailed, folder.toString(), "the backup " + message, remedy);
    }
}
