package dev.lockstep.server;

/// A role that may log in, and its password.
public record Login(String user, String password) {}
