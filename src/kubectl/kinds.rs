//! The types of objects a cluster knows, and their names.

/// A type of object.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// As it stands in `kind:`.
    pub kind: &'static str,
    /// `deployments`
    pub plural: &'static str,
    /// Names that are shorter, separated by blanks.
    pub short: &'static str,
    /// The API group and the version, `apps/v1`; the core group has none.
    pub version: &'static str,
    /// Whether its objects belong to a namespace.
    pub namespaced: bool,
}

const fn kind(
    kind: &'static str,
    plural: &'static str,
    short: &'static str,
    version: &'static str,
    namespaced: bool,
) -> Kind {
    Kind { kind, plural, short, version, namespaced }
}

/// Those that kubectl puts objects of on the screen here. Further types exist, without objects.
pub const POD: &Kind = &KINDS[10];
/// `v1.Service`
pub const SERVICE: &Kind = &KINDS[16];
/// `apps/v1.Deployment`
pub const DEPLOYMENT: &Kind = &KINDS[27];
/// `apps/v1.ReplicaSet`
pub const REPLICA_SET: &Kind = &KINDS[28];
/// `v1.Node`
pub const NODE: &Kind = &KINDS[7];
/// `v1.Event`
pub const EVENT: &Kind = &KINDS[4];
/// `v1.Namespace`
pub const NAMESPACE: &Kind = &KINDS[6];

/// Every type of Kubernetes 1.36, as `kubectl api-resources` lists them.
pub static KINDS: [Kind; 67] = [
    kind("Binding", "bindings", "", "v1", true),
    kind("ComponentStatus", "componentstatuses", "cs", "v1", false),
    kind("ConfigMap", "configmaps", "cm", "v1", true),
    kind("Endpoints", "endpoints", "ep", "v1", true),
    kind("Event", "events", "ev", "v1", true),
    kind("LimitRange", "limitranges", "limits", "v1", true),
    kind("Namespace", "namespaces", "ns", "v1", false),
    kind("Node", "nodes", "no", "v1", false),
    kind("PersistentVolumeClaim", "persistentvolumeclaims", "pvc", "v1", true),
    kind("PersistentVolume", "persistentvolumes", "pv", "v1", false),
    kind("Pod", "pods", "po", "v1", true),
    kind("PodTemplate", "podtemplates", "", "v1", true),
    kind("ReplicationController", "replicationcontrollers", "rc", "v1", true),
    kind("ResourceQuota", "resourcequotas", "quota", "v1", true),
    kind("Secret", "secrets", "", "v1", true),
    kind("ServiceAccount", "serviceaccounts", "sa", "v1", true),
    kind("Service", "services", "svc", "v1", true),
    kind(
        "MutatingAdmissionPolicy",
        "mutatingadmissionpolicies",
        "",
        "admissionregistration.k8s.io/v1",
        false,
    ),
    kind(
        "MutatingAdmissionPolicyBinding",
        "mutatingadmissionpolicybindings",
        "",
        "admissionregistration.k8s.io/v1",
        false,
    ),
    kind(
        "MutatingWebhookConfiguration",
        "mutatingwebhookconfigurations",
        "",
        "admissionregistration.k8s.io/v1",
        false,
    ),
    kind(
        "ValidatingAdmissionPolicy",
        "validatingadmissionpolicies",
        "",
        "admissionregistration.k8s.io/v1",
        false,
    ),
    kind(
        "ValidatingAdmissionPolicyBinding",
        "validatingadmissionpolicybindings",
        "",
        "admissionregistration.k8s.io/v1",
        false,
    ),
    kind(
        "ValidatingWebhookConfiguration",
        "validatingwebhookconfigurations",
        "",
        "admissionregistration.k8s.io/v1",
        false,
    ),
    kind(
        "CustomResourceDefinition",
        "customresourcedefinitions",
        "crd crds",
        "apiextensions.k8s.io/v1",
        false,
    ),
    kind("APIService", "apiservices", "", "apiregistration.k8s.io/v1", false),
    kind("ControllerRevision", "controllerrevisions", "", "apps/v1", true),
    kind("DaemonSet", "daemonsets", "ds", "apps/v1", true),
    kind("Deployment", "deployments", "deploy", "apps/v1", true),
    kind("ReplicaSet", "replicasets", "rs", "apps/v1", true),
    kind("StatefulSet", "statefulsets", "sts", "apps/v1", true),
    kind("SelfSubjectReview", "selfsubjectreviews", "", "authentication.k8s.io/v1", false),
    kind("TokenReview", "tokenreviews", "", "authentication.k8s.io/v1", false),
    kind("LocalSubjectAccessReview", "localsubjectaccessreviews", "", "authorization.k8s.io/v1", true),
    kind("SelfSubjectAccessReview", "selfsubjectaccessreviews", "", "authorization.k8s.io/v1", false),
    kind("SelfSubjectRulesReview", "selfsubjectrulesreviews", "", "authorization.k8s.io/v1", false),
    kind("SubjectAccessReview", "subjectaccessreviews", "", "authorization.k8s.io/v1", false),
    kind("HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", "autoscaling/v2", true),
    kind("CronJob", "cronjobs", "cj", "batch/v1", true),
    kind("Job", "jobs", "", "batch/v1", true),
    kind("CertificateSigningRequest", "certificatesigningrequests", "csr", "certificates.k8s.io/v1", false),
    kind("Lease", "leases", "", "coordination.k8s.io/v1", true),
    kind("EndpointSlice", "endpointslices", "", "discovery.k8s.io/v1", true),
    kind("Event", "events", "ev", "events.k8s.io/v1", true),
    kind("FlowSchema", "flowschemas", "", "flowcontrol.apiserver.k8s.io/v1", false),
    kind(
        "PriorityLevelConfiguration",
        "prioritylevelconfigurations",
        "",
        "flowcontrol.apiserver.k8s.io/v1",
        false,
    ),
    kind("IngressClass", "ingressclasses", "", "networking.k8s.io/v1", false),
    kind("Ingress", "ingresses", "ing", "networking.k8s.io/v1", true),
    kind("IPAddress", "ipaddresses", "ip", "networking.k8s.io/v1", false),
    kind("NetworkPolicy", "networkpolicies", "netpol", "networking.k8s.io/v1", true),
    kind("ServiceCIDR", "servicecidrs", "", "networking.k8s.io/v1", false),
    kind("RuntimeClass", "runtimeclasses", "", "node.k8s.io/v1", false),
    kind("PodDisruptionBudget", "poddisruptionbudgets", "pdb", "policy/v1", true),
    kind("ClusterRoleBinding", "clusterrolebindings", "", "rbac.authorization.k8s.io/v1", false),
    kind("ClusterRole", "clusterroles", "", "rbac.authorization.k8s.io/v1", false),
    kind("RoleBinding", "rolebindings", "", "rbac.authorization.k8s.io/v1", true),
    kind("Role", "roles", "", "rbac.authorization.k8s.io/v1", true),
    kind("DeviceClass", "deviceclasses", "", "resource.k8s.io/v1", false),
    kind("ResourceClaim", "resourceclaims", "", "resource.k8s.io/v1", true),
    kind("ResourceClaimTemplate", "resourceclaimtemplates", "", "resource.k8s.io/v1", true),
    kind("ResourceSlice", "resourceslices", "", "resource.k8s.io/v1", false),
    kind("PriorityClass", "priorityclasses", "pc", "scheduling.k8s.io/v1", false),
    kind("CSIDriver", "csidrivers", "", "storage.k8s.io/v1", false),
    kind("CSINode", "csinodes", "", "storage.k8s.io/v1", false),
    kind("CSIStorageCapacity", "csistoragecapacities", "", "storage.k8s.io/v1", true),
    kind("StorageClass", "storageclasses", "sc", "storage.k8s.io/v1", false),
    kind("VolumeAttachment", "volumeattachments", "", "storage.k8s.io/v1", false),
    kind("VolumeAttributesClass", "volumeattributesclasses", "vac", "storage.k8s.io/v1", false),
];

/// The category `all`. `kubectl get all` shows them in this order.
pub const ALL: [&Kind; 4] = [POD, SERVICE, DEPLOYMENT, REPLICA_SET];

impl Kind {
    /// `apps`; the core group is empty.
    pub fn group(&self) -> &'static str {
        self.version.split_once('/').map_or("", |(group, _)| group)
    }

    /// `deployment`
    pub fn singular(&self) -> String {
        self.kind.to_ascii_lowercase()
    }

    /// `deployments.apps`
    pub fn resource(&self) -> String {
        with_group(self.plural, self.group())
    }

    /// `deployment.apps`
    pub fn qualified(&self) -> String {
        with_group(&self.singular(), self.group())
    }

    /// `Deployment.apps`
    pub fn group_kind(&self) -> String {
        with_group(self.kind, self.group())
    }

    /// What can be done with its objects, as `kubectl api-resources -o wide` lists it.
    pub fn verbs(&self) -> &'static str {
        match self.kind {
            "Binding" => "create",
            "ComponentStatus" => "get,list",
            "Namespace" => "create,delete,get,list,patch,update,watch",
            // Questions, which are answered and not kept.
            kind if kind.ends_with("Review") => "create",
            _ => "create,delete,deletecollection,get,list,patch,update,watch",
        }
    }

    /// The category it is in, or nothing.
    pub fn category(&self) -> &'static str {
        match (self.group(), self.kind) {
            ("apps", "ControllerRevision") => "",
            ("apps" | "batch" | "autoscaling", _) | (_, "Pod" | "ReplicationController" | "Service") => "all",
            ("admissionregistration.k8s.io" | "apiextensions.k8s.io" | "apiregistration.k8s.io", _) => {
                "api-extensions"
            }
            _ => "",
        }
    }

    /// The type of that name: plural, singular, short, the kind itself, each also with its group or with
    /// version and group.
    pub fn named(word: &str) -> Option<&'static Kind> {
        let (name, rest) = word.split_once('.').unwrap_or((word, ""));
        let names = |kind: &&'static Kind| {
            name == kind.plural
                || name == kind.singular()
                || kind.kind == name
                || kind.short.split(' ').any(|short| !short.is_empty() && short == name)
        };
        let fits = |kind: &&'static Kind| {
            let versioned = kind.version.split_once('/').map(|(group, version)| format!("{version}.{group}"));
            rest.is_empty() || rest == kind.group() || versioned.as_deref() == Some(rest)
        };
        KINDS.iter().filter(names).find(fits)
    }
}

fn with_group(name: &str, group: &str) -> String {
    match group {
        "" => name.to_owned(),
        group => format!("{name}.{group}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_go_by_many_names() {
        #[track_caller]
        fn check(word: &str, expect: Option<&'static Kind>) {
            assert_eq!(Kind::named(word), expect);
        }

        for word in ["deploy", "deployment", "deployments.apps", "deployments.v1.apps", "Deployment"] {
            check(word, Some(DEPLOYMENT));
        }
        check("rs", Some(REPLICA_SET));
        check("po", Some(POD));
        check("svc", Some(SERVICE));
        check("no", Some(NODE));
        check("ev", Some(EVENT));
        check("ns", Some(NAMESPACE));
        check("DEPLOY", None);
        check("deployments.batch", None);
    }
}
