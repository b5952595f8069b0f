package dev.lockstep.plugin;

import java.util.ArrayList;
import java.util.List;

/// A line with lines below it.
record Outline(String text, List<Outline> below) {

    static Outline of(String text) {
        return new Outline(text, List.of());
    }

    /// As a tree, drawn with branches.
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(text);
        draw("", lines);
        return List.copyOf(lines);
    }

    private void draw(String before, List<String> lines) {
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            lines.add(before + (last ? "└─ " : "├─ ") + below.get(i).text);
            below.get(i).draw(before + (last ? "   " : "│  "), lines);
        }
    }
}
