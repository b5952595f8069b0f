package dev.lockstep.plugin;

/// Colours, where they are wanted: on a terminal, unless the environment has NO_COLOR (<https://no-color.org>).
record Paint(boolean on) {
    static final Paint NONE = new Paint(false);

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    String odd(String text) {
        return in("33", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    String strong(String text) {
        return in("1", text);
    }

    private String in(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
