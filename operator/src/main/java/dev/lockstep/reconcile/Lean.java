package dev.lockstep.reconcile;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/// Objects with no more than is asked of them here, for each that is watched is kept: with all of its fields ten
/// thousand Jobs and their pods do not fit in 256 MiB. What was read can so never be written again; what is written
/// is made anew, whole.
public final class Lean {
    private static final Map<Class<?>, Set<String>> KEPT = Map.of(
            JobSpec.class, Set.of("template"),
            PodSpec.class, Set.of("containers", "nodeName", "volumes"),
            Container.class, Set.of("name", "image"),
            Volume.class, Set.of("persistentVolumeClaim", "image"),
            PodStatus.class,
                    Set.of("phase", "reason", "startTime", "conditions", "containerStatuses", "initContainerStatuses"),
            ContainerStatus.class, Set.of("name", "state"));

    private static final String MODELS = "io.fabric8.kubernetes.api.model.";

    /// Who has written which field: a good part of each object.
    private static final Map<Class<?>, Set<String>> LEFT_OUT = Map.of(ObjectMeta.class, Set.of("managedFields"));

    private Lean() {}

    /// How the operator's client reads and writes.
    public static KubernetesSerialization reading() {
        var module = new SimpleModule("lean")
                .addDeserializer(String.class, new Once.Value())
                .addKeyDeserializer(String.class, new Once.Key())
                .setDeserializerModifier(new Reading());
        return new KubernetesSerialization(
                JsonMapper.builder().addModule(module).build(), true);
    }

    private static final class Reading extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription type, BeanDeserializerBuilder builder) {
            var all = new ArrayList<SettableBeanProperty>();
            builder.getProperties().forEachRemaining(all::add);
            all.stream()
                    .map(SettableBeanProperty::getName)
                    .filter(name -> !isKept(type.getBeanClass(), name))
                    .forEach(name -> leaveOut(name, builder));
            return builder;
        }

        private static boolean isKept(Class<?> type, String name) {
            return !LEFT_OUT.getOrDefault(type, Set.of()).contains(name)
                    && (!KEPT.containsKey(type) || KEPT.get(type).contains(name));
        }

        private static void leaveOut(String name, BeanDeserializerBuilder builder) {
            builder.removeProperty(PropertyName.construct(name));
            builder.addIgnorable(name); // or it comes with what is not known
        }

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reading) {
            return type.getBeanClass().getName().startsWith(MODELS) && reading instanceof BeanDeserializerBase
                    ? Sparse.of(type.getClassInfo(), reading)
                    : reading;
        }
    }
}
