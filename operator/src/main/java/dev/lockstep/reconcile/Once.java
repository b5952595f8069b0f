package dev.lockstep.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/// Names, labels and words stand in a resource, its Jobs and their pods alike; each is kept once.
final class Once {
    /// What is longer, as a script or a message, is there once as it is.
    private static final int LENGTH_MAX = 128;

    private Once() {}

    private static String once(String text) {
        return text.length() > LENGTH_MAX ? text : text.intern();
    }

    static final class Value extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;

        Value() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return once(StringDeserializer.instance.deserialize(parser, context));
        }
    }

    static final class Key extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return once(key);
        }
    }
}
