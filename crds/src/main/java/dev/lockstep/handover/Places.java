package dev.lockstep.handover;

/// Where the Job mounts what the runner reads and writes.
public interface Places {
    /// The Secret with user name and password.
    String CREDENTIALS = "/lockstep/credentials";
    /// The Secret with the database's certificate authority.
    String CA = "/lockstep/ca";
    /// The Secret with the role's own certificate.
    String CLIENT = "/lockstep/client";
    /// The scripts, as the immutable ConfigMap of this run.
    String MIGRATIONS = "/lockstep/migrations";
    /// The claim of the backups.
    String BACKUPS = "/lockstep/backups";
    /// The claim of a SQLite database.
    String DATA = "/lockstep/data";
    /// Where the kubelet looks for the Report.
    String TERMINATION = "/dev/termination-log";
    /// The only name a run's container ever has; an injected sidecar has another.
    String CONTAINER = "runner";
}
