package dev.lockstep.cluster;

import java.util.Locale;

/// An application in two releases: the first knows a customer's `name`, the second a `full_name`. Its pods write and
/// read all the time, check every value that they wrote and those of the other release, and keep account of it in a
/// table that no migration touches.
///
/// @param revision of the schema that the second release declares
record Shop(PodDatabase database, String revision) {
    /// What every pod of it keeps: which values it wrote, and how many requests were answered, were late by more than a
    /// second, failed. Its last word says that it has kept account until its end.
    static final String WATCH = """
            CREATE SCHEMA watch;
            CREATE TABLE watch.wrote (id bigint, value text);
            CREATE TABLE watch.seen (pod text, release text, done int, late int, failed int, said text, last boolean);
            GRANT USAGE ON SCHEMA watch TO PUBLIC;
            GRANT INSERT ON watch.wrote, watch.seen TO PUBLIC;
            """;

    enum Release {
        ONE("name", 0),
        TWO("full_name", 1);

        private final String column;
        private final int remainder;

        /// @param remainder its customers' numbers divided by two leave this
        Release(String column, int remainder) {
            this.column = column;
            this.remainder = remainder;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String script() {
            return """
                    \\set id 2 * random(1, 1000000000) + %1$d
                    BEGIN;
                    INSERT INTO customer (id, %2$s) VALUES (:id, '%3$s ' || :id) ON CONFLICT DO NOTHING;
                    INSERT INTO watch.wrote VALUES (:id, '%3$s ' || :id);
                    COMMIT;
                    SELECT 1 / count(*) FROM customer WHERE id = :id AND %2$s = '%3$s ' || :id;
                    SELECT 1 / CASE WHEN bool_and(%2$s = CASE id %% 2 WHEN 0 THEN 'one ' ELSE 'two ' END || id) THEN 1 ELSE 0 END
                      FROM (SELECT id, %2$s FROM customer WHERE id >= :id ORDER BY id LIMIT 10) AS near;
                    """.formatted(remainder, column, word());
        }
    }

    /// A word that cannot be written is tried again, and is a failed request; until its grace is over, when the pod
    /// goes
    /// without its last.
    private static final String BUSY = """
            trap 'stop=1' TERM
            export PGPASSWORD=$(cat /credentials/password)
            printf '%s\\n' "$SCRIPT" >/tmp/script.sql
            number() { sed -n "s|.*$1\\([0-9]*\\).*|\\1|p" <<<"$said"; }
            record() {
              until psql "host=db user=$USER_NAME dbname=$DATABASE" -q -v ON_ERROR_STOP=1 -v said="$said" <<<"INSERT INTO watch.seen
                VALUES ('$HOSTNAME', '$RELEASE', ${done:-0}, ${late:-0} + ${skipped:-0}, $failed, NULLIF(:'said', ''), $1)"
              do failed=$((failed + 1)) && sleep 0.2; done
            }
            while [ -z "${stop:-}" ]; do
              said=$(pgbench --no-vacuum --client=1 --rate=5 --time=3 --latency-limit=1000 --file=/tmp/script.sql \\
                --host=db --username="$USER_NAME" "$DATABASE" 2>&1) && failed=0 || failed=1
              done=$(number 'actually processed: ') late=$(number 'latency limit: ') skipped=$(number 'transactions skipped: ')
              record false
              [ -z "${ONCE:-}" ] || stop=1
            done
            said='' done=0 late=0 skipped=0 failed=0
            record true
            """;

    /// A Deployment of three of its pods.
    String deployment(String name, Release release) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: shop, part: %s}}
                  template:
                """.formatted(name, name) + pod(name, release, "Always", "").indent(4);
    }

    /// Every minute one of its pods, which does one round of requests.
    String cronJob(Release release) {
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec:
                  schedule: "* * * * *"
                  jobTemplate:
                    spec:
                      backoffLimit: 0
                      template:
                """ + pod("nightly", release, "Never", "once").indent(8);
    }

    /// A Job whose pod is of that release, as an old CronJob's would be.
    String job(String name, Release release) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: %s}
                spec:
                  backoffLimit: 0
                  template:
                """.formatted(name) + pod(name, release, "Never", "once").indent(4);
    }

    private String pod(String part, Release release, String restart, String once) {
        return """
                metadata:
                  labels: {app: shop, part: %s}
                  annotations: {revision.lockstep.dev/%s: "%s"}
                spec:
                  restartPolicy: %s
                  automountServiceAccountToken: false
                  enableServiceLinks: false
                  terminationGracePeriodSeconds: 30
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  volumes: [{name: credentials, secret: {secretName: %s}}, {name: tmp, emptyDir: {}}]
                """.formatted(part, database.name(), release == Release.ONE ? "1" : revision, restart, database.secret())
                + (gate() + app(release, once)).indent(2);
    }

    private String gate() {
        return """
                initContainers:
                  - name: schema
                    image: docker.io/lockstep/runner:0.1.0-SNAPSHOT
                    imagePullPolicy: Never
                    args: [await]
                    env:
                      - {name: LOCKSTEP_DATABASE, value: "postgresql://%1$s@db:5432/%2$s"}
                      - {name: LOCKSTEP_PASSWORD_FILE, value: /credentials/password}
                      - {name: LOCKSTEP_TLS, value: disable}
                      - name: LOCKSTEP_REVISION
                        valueFrom: {fieldRef: {fieldPath: "metadata.annotations['revision.lockstep.dev/%2$s']"}}
                    securityContext: &careful {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                    volumeMounts: &mounts [{name: credentials, mountPath: /credentials}, {name: tmp, mountPath: /tmp}]
                """.formatted(database.owner(), database.name());
    }

    private String app(Release release, String once) {
        return """
                containers:
                  - name: app
                    image: docker.io/lockstep/postgres:18
                    imagePullPolicy: Never
                    command: [bash, -c, "$(BUSY)"]
                    env:
                      - {name: BUSY, value: %s}
                      - {name: SCRIPT, value: %s}
                      - {name: USER_NAME, value: %s}
                      - {name: DATABASE, value: %s}
                      - {name: RELEASE, value: %s}
                      - {name: ONCE, value: "%s"}
                    securityContext: *careful
                    volumeMounts: *mounts
                """.formatted(
                quoted(BUSY), quoted(release.script()), database.owner(), database.name(), release.word(), once);
    }

    /// As a double-quoted scalar. Kubernetes would take `$(…)` for a variable of its own, and `$$(` for `$(`.
    private static String quoted(String text) {
        var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "\"" + escaped.replace("$(", "$$(") + "\"";
    }
}
