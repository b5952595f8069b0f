package dev.lockstep.status;

/// Something that a person who watches events wants to know.
///
/// @param key makes it one and the same, however often it is told
/// @param warning whether it asks for attention
public record Happening(String key, String reason, String message, boolean warning) {}
