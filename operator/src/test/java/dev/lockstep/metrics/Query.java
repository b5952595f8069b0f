package dev.lockstep.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a PromQL expression asks for: which series, and by which labels they are put together. Of the language it knows
/// as much as that takes; what it does not know fails.
///
/// @param selectors each mention of a series
/// @param grouping labels of `by`, `on` and the like
record Query(List<Selector> selectors, Set<String> grouping) {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|(\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*]|[a-zA-Z_:$][\\w:]*|\\d[\\w.]*|=~|!~|!=|==|<=|>=|[-+*/%^<>=(){},])");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> BEFORE_AN_ARGUMENT = Set.of("(", "by", "without");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "max",
            "min",
            "avg",
            "count",
            "rate",
            "increase",
            "max_over_time",
            "absent",
            "histogram_quantile",
            "label_values");

    /// @param matchers what is said of its labels
    record Selector(String name, List<Matcher> matchers) {}

    /// @param operator `=`, `!=`, `=~` or `!~`
    record Matcher(String label, String operator, String value) {
        boolean isPositive() {
            return operator.startsWith("=");
        }

        /// The values that it names, where it names any: not a variable, and no pattern but alternatives.
        List<String> values() {
            if (value.contains("$")) return List.of();
            return operator.endsWith("~") ? Arrays.asList(value.split("\\|", -1)) : List.of(value);
        }
    }

    static Query of(String expression) {
        var query = new Query(new ArrayList<>(), new LinkedHashSet<>());
        var tokens = tokens(expression);
        while (!tokens.isEmpty()) query.take(tokens);
        return query;
    }

    private static Deque<String> tokens(String expression) {
        var found = TOKEN.matcher(expression).results().toList();
        var length =
                found.stream().map(MatchResult::group).mapToInt(String::length).sum();
        if (length != expression.length()) throw new AssertionError("not understood: " + expression);
        return new ArrayDeque<>(
                found.stream().flatMap(it -> Stream.ofNullable(it.group(1))).toList());
    }

    private void take(Deque<String> tokens) {
        var token = tokens.pop();
        if (!Character.isLetter(token.charAt(0)) || OPERATORS.contains(token)) return;
        if (GROUPING.contains(token)) {
            group(tokens);
        } else if (FUNCTIONS.contains(token) && BEFORE_AN_ARGUMENT.contains(tokens.getFirst())) {
            if (token.equals("label_values")) last(tokens);
        } else if (isNext("(", tokens)) {
            throw new AssertionError("no function " + token);
        } else {
            selectors.add(new Selector(token, matchers(tokens)));
        }
    }

    private static boolean isNext(String token, Deque<String> tokens) {
        return token.equals(tokens.peek());
    }

    private void group(Deque<String> tokens) {
        tokens.pop();
        for (var label = tokens.pop(); !label.equals(")"); label = tokens.pop()) {
            if (!label.equals(",")) grouping.add(label);
        }
    }

    /// Grafana's: the second argument is a label.
    private void last(Deque<String> tokens) {
        tokens.removeLast();
        grouping.add(tokens.removeLast());
    }

    private static List<Matcher> matchers(Deque<String> tokens) {
        var all = new ArrayList<Matcher>();
        if (!isNext("{", tokens)) return all;
        tokens.pop();
        for (var label = tokens.pop(); !label.equals("}"); label = tokens.pop()) {
            if (label.equals(",")) continue;
            var operator = tokens.pop();
            var quoted = tokens.pop();
            all.add(new Matcher(label, operator, quoted.substring(1, quoted.length() - 1)));
        }
        return all;
    }
}
