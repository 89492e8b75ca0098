//! The hash of a pod template, which is the last part of a ReplicaSet's name.
//!
//! Kubernetes hashes the text that a Go printer makes of the template structure, so that text has
//! to be made here to the letter. The names on the page are then those of the reader's cluster.
//!
//! Of fields that the simulator only keeps, [`Kept`] has the text. What a template without any prints
//! in their place stands here.

use std::rc::Rc;

use super::dice::ALPHANUMS;
use super::spec::{Container, Kept, Labels, PodTemplateSpec};

/// The value of the label `pod-template-hash`: FNV-1a of the template's text, spelled with
/// letters that make no words.
///
/// `pkg/controller/controller_utils.go ComputeHash`, `apimachinery/pkg/util/rand SafeEncodeString`.
pub fn pod_template_hash(
    template: &PodTemplateSpec,
    collision_count: Option<i32>,
) -> impl Iterator<Item = char> + Clone + use<> {
    let mut hash = Fnv1a(0x811c_9dc5);
    dump(template, &mut hash);
    if let Some(count) = collision_count {
        // Eight bytes are reserved for the count, of which `PutUint32` fills four.
        hash.add(&count.to_le_bytes());
        hash.add(&[0; 4]);
    }
    let Fnv1a(number) = hash;
    let places = (0..=number.checked_ilog10().unwrap_or(0)).rev();
    let digits = places.map(move |place| b'0' + (number / 10_u32.pow(place) % 10) as u8);
    digits.map(|digit| char::from(ALPHANUMS[usize::from(digit) % 27]))
}

/// What a text hashes to that is told piece by piece.
struct Fnv1a(u32);

impl Fnv1a {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }

    fn put(&mut self, pieces: &[&str]) {
        pieces.iter().for_each(|piece| self.add(piece.as_bytes()));
    }
}

/// The template as `k8s.io/utils/dump ForHash` prints it, after the API server's defaults.
fn dump(template: &PodTemplateSpec, text: &mut Fnv1a) {
    let rest = |index| piece(&template.rest, &TEMPLATE, index);
    text.put(&["(v1.PodTemplateSpec){ObjectMeta:(v1.ObjectMeta){", rest(0), " Labels:"]);
    dump_map(text, &template.labels);
    text.put(&[" Annotations:"]);
    dump_map(text, &template.annotations);
    text.put(&[rest(1), " InitContainers:"]);
    dump_containers(text, &template.init_containers);
    text.put(&[" Containers:"]);
    dump_containers(text, &template.containers);
    text.put(&[rest(2), "}}"]);
}

/// What stands between what the simulator knows.
fn piece<'a>(rest: &'a Option<Rc<Kept>>, without: &[&'a str], index: usize) -> &'a str {
    rest.as_ref().map_or(without[index], |kept| &kept.printed[index])
}

fn dump_map(text: &mut Fnv1a, map: &Labels) {
    let mut before = "(map[string]string)map[";
    for (key, value) in map.iter() {
        text.put(&[before, key, ":", value]);
        before = " ";
    }
    text.put(&[if map.is_empty() { "(map[string]string)<nil>" } else { "]" }]);
}

fn dump_containers(text: &mut Fnv1a, containers: &[Container]) {
    let mut before = "([]v1.Container)[";
    for Container { name, image, image_pull_policy: policy, rest } in containers {
        let (to_policy, after) = (piece(rest, &CONTAINER, 0), piece(rest, &CONTAINER, 1));
        text.put(&[before, "{Name:(string)", name, " Image:(string)", image, to_policy]);
        text.put(&[" ImagePullPolicy:(v1.PullPolicy)", policy, after, "}"]);
        before = " ";
    }
    text.put(&[if containers.is_empty() { "([]v1.Container)<nil>" } else { "]" }]);
}

/// What is printed of a template without fields that are only kept: before its labels, between its
/// annotations and its containers, and after these.
pub const TEMPLATE: [&str; 3] = [OBJECT_META, TO_CONTAINERS, AFTER_CONTAINERS];

/// What is printed of such a container: between its image and its pull policy, and after that.
pub const CONTAINER: [&str; 2] = [TO_PULL_POLICY, AFTER_PULL_POLICY];

const OBJECT_META: &str = concat!(
    "Name:(string) GenerateName:(string) ",
    "Namespace:(string) SelfLink:(string) UID:(types.UID) ResourceVersion:(string) ",
    "Generation:(int64)0 CreationTimestamp:(v1.Time){Time:(time.Time){wall:(uint64)0 ",
    "ext:(int64)0 loc:(*time.Location)<nil>}} DeletionTimestamp:(*v1.Time)<nil> ",
    "DeletionGracePeriodSeconds:(*int64)<nil>",
);

const TO_CONTAINERS: &str = concat!(
    " OwnerReferences:([]v1.OwnerReference)<nil> Finalizers:([]string)<nil> ",
    "ManagedFields:([]v1.ManagedFieldsEntry)<nil>} ",
    "Spec:(v1.PodSpec){Volumes:([]v1.Volume)<nil>",
);

const TO_PULL_POLICY: &str = concat!(
    " Command:([]string)<nil> Args:([]string)<nil> WorkingDir:(string) ",
    "Ports:([]v1.ContainerPort)<nil> EnvFrom:([]v1.EnvFromSource)<nil> ",
    "Env:([]v1.EnvVar)<nil> ",
    "Resources:(v1.ResourceRequirements){Limits:(v1.ResourceList)<nil> ",
    "Requests:(v1.ResourceList)<nil> Claims:([]v1.ResourceClaim)<nil>} ",
    "ResizePolicy:([]v1.ContainerResizePolicy)<nil> ",
    "RestartPolicy:(*v1.ContainerRestartPolicy)<nil> ",
    "RestartPolicyRules:([]v1.ContainerRestartRule)<nil> ",
    "VolumeMounts:([]v1.VolumeMount)<nil> VolumeDevices:([]v1.VolumeDevice)<nil> ",
    "LivenessProbe:(*v1.Probe)<nil> ReadinessProbe:(*v1.Probe)<nil> ",
    "StartupProbe:(*v1.Probe)<nil> Lifecycle:(*v1.Lifecycle)<nil> ",
    "TerminationMessagePath:(string)/dev/termination-log ",
    "TerminationMessagePolicy:(v1.TerminationMessagePolicy)File",
);

const AFTER_PULL_POLICY: &str = concat!(
    " SecurityContext:(*v1.SecurityContext)<nil> Stdin:(bool)false StdinOnce:(bool)false ",
    "TTY:(bool)false",
);

const AFTER_CONTAINERS: &str = concat!(
    " EphemeralContainers:([]v1.EphemeralContainer)<nil> ",
    "RestartPolicy:(v1.RestartPolicy)Always TerminationGracePeriodSeconds:(*int64)30 ",
    "ActiveDeadlineSeconds:(*int64)<nil> DNSPolicy:(v1.DNSPolicy)ClusterFirst ",
    "NodeSelector:(map[string]string)<nil> ServiceAccountName:(string) ",
    "DeprecatedServiceAccount:(string) AutomountServiceAccountToken:(*bool)<nil> ",
    "NodeName:(string) HostNetwork:(bool)false HostPID:(bool)false HostIPC:(bool)false ",
    "ShareProcessNamespace:(*bool)<nil> ",
    "SecurityContext:(*v1.PodSecurityContext){SELinuxOptions:(*v1.SELinuxOptions)<nil> ",
    "WindowsOptions:(*v1.WindowsSecurityContextOptions)<nil> RunAsUser:(*int64)<nil> ",
    "RunAsGroup:(*int64)<nil> RunAsNonRoot:(*bool)<nil> SupplementalGroups:([]int64)<nil> ",
    "SupplementalGroupsPolicy:(*v1.SupplementalGroupsPolicy)<nil> FSGroup:(*int64)<nil> ",
    "Sysctls:([]v1.Sysctl)<nil> FSGroupChangePolicy:(*v1.PodFSGroupChangePolicy)<nil> ",
    "SeccompProfile:(*v1.SeccompProfile)<nil> AppArmorProfile:(*v1.AppArmorProfile)<nil> ",
    "SELinuxChangePolicy:(*v1.PodSELinuxChangePolicy)<nil>} ",
    "ImagePullSecrets:([]v1.LocalObjectReference)<nil> Hostname:(string) Subdomain:(string) ",
    "Affinity:(*v1.Affinity)<nil> SchedulerName:(string)default-scheduler ",
    "Tolerations:([]v1.Toleration)<nil> HostAliases:([]v1.HostAlias)<nil> ",
    "PriorityClassName:(string) Priority:(*int32)<nil> DNSConfig:(*v1.PodDNSConfig)<nil> ",
    "ReadinessGates:([]v1.PodReadinessGate)<nil> RuntimeClassName:(*string)<nil> ",
    "EnableServiceLinks:(*bool)<nil> PreemptionPolicy:(*v1.PreemptionPolicy)<nil> ",
    "Overhead:(v1.ResourceList)<nil> ",
    "TopologySpreadConstraints:([]v1.TopologySpreadConstraint)<nil> ",
    "SetHostnameAsFQDN:(*bool)<nil> OS:(*v1.PodOS)<nil> HostUsers:(*bool)<nil> ",
    "SchedulingGates:([]v1.PodSchedulingGate)<nil> ",
    "ResourceClaims:([]v1.PodResourceClaim)<nil> Resources:(*v1.ResourceRequirements)<nil> ",
    "HostnameOverride:(*string)<nil> SchedulingGroup:(*v1.PodSchedulingGroup)<nil>",
);
