package dev.lockstep.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Reads an object of Kubernetes without a list of its own for each field that may be one, and a map for what is not
/// known: what is empty is the same in all. Of ten thousand Jobs and pods that is a fifth.
final class Sparse extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    private record Field(AnnotatedMethod getter, AnnotatedMethod setter) {
        void spare(Object object) {
            switch (getter.getValue(object)) {
                case Collection<?> it when it.isEmpty() -> setter.setValue(object, List.of());
                case Map<?, ?> it when it.isEmpty() -> setter.setValue(object, Map.of());
                case null, default -> {}
            }
        }
    }

    private final transient List<Field> fields;

    private Sparse(JsonDeserializer<?> reading, List<Field> fields) {
        super(reading);
        this.fields = fields;
    }

    static Sparse of(AnnotatedClass type, JsonDeserializer<?> reading) {
        var fields = StreamSupport.stream(type.memberMethods().spliterator(), false)
                .filter(it -> it.getName().startsWith("set") && it.getParameterCount() == 1)
                .filter(it -> it.getRawParameterType(0) == List.class || it.getRawParameterType(0) == Map.class)
                .map(it -> new Field(type.findMethod("g" + it.getName().substring(1), new Class<?>[0]), it))
                .toList();
        return new Sparse(reading, fields);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reading) {
        return new Sparse(reading, fields);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var object = super.deserialize(parser, context);
        if (object instanceof PodSpec pod) keepClaimsAndImages(pod);
        fields.forEach(it -> it.spare(object));
        return object;
    }

    private static void keepClaimsAndImages(PodSpec pod) {
        pod.getVolumes().removeIf(it -> it.getPersistentVolumeClaim() == null && it.getImage() == null);
    }
}
