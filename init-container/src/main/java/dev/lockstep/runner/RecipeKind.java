package dev.lockstep.runner;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The recipes, and what has to be said of each.
enum RecipeKind {
    rename("rename", "--to NEW --type TYPE [--required]"),
    retype("retype", "--to NEW --type TYPE [--using SQL] [--back SQL] [--was TYPE] [--required]"),
    split("split", "--to NEW=SQL --to NEW=SQL --type TYPE --back SQL [--was TYPE] [--required]"),
    notNull("not-null", "--value SQL");

    private static final String ALL = "rename, retype, split or not-null";

    private final String word;
    private final String form;

    RecipeKind(String word, String form) {
        this.word = word;
        this.form = form;
    }

    private List<String> needs() {
        return switch (this) {
            case rename, retype -> List.of("--table", "--column", "--to", "--type");
            case split -> List.of("--table", "--column", "--to", "--type", "--back");
            case notNull -> List.of("--table", "--column", "--value");
        };
    }

    private List<String> takes() {
        return switch (this) {
            case rename -> List.of("--required");
            case retype -> List.of("--using", "--back", "--was", "--required");
            case split -> List.of("--was", "--required");
            case notNull -> List.of();
        };
    }

    /// @param said the options that are written
    /// @throws Refusal an option too few or too many
    static RecipeKind of(Optional<String> recipe, Set<String> said, boolean down) throws Refusal {
        if (recipe.isEmpty()) {
            throw new Refusal(
                    Code.Usage,
                    said.iterator().next(),
                    "belongs to a recipe, and none is named",
                    "write --recipe " + ALL);
        }
        var kind = Arrays.stream(values())
                .filter(one -> one.word.equals(recipe.get()))
                .findFirst();
        if (kind.isEmpty()) {
            throw new Refusal(
                    Code.Usage, "--recipe", "there is no recipe " + recipe.get(), "write " + ALL + ": --recipe rename");
        }
        kind.get().check(said, down);
        return kind.get();
    }

    private void check(Set<String> said, boolean down) throws Refusal {
        for (var option : needs()) {
            if (!said.contains(option)) {
                throw usage(option, "the recipe " + word + " needs it");
            }
        }
        for (var option : said) {
            if (!needs().contains(option) && !takes().contains(option)) {
                throw usage(option, "the recipe " + word + " does not take it");
            }
        }
        if (down && takes().contains("--was") && !said.contains("--was")) {
            throw usage("--was", "the way down needs the old column's type");
        }
    }

    private Refusal usage(String option, String message) {
        return new Refusal(
                Code.Usage, option, message, "write --recipe " + word + " --table TABLE --column COLUMN " + form);
    }
}
