package dev.lockstep.observed;

import dev.lockstep.resource.Migrations;
import java.util.List;
import java.util.Optional;

/// Scripts that only the run itself will see.
///
/// @param words for messages; they name all that tells one place from another
/// @param path of the scripts below where the source is mounted
record Elsewhere(Source source, String words, Optional<String> path) {

    static Optional<Elsewhere> of(Migrations migrations) {
        return Optional.ofNullable(migrations.image())
                .map(Elsewhere::image)
                .or(() -> Optional.ofNullable(migrations.claim()).map(Elsewhere::claim));
    }

    private static Elsewhere image(Migrations.ImageFiles written) {
        var path = Absent.or(written.path(), "/migrations");
        var copied = Absent.or(written.delivery(), Migrations.ImageFiles.Delivery.Copy)
                == Migrations.ImageFiles.Delivery.Copy;
        var secrets = Absent.or(written.pullSecretNames(), List.<String>of());
        return new Elsewhere(
                new Source.Image(written.reference(), path, copied, secrets),
                "image " + written.reference() + ", folder " + path,
                copied ? Optional.empty() : Optional.of(path.substring(1)));
    }

    private static Elsewhere claim(Migrations.ClaimFiles written) {
        var path = Optional.ofNullable(written.path());
        return new Elsewhere(
                new Source.Claim(written.claimName()),
                "claim " + written.claimName()
                        + path.map(it -> ", folder " + it).orElse(""),
                path);
    }
}
