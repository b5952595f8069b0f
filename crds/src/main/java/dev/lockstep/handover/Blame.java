package dev.lockstep.handover;

/// Who has to act before a failed run can succeed. It decides the retry.
public enum Blame {
    /// The person who wrote the scripts or the resource. Trying again changes nothing; a changed Order does.
    AUTHOR,
    /// The surroundings: network, another session's lock, a full disk. Tried again with back-off.
    WORLD,
    /// A person's answer is awaited; nothing is wrong.
    NOBODY,
    /// A defect of Lockstep.
    US
}
