//! The commands that are here: `kubectl/pkg/cmd/cmd.go`.

use crate::kubectl::flags::Accepted;

use super::{
    Run, apply, change, client, create, diff, edit, elsewhere, explain, get, help, inside, label, node,
    patch, rollout, set, show,
};

/// What a command does.
pub type Do = fn(&mut Run<'_>) -> Result<(), String>;

/// A command: its words, the flags it accepts, what it does.
pub type Entry = (&'static str, Accepted, Do);

/// For commands that print objects.
const PRINT: &str = "output/o= template= show-managed-fields! allow-missing-template-keys!";
/// For commands that may take a manifest.
const FILES: &str = "filename/f= kustomize/k= recursive/R!";
/// For commands that change objects.
const CHANGE: &str = "dry-run?unchanged field-manager= selector/l=";

/// For commands that go into a container.
const INSIDE: &str = "container/c= pod-running-timeout~ quiet/q! stdin/i! tty/t!";

/// For `apply`.
const APPLY: &str = "all! applyset= cascade?background dry-run?unchanged field-manager= force! force-conflicts! \
     grace-period# openapi-patch! overwrite! prune! prune-allowlist= selector/l= server-side! subresource= timeout~ \
     validate?strict wait!";

/// The commands that are here.
pub static COMMANDS: &[Entry] = &[
    (
        "get",
        &[
            PRINT,
            FILES,
            "watch/w! watch-only! output-watch-events! chunk-size# ignore-not-found! \
        selector/l= field-selector= all-namespaces/A! no-headers! show-labels! show-kind! sort-by= \
        label-columns/L= server-print! subresource= raw=",
        ],
        get::get,
    ),
    ("describe", &[FILES, "selector/l= all-namespaces/A! show-events! chunk-size#"], show::describe),
    ("events", &[PRINT, "all-namespaces/A! chunk-size# for= no-headers! types= watch/w!"], show::events),
    ("rollout status", &[FILES, "watch/w! revision# timeout~ selector/l="], rollout::status),
    ("rollout history", &[FILES, PRINT, "revision# selector/l="], rollout::history),
    ("rollout undo", &[FILES, PRINT, "to-revision# dry-run?unchanged selector/l="], rollout::undo),
    ("rollout pause", &[FILES, PRINT, "field-manager= selector/l="], rollout::pause),
    ("rollout resume", &[FILES, PRINT, "field-manager= selector/l="], rollout::resume),
    ("rollout restart", &[FILES, PRINT, "field-manager= selector/l="], rollout::restart),
    (
        "create",
        &[
            FILES,
            PRINT,
            "dry-run?unchanged edit! field-manager= raw= save-config! selector/l= validate?strict \
        windows-line-endings!",
        ],
        apply::create,
    ),
    ("apply", &[FILES, PRINT, APPLY], apply::apply),
    ("apply view-last-applied", &[FILES, "all! output/o= selector/l="], apply::view_last_applied),
    (
        "replace",
        &[
            FILES,
            PRINT,
            "cascade?background dry-run?unchanged field-manager= force! grace-period# raw= save-config! \
        subresource= timeout~ validate?strict wait!",
        ],
        apply::replace,
    ),
    (
        "create deployment",
        &[PRINT, "image= port# replicas/r# dry-run?unchanged field-manager= save-config! validate?strict"],
        create::deployment,
    ),
    (
        "set resources",
        &[FILES, PRINT, CHANGE, "all! containers/c= limits= local! record! requests="],
        set::resources,
    ),
    (
        "set env",
        &[
            FILES,
            PRINT,
            CHANGE,
            "all! containers/c= env/e= from= keys= list! local! overwrite! prefix= record! resolve!",
        ],
        set::env,
    ),
    ("set image", &[FILES, PRINT, CHANGE, "all! local! record!"], change::set_image),
    (
        "scale",
        &[FILES, PRINT, CHANGE, "all! replicas# current-replicas# resource-version= timeout~ record!"],
        change::scale,
    ),
    (
        "annotate",
        &[
            FILES,
            PRINT,
            CHANGE,
            "all! all-namespaces/A! field-selector= list! local! overwrite! \
        record! resource-version=",
        ],
        change::annotate,
    ),
    (
        "patch",
        &[
            FILES,
            PRINT,
            "dry-run?unchanged field-manager= local! patch/p= patch-file= record! \
        subresource= type=",
        ],
        patch::patch,
    ),
    (
        "delete",
        &[
            FILES,
            "output/o= all! all-namespaces/A! cascade?background dry-run?unchanged \
        field-selector= force! grace-period# ignore-not-found! interactive/i! now! raw= selector/l= \
        timeout~ wait!",
        ],
        change::delete,
    ),
    (
        "label",
        &[
            FILES,
            PRINT,
            CHANGE,
            "all! all-namespaces/A! field-selector= list! local! overwrite! record! resource-version=",
        ],
        label::label,
    ),
    (
        "expose",
        &[
            FILES,
            PRINT,
            "cluster-ip= dry-run?unchanged external-ip= field-manager= labels/l= load-balancer-ip= name= \
        override-type= overrides= port= protocol= save-config! selector= session-affinity= target-port= type=",
        ],
        elsewhere::expose,
    ),
    (
        "autoscale",
        &[
            FILES,
            PRINT,
            "cpu= cpu-percent# dry-run?unchanged field-manager= max# memory= min# name= save-config!",
        ],
        elsewhere::autoscale,
    ),
    (
        "create namespace",
        &[PRINT, "dry-run?unchanged field-manager= save-config! validate?strict"],
        elsewhere::namespace,
    ),
    ("cordon", &["dry-run?unchanged selector/l="], node::cordon),
    ("uncordon", &["dry-run?unchanged selector/l="], node::uncordon),
    (
        "drain",
        &["dry-run?unchanged selector/l= chunk-size# delete-emptydir-data! disable-eviction! force! \
        grace-period# ignore-daemonsets! pod-selector= skip-wait-for-delete-timeout# timeout~"],
        node::drain,
    ),
    (
        "api-resources",
        &["output/o= api-group= cached! categories= namespaced! no-headers! sort-by= verbs="],
        show::api_resources,
    ),
    ("version", &["client! output/o="], show::version),
    (
        "wait",
        &[FILES, PRINT, "all! all-namespaces/A! field-selector= for= local! selector/l= timeout~"],
        show::wait,
    ),
    ("explain", &["api-version= output/o= recursive!"], explain::explain),
    ("api-versions", &[], show::api_versions),
    ("top node", &[], show::top),
    ("top nodes", &[], show::top),
    ("top pod", &[], show::top),
    ("top pods", &[], show::top),
    ("set selector", &[FILES, PRINT, CHANGE, "all! local! record! resource-version="], set::selector),
    ("set serviceaccount", &[FILES, PRINT, CHANGE, "all! local! record!"], set::service_account),
    ("set sa", &[FILES, PRINT, CHANGE, "all! local! record!"], set::service_account),
    (
        "logs",
        &[
            "all-containers! all-pods! container/c= follow/f! ignore-errors! insecure-skip-tls-verify-backend! \
        limit-bytes# max-log-requests# pod-running-timeout~ prefix! previous/p! selector/l= since~ since-time= \
        tail# timestamps!",
        ],
        inside::logs,
    ),
    ("exec", &["filename/f= ", INSIDE], inside::exec),
    ("attach", &["detach-keys= ", INSIDE], inside::attach),
    ("port-forward", &["address= pod-running-timeout~"], inside::port_forward),
    ("cp", &["container/c= no-preserve! retries#"], inside::cp),
    (
        "debug",
        &["filename/f= image= copy-to= target= profile= custom= env= image-pull-policy= ", INSIDE],
        inside::debug,
    ),
    (
        "run",
        &[
            FILES,
            PRINT,
            "annotations= attach! cascade?background command! detach-keys= dry-run?unchanged env= expose! \
        field-manager= force! grace-period# image= image-pull-policy= labels/l= leave-stdin-open! override-type= \
        overrides= pod-running-timeout~ port= privileged! quiet/q! restart= rm! save-config! stdin/i! timeout~ \
        tty/t! wait!",
        ],
        inside::run,
    ),
    ("config current-context", &[], client::always),
    ("config get-contexts", &["no-headers! output/o="], client::view),
    ("config view", &["flatten! merge! minify! output/o= raw!"], client::view),
    ("config set-context", &["current!"], client::set_context),
    ("config use-context", &[], client::use_context),
    ("cluster-info", &[], client::always),
    ("auth whoami", &["output/o="], client::always),
    ("auth can-i", &["all-namespaces/A! list! no-headers! quiet/q! subresource="], client::can_i),
    ("help", &[], help::help),
    ("options", &[], help::options),
    (
        "diff",
        &[
            FILES,
            "concurrency# field-manager= force-conflicts! prune! prune-allowlist= selector/l= server-side! \
        show-managed-fields!",
        ],
        diff::diff,
    ),
    (
        "edit",
        &[
            FILES,
            PRINT,
            "field-manager= output-patch! record! save-config! subresource= validate?strict \
        windows-line-endings!",
        ],
        edit::edit,
    ),
];
