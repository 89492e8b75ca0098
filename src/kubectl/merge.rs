//! What `kubectl apply` makes of an object: `apimachinery/pkg/util/strategicpatch
//! CreateThreeWayMergePatch`, and the patch applied.
//!
//! # What we leave out
//!
//! - Directives in manifests, such as `$patch: delete`.
//! - Elements of lists that only the live object has come after those of the manifest.

use super::json::Json;

/// The lists whose elements have a name of their own, and the field that is it:
/// `patchMergeKey` in `core/v1/types.go`.
const KEYS: &[(&str, &str)] = &[
    ("containers", "name"),
    ("initContainers", "name"),
    ("ephemeralContainers", "name"),
    ("env", "name"),
    ("ports", "containerPort"),
    ("volumeMounts", "mountPath"),
    ("volumeDevices", "devicePath"),
    ("volumes", "name"),
    ("imagePullSecrets", "name"),
    ("hostAliases", "ip"),
    ("topologySpreadConstraints", "topologyKey"),
    ("resourceClaims", "name"),
];

/// `live` with all that `new` has, and without what only `last` had. `name` is the field that they are.
pub fn merge(name: &str, last: Option<&Json>, new: &Json, live: Option<&Json>) -> Json {
    match (new, live) {
        (Json::Map(pairs), live) => {
            let live = if let Some(Json::Map(live)) = live { &live[..] } else { &[] };
            let gone = |key: &str| last.is_some_and(|last| last.get(key).is_some()) && new.get(key).is_none();
            let mut merged: Vec<_> = live.iter().filter(|(key, _)| !gone(key)).cloned().collect();
            for (key, value) in pairs {
                let place = merged.iter().position(|(other, _)| other == key);
                let live = place.map(|place| merged[place].1.clone());
                let value = merge(key, last.and_then(|last| last.get(key)), value, live.as_ref());
                match (value, place) {
                    (Json::Null, Some(place)) => drop(merged.remove(place)),
                    (Json::Null, None) => {}
                    (value, Some(place)) => merged[place].1 = value,
                    (value, None) => merged.push((key.clone(), value)),
                }
            }
            Json::Map(merged)
        }
        (Json::List(items), Some(Json::List(live))) => match KEYS.iter().find(|(list, _)| *list == name) {
            Some((_, key)) => merge_list(key, last, items, live),
            None => new.clone(),
        },
        _ => new.clone(),
    }
}

fn merge_list(key: &str, last: Option<&Json>, items: &[Json], live: &[Json]) -> Json {
    let named = |list: &[Json], wanted: &Json| {
        list.iter().find(|item| item.get(key).is_some() && item.get(key) == wanted.get(key)).cloned()
    };
    let last = if let Some(Json::List(last)) = last { &last[..] } else { &[] };
    let merged =
        items.iter().map(|item| merge("", named(last, item).as_ref(), item, named(live, item).as_ref()));
    let mut merged: Vec<_> = merged.collect();
    let only_live = live.iter().filter(|item| named(items, item).is_none() && named(last, item).is_none());
    merged.extend(only_live.cloned());
    Json::List(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_applied_is_merged() {
        #[track_caller]
        fn check(last: &str, new: &str, live: &str, expect: &str) {
            let [last, new, live] = [last, new, live].map(|text| Json::parse(text).unwrap());
            assert_eq!(merge("", Some(&last), &new, Some(&live)).compact(), expect);
        }

        check("{}", r#"{"a":1}"#, r#"{"a":2,"b":3}"#, r#"{"a":1,"b":3}"#);
        check(r#"{"b":3}"#, r#"{"a":1}"#, r#"{"a":1,"b":3}"#, r#"{"a":1}"#);
        check("{}", r#"{"a":null}"#, r#"{"a":1}"#, "{}");
        check("{}", r#"{"args":[1]}"#, r#"{"args":[2,3]}"#, r#"{"args":[1]}"#);
        check(
            r#"{"env":[{"name":"A"},{"name":"B"}]}"#,
            r#"{"env":[{"name":"A","value":"1"}]}"#,
            r#"{"env":[{"name":"X"},{"name":"B"},{"name":"A","value":"0"}]}"#,
            r#"{"env":[{"name":"A","value":"1"},{"name":"X"}]}"#,
        );
    }
}
