//! Ten kinds of manifests that are met in documentation, in words of our own: the name of the ReplicaSet
//! that each leads to, and what the simulator does not act upon.

use rollscope::i18n::Lang;
use rollscope::manifest::note::About;
use rollscope::shell::says;
use rollscope::sim::time::SimDuration;

use crate::{NGINX, only, replica_set_name};

/// A manifest, its ReplicaSet, and the fields that make no difference or only one to the name.
#[rustfmt::skip]
pub const KINDS: [(&str, &str, &[&str]); 10] = [
    (NGINX, "nginx-deployment-6c5f67b5f7", &[
        "5 metadata.labels",
        "20 spec.template.spec.containers[0].ports",
    ]),
    (PROBES, "shop-8467566468", &[
        "14 spec.template.spec.containers[0].ports",
        "17 spec.template.spec.containers[0].startupProbe.httpGet",
        "19 spec.template.spec.containers[0].startupProbe.failureThreshold",
        "25 spec.template.spec.containers[0].livenessProbe",
    ]),
    (RESOURCES, "api-7bbcc88557", &[
        "10 metadata.namespace",
        "11 metadata.annotations",
        "21 spec.template.spec.containers[0].resources",
    ]),
    (SIDECAR, "logs-f8d9665d8", &[
        "9 spec.template.spec.initContainers",
        "15 spec.template.spec.containers[0].args",
    ]),
    (VOLUMES, "blog-689ffbd56c", &[
        "13 spec.template.spec.containers[0].env",
        "16 spec.template.spec.containers[0].volumeMounts",
        "18 spec.template.spec.volumes",
    ]),
    (ALONE, "cache-5bb65948d", &["10 spec.template.spec.affinity"]),
    (HOOKS, "mail-f6c8bb779", &[]),
    (ACCOUNT, "agent-75c8986dd9", &[
        "7 spec.selector.matchExpressions",
        "11 spec.template.spec.serviceAccountName",
        "12 spec.template.spec.securityContext",
        "16 spec.template.spec.containers[0].securityContext",
    ]),
    (SPREAD, "edge-64bc7748bb", &[
        "12 spec.template.spec.nodeSelector",
        "13 spec.template.spec.tolerations",
        "15 spec.template.spec.topologySpreadConstraints",
    ]),
    (KYAML, "web-7bbc4fcb5", &["25 spec.template.spec.containers[0].resources"]),
];

#[test]
fn kinds_of_manifests_have_their_names_and_what_is_ignored() {
    for (text, name, ignored) in KINDS {
        let (manifest, reading) = only(text);
        let fields: Vec<_> = reading
            .notes
            .iter()
            .filter_map(|note| match &note.what {
                About::Ignored(field) | About::IgnoredButNamed(field) => {
                    Some(format!("{} {field}", note.at.map_or(0, |at| at.line)))
                }
                _ => None,
            })
            .collect();
        assert_eq!(replica_set_name(&manifest, None), name);
        assert_eq!(fields, ignored, "{name}");
    }
}

#[test]
fn traps_are_pointed_out() {
    #[track_caller]
    fn check(text: &str, traps: &[About]) {
        let (_, reading) = only(text);
        let is_trap = |about: &About| {
            !matches!(about, About::Ignored(_) | About::IgnoredButNamed(_) | About::OtherKind(_))
        };
        let found: Vec<_> = reading.notes.iter().map(|note| note.what.clone()).filter(is_trap).collect();
        assert_eq!(found, traps);
    }

    check(NGINX, &[About::NoReadinessProbe]);
    check(PROBES, &[]);
    check(SIDECAR, &[About::OneReplica, About::NoReadinessProbe]);
    check(HOOKS, &[About::PreStopTooLong { sleep: 60, grace: 45 }]);
    check(ALONE, &[About::AntiAffinity { nodes: 4 }, About::NoReadinessProbe]);
}

#[test]
fn a_deadline_in_the_way_is_refused_and_pointed_out() {
    let reading = rollscope::manifest::read(&NGINX.replace("replicas: 3", "minReadySeconds: 600"));
    assert!(reading.deployments.is_empty());
    assert!(reading.notes.iter().any(|note| note.what == About::Deadline));
    assert!(
        says::problem(&reading.problems[0], Lang::ZhHans).ends_with("must be greater than minReadySeconds")
    );
}

#[test]
fn probes_and_hooks_become_times() {
    #[track_caller]
    fn check(text: &str, ready: u64, terminate: u64) {
        let behaviour = only(text).0.behaviour;
        assert_eq!(behaviour.ready, [SimDuration::from_secs(ready)]);
        assert_eq!(behaviour.terminate, SimDuration::from_secs(terminate));
    }

    check(NGINX, 0, 5);
    check(PROBES, 25, 5);
    check(HOOKS, 3, 47);
    check(&HOOKS.replace("60", "10"), 3, 15);
    check(&HOOKS.replace("sleep: {seconds: 60}", "exec: {command: [sh, -c, sleep 8]}"), 3, 13);
}

/// Probes of each kind.
const PROBES: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 4
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - name: shop
        image: example.org/shop:2.1
        ports:
        - {name: http, containerPort: 8080}
        startupProbe:
          httpGet: {path: /started, port: http}
          initialDelaySeconds: 5
          failureThreshold: 30
        readinessProbe:
          httpGet: {path: /ready, port: http}
          initialDelaySeconds: 15
          periodSeconds: 5
          successThreshold: 3
        livenessProbe:
          tcpSocket: {port: 8080}
";

/// Requests and limits, and an object that is no Deployment.
const RESOURCES: &str = "\
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {ports: [{port: 80}], selector: {app: api}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: prod
  annotations: {owner: team-a}
spec:
  replicas: 6
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
      - name: api
        image: example.org/api
        resources:
          requests: {cpu: 0.25, memory: 0.5Gi}
          limits: {cpu: 1, memory: 1024Mi}
";

/// A container that runs first, and one that runs beside.
const SIDECAR: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: logs}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec:
      initContainers:
      - {name: prepare, image: \"busybox:1.36\", command: [sh, -c, \"mkdir -p /data/logs\"]}
      - {name: ship, image: \"example.org/ship:3\", restartPolicy: Always}
      containers:
      - name: app
        image: example.org/app:latest
        args: [--verbose, \"yes\"]
";

/// Volumes, and an environment.
const VOLUMES: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: blog}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: blog, tier: front}}
  template:
    metadata: {labels: {app: blog, tier: front}}
    spec:
      containers:
      - name: blog
        image: example.org/blog:6.2
        env:
        - {name: DB_HOST, value: db}
        - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
        volumeMounts:
        - {name: pages, mountPath: /var/www}
      volumes:
      - {name: pages, persistentVolumeClaim: {claimName: blog}}
      - {name: config, configMap: {name: blog, items: [{key: a, path: b}]}}
";

/// No two pods on one node.
const ALONE: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache}
spec:
  replicas: 3
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - labelSelector: {matchLabels: {app: cache}}
            topologyKey: kubernetes.io/hostname
      containers:
      - {name: cache, image: \"example.org/cache:7\"}
";

/// A hook that takes longer than there is time.
const HOOKS: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: mail}
spec:
  replicas: 2
  selector: {matchLabels: {app: mail}}
  template:
    metadata: {labels: {app: mail}}
    spec:
      terminationGracePeriodSeconds: 45
      containers:
      - name: mail
        image: example.org/mail:1
        readinessProbe: {exec: {command: [cat, /tmp/ready]}}
        lifecycle:
          preStop:
            sleep: {seconds: 60}
";

/// An account, and security.
const ACCOUNT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent}
spec:
  replicas: 2
  revisionHistoryLimit: 3
  selector: {matchExpressions: [{key: app, operator: In, values: [agent]}]}
  template:
    metadata: {labels: {app: agent}}
    spec:
      serviceAccountName: agent
      securityContext: {runAsNonRoot: true, fsGroup: 2000}
      containers:
      - name: agent
        image: example.org/agent@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        securityContext: {privileged: no, capabilities: {drop: [ALL]}}
";

/// Spread over zones, with tolerations.
const SPREAD: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge}
spec:
  replicas: 12
  progressDeadlineSeconds: 120
  minReadySeconds: 10
  selector: {matchLabels: {app: edge}}
  template:
    metadata: {labels: {app: edge}, annotations: {checksum/config: '0042'}}
    spec:
      nodeSelector: {disk: ssd}
      tolerations:
      - {key: dedicated, operator: Equal, value: edge, effect: NoSchedule}
      topologySpreadConstraints:
      - maxSkew: 1
        topologyKey: topology.kubernetes.io/zone
        whenUnsatisfiable: DoNotSchedule
        labelSelector: {matchLabels: {app: edge}}
      containers:
      - {name: edge, image: \"example.org/edge:v8\", readinessProbe: {grpc: {port: 9000}}}
";

/// KYAML.
const KYAML: &str = r#"---
{
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name: "web",
  },
  spec: {
    replicas: 10,
    selector: {
      matchLabels: {
        app: "web",
      },
    },
    template: {
      metadata: {
        labels: {
          app: "web",
        },
      },
      spec: {
        containers: [{
          name: "web",
          image: "web:v1",
          resources: {},
        }],
      },
    },
  },
}
"#;
