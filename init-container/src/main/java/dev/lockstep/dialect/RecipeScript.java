package dev.lockstep.dialect;

import dev.lockstep.script.Phase;
import java.util.Optional;

/// One script of a recipe.
///
/// @param does one word for its name
/// @param breaking in what order to deploy
/// @param up statements
/// @param down statements that take it back; may be comments alone
public record RecipeScript(String does, Phase phase, Optional<String> breaking, String up, String down) {
    static final String NOTHING_TO_TAKE_BACK = "-- There is nothing to take back: the values may stay.\n";

    static RecipeScript expand(String up, String down) {
        return new RecipeScript("expand", Phase.EXPAND, Optional.empty(), up, down);
    }

    static RecipeScript migrate(String does, String up, String down) {
        return new RecipeScript(does, Phase.MIGRATE, Optional.empty(), up, down);
    }

    static RecipeScript contract(String breaking, String up, String down) {
        return new RecipeScript("contract", Phase.CONTRACT, Optional.of(breaking), up, down);
    }
}
