package dev.lockstep.plugin;

import dev.lockstep.plugin.Problem.Kind;
import dev.lockstep.resource.Status;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The scripts of steps that wait, as the run that has told of them read them: its Job has an immutable ConfigMap
/// mounted, so that what is shown is what a yes is to. Of an image or a claim only the run's pod sees the files.
final class Texts {
    private static final Pattern FILE = Pattern.compile("([VU])(\\d+(?:[._]\\d+)*)__.*|(R)__(.*)\\.sql");
    private static final Pattern ZEROS = Pattern.compile("(^|\\.)0+(?=\\d)");

    private Texts() {}

    /// Each step's file, under its name.
    static List<String> lines(Api api, Standing standing) throws Refused {
        var steps = standing.plan().map(it -> Standing.list(it.steps())).orElse(List.of());
        if (steps.isEmpty()) return List.of();
        var files = files(api, standing);
        return steps.stream().flatMap(it -> lines(it, files)).toList();
    }

    static Stream<String> lines(Status.Step step, Map<String, String> files) {
        var found =
                files.entrySet().stream().filter(it -> isOf(step, it.getKey())).findFirst();
        var title = Standing.text(step.revision()) + " " + Standing.text(step.description());
        return found.map(it -> Stream.concat(
                        Stream.of("", "-- " + Plain.of(it.getKey())),
                        it.getValue().lines().map(Plain::of)))
                .orElseGet(() -> Stream.of("", "-- " + Plain.of(title) + ": no such script in the run's ConfigMap"));
    }

    /// A version may be written with zeros and underscores that a status does not repeat.
    private static boolean isOf(Status.Step step, String file) {
        var name = FILE.matcher(file);
        if (!name.matches()) return false;
        if (name.group(3) != null) return name.group(4).replace('_', ' ').equals(step.description());
        var letter = "down".equals(step.direction()) ? "U" : "V";
        return letter.equals(name.group(1)) && bare(name.group(2)).equals(bare(Standing.text(step.revision())));
    }

    private static String bare(String version) {
        return ZEROS.matcher(version.replace('_', '.')).replaceAll("$1");
    }

    private static Map<String, String> files(Api api, Standing standing) throws Refused {
        var name = standing.run().map(Status.Run::job).orElse("");
        var job = api.ask(() -> api.jobs(standing)).stream()
                .filter(it -> name.equals(it.getMetadata().getName()))
                .findFirst()
                .orElseThrow(() -> gone("job/" + name));
        var map = volumes(job)
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(ConfigMapVolumeSource::getName)
                .findFirst()
                .orElseThrow(() -> elsewhere(standing));
        return api.ask(() -> Optional.ofNullable(api.client()
                        .configMaps()
                        .inNamespace(api.namespace())
                        .withName(map)
                        .get()))
                .map(ConfigMap::getData)
                .orElseThrow(() -> gone("configmap/" + map));
    }

    private static Stream<Volume> volumes(Job job) {
        return job.getSpec().getTemplate().getSpec().getVolumes().stream();
    }

    private static Refused gone(String place) {
        return new Refused(
                Kind.NotFound,
                place,
                "is not there any more, and with it what the run has read",
                "read the scripts where they come from");
    }

    private static Refused elsewhere(Standing standing) {
        return new Refused(
                Kind.NotFound,
                standing.path(),
                "has its scripts in an image or a claim, which only the run's pod has mounted",
                "read them there; the hash is of what the run has read");
    }
}
