package dev.lockstep.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks one file's tree and notes what the rules ask for.
final class Visitor extends TreeScanner<@Nullable Void, @Nullable Void> {
    final List<String> types = new ArrayList<>();
    final List<Source.Method> methods = new ArrayList<>();
    final List<String> mentions = new ArrayList<>();
    final List<String> literals = new ArrayList<>();
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Visitor(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
        if (!tree.getSimpleName().isEmpty()) types.add(tree.getSimpleName().toString());
        return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
        var body = tree.getBody();
        if (body != null) {
            var first = line(positions.getStartPosition(unit, body));
            var last = line(positions.getEndPosition(unit, body));
            methods.add(new Source.Method(tree.getName().toString(), first, last - first + 1));
        }
        return super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void nothing) {
        var name = tree.toString();
        if (name.matches("[\\w.*]+")) mentions.add(name);
        return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void nothing) {
        mentions.add("new " + tree.getIdentifier());
        return super.visitNewClass(tree, null);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void nothing) {
        if (tree.getValue() instanceof String text) literals.add(text);
        return super.visitLiteral(tree, null);
    }

    private int line(long position) {
        return (int) unit.getLineMap().getLineNumber(position);
    }
}
