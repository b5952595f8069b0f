package dev.lockstep.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.resource.SchemaMigration;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.jse.JseBaseLib;

/// What Argo CD makes of a resource: our script, run as Argo CD runs it, with the resource as `obj` and next to no
/// library.
record Health(String status, String message) {
    static final Path SCRIPT = Path.of("../docs/guides/argocd/health.lua");

    static Health of(SchemaMigration resource) {
        var lua = new Globals();
        lua.load(new JseBaseLib());
        LoadState.install(lua);
        LuaC.install(lua);
        lua.set("obj", value(Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class)));
        var answer = lua.load(script()).call();
        return new Health(
                answer.get("status").checkjstring(), answer.get("message").checkjstring());
    }

    static String script() {
        try {
            return Files.readString(SCRIPT);
        } catch (IOException absent) {
            throw new AssertionError(absent);
        }
    }

    private static LuaValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT, ARRAY -> table(node);
            case STRING -> LuaValue.valueOf(node.asText());
            case NUMBER -> LuaValue.valueOf(node.asDouble());
            case BOOLEAN -> LuaValue.valueOf(node.asBoolean());
            case NULL, MISSING, BINARY, POJO -> LuaValue.NIL;
        };
    }

    private static LuaTable table(JsonNode node) {
        var table = new LuaTable();
        node.properties().forEach(field -> table.set(field.getKey(), value(field.getValue())));
        if (node.isArray()) node.forEach(item -> table.set(table.length() + 1, value(item)));
        return table;
    }
}
