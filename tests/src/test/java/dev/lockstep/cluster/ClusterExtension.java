package dev.lockstep.cluster;

import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// What [OnCluster] does. Everything it makes lies in JUnit's stores, which close it in the reverse order.
class ClusterExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ClusterExtension.class);
    private static final Set<Class<?>> OFFERED =
            Set.of(Cluster.class, Namespace.class, Installed.class, PostgresPod.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return switch (source(context)) {
            case Source.Missing(var why)
            when !required() -> {
                once(context).say("SKIPPED: the tests on a cluster. " + why);
                yield ConditionEvaluationResult.disabled(why);
            }
            case Source.Missing _, Source.Given _, Source.Started _ ->
                ConditionEvaluationResult.enabled("there is one");
        };
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        suite(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return OFFERED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        var cluster = suite(context).cluster();
        if (type == Cluster.class) return cluster;
        if (type == Installed.class)
            return shared(context).computeIfAbsent(Installed.class, _ -> Installed.on(cluster));
        var namespace =
                context.getStore(STORE).computeIfAbsent(Namespace.class, _ -> Namespace.in(cluster), Namespace.class);
        if (type == Namespace.class) return namespace;
        return context.getStore(STORE).computeIfAbsent(PostgresPod.class, _ -> PostgresPod.start(namespace));
    }

    private static Suite suite(ExtensionContext context) {
        var source = source(context);
        return shared(context).computeIfAbsent(Suite.class, _ -> Suite.start(source), Suite.class);
    }

    private static Source source(ExtensionContext context) {
        return shared(context).computeIfAbsent(Source.class, _ -> Source.of(System.getenv()), Source.class);
    }

    private static Notice once(ExtensionContext context) {
        return shared(context).computeIfAbsent(Notice.class, _ -> new Notice(), Notice.class);
    }

    private static Store shared(ExtensionContext context) {
        return context.getRoot().getStore(STORE);
    }

    private static boolean required() {
        return "1".equals(System.getenv("LOCKSTEP_REQUIRE_CLUSTER"));
    }
}
