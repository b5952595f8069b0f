package dev.lockstep.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A name as the database keeps it, without quotes.
public record Identifier(String name) {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\p{Cntrl}]|\"\")+)\"|([^\".\\p{Cntrl}]+)");

    /// Words that are no column's or table's name without quotes in one database or the other.
    /// Source: PostgreSQL documentation, appendix C "SQL Key Words", all that are reserved; SQLite's
    /// `parse.y`: what is not in its list `fallback ID`.
    private static final Set<String> RESERVED = Set.of("""
            add all alter analyse analyze and any array as asc asymmetric authorization between binary both case cast
            check collate collation column commit concurrently constraint create cross current_catalog current_date
            current_role current_schema current_time current_timestamp current_user default deferrable delete desc
            distinct do drop else end escape except exists false fetch for foreign freeze from full grant group having
            ilike in index initially inner insert intersect into is isnull join lateral leading left like limit
            localtime localtimestamp natural not nothing notnull null offset on only or order outer overlaps placing
            primary references returning right rollback select session_user set similar some symmetric system_user
            table tablesample then to trailing transaction true union unique update user using values variadic verbose
            when where window with""".split("\\s+"));

    /// The parts between dots, of which each may stand in double quotes; empty where that is no name.
    public static List<Identifier> path(String text) {
        var parts = new ArrayList<Identifier>();
        var part = PART.matcher(text);
        int at = 0;
        while (part.region(at, text.length()).lookingAt()) {
            var plain = part.group(2);
            parts.add(new Identifier(plain == null ? part.group(1).replace("\"\"", "\"") : plain.strip()));
            at = part.end();
            if (at == text.length()) {
                return parts.stream().anyMatch(it -> it.name().isEmpty()) ? List.of() : parts;
            }
            if (text.charAt(at) != '.') {
                return List.of();
            }
            at++;
        }
        return List.of();
    }

    /// In double quotes where the database would not take it without.
    public String sql() {
        boolean plain = PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
        return plain ? name : PostgresqlDialect.quote(name);
    }
}
