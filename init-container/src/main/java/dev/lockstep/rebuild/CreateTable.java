package dev.lockstep.rebuild;

import dev.lockstep.handover.Refusal;
import dev.lockstep.rebuild.Clause.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The text of a table in parts that give the same text again when nothing is changed.
///
/// @param head up to the opening parenthesis, included
/// @param name without quotes
/// @param end space and comments before the closing parenthesis
/// @param tail from the closing parenthesis on
public record CreateTable(String head, String name, List<Entry> entries, String end, String tail) {
    public CreateTable {
        entries = List.copyOf(entries);
    }

    /// @param sql as `sqlite_schema` has it
    /// @throws Refusal if it is not understood to the letter
    public static CreateTable of(String sql) throws Refusal {
        var table = new TableReader(sql).read();
        if (!table.sql().equals(sql)) {
            throw Objection.of("the text of table " + table.name + " is not understood", "report it as a defect");
        }
        return table;
    }

    /// The names of its columns, in order.
    public List<String> columnNames() {
        return columns().map(Member.Column::name).toList();
    }

    CreateTable with(List<Entry> others) {
        return new CreateTable(head, name, others, end, tail);
    }

    /// The statement that creates it.
    public String sql() {
        var sql = new StringBuilder(head);
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            boolean last = i + 1 == entries.size();
            var next = last ? end : entries.get(i + 1).lead();
            sql.append(entry.lead()).append(entry.member().text()).append(entry.trail());
            sql.append(last ? "" : entry.comma()).append(entry.note());
            sql.append(entry.note().contains("--") && !next.startsWith("\n") ? "\n" : "");
        }
        return sql + end + tail;
    }

    Stream<Member.Column> columns() {
        return entries.stream()
                .flatMap(entry -> entry.member() instanceof Member.Column c ? Stream.of(c) : Stream.of());
    }

    Optional<Member.Column> column(String named) {
        return columns().filter(column -> Names.same(column.name(), named)).findFirst();
    }

    private Stream<Clause> rules() {
        return entries.stream()
                .flatMap(entry -> entry.member() instanceof Member.Rule rule ? Stream.of(rule.clause()) : Stream.of());
    }

    /// SQLite drops comments with what it cuts out of the text.
    boolean hasComment() {
        return sql().contains("--") || sql().contains("/*");
    }

    boolean withoutRowid() {
        return Lexemes.of(tail).stream().anyMatch(lexeme -> lexeme.is("rowid"));
    }

    private boolean strict() {
        return Lexemes.of(tail).stream().anyMatch(lexeme -> lexeme.is("strict"));
    }

    /// Columns of the primary key; empty where there is none.
    List<String> primaryKey() {
        var own = columns()
                .filter(column -> column.has(Kind.PrimaryKey))
                .map(Member.Column::name)
                .toList();
        return own.isEmpty()
                ? rules().filter(rule -> rule.is(Kind.PrimaryKey))
                        .flatMap(rule -> rule.columns().stream())
                        .toList()
                : own;
    }

    /// What foreign keys can refer to.
    List<List<String>> keys() {
        return Constraint.all(this).stream()
                .filter(one -> one.clause().is(Kind.PrimaryKey) || one.clause().is(Kind.Unique))
                .map(one -> one.columns().stream().map(Names::fold).toList())
                .toList();
    }

    /// The column that is the rowid under another name.
    /// Source: SQLite documentation, "ROWIDs and the INTEGER PRIMARY KEY", with its exception for DESC.
    Optional<String> rowidAlias() {
        var key = primaryKey();
        if (key.size() != 1 || withoutRowid()) {
            return Optional.empty();
        }
        return column(key.getFirst())
                .filter(column -> column.type().equalsIgnoreCase("integer"))
                .filter(column -> column.clause(Kind.PrimaryKey)
                        .filter(clause -> clause.says("desc"))
                        .isEmpty())
                .map(Member.Column::name);
    }

    /// Does the primary key keep NULL out by itself? SQLite lets it in otherwise.
    boolean keyKeepsNullOut() {
        return strict() || withoutRowid() || rowidAlias().isPresent();
    }

    /// Does it number its rows and never give a number twice?
    public boolean counts() {
        return columns()
                        .anyMatch(column -> column.clause(Kind.PrimaryKey)
                                .filter(clause -> clause.says("autoincrement"))
                                .isPresent())
                || rules().anyMatch(rule -> rule.is(Kind.PrimaryKey) && rule.says("autoincrement"));
    }
}
