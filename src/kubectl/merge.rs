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
            // `patchStrategy:"retainKeys"` of a Deployment's strategy: a change of it keeps no key that it does not name.
            let changes =
                |(key, value): &(String, Json)| !live.iter().any(|(other, old)| (other, old) == (key, value));
            let retains_keys = name == "strategy" && pairs.iter().any(changes);
            let had = |key: &str| last.is_some_and(|last| last.get(key).is_some());
            let gone = |key: &str| (retains_keys || had(key)) && new.get(key).is_none();
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

/// A merge patch: lists are replaced whole. RFC 7386
pub fn merge_plainly(patch: &Json, live: Option<&Json>) -> Json {
    let Json::Map(pairs) = patch else { return patch.clone() };
    let mut merged = if let Some(Json::Map(live)) = live { live.clone() } else { Vec::new() };
    for (key, value) in pairs {
        let place = merged.iter().position(|(other, _)| other == key);
        match (value, place) {
            (Json::Null, Some(place)) => drop(merged.remove(place)),
            (Json::Null, None) => {}
            (value, Some(place)) => merged[place].1 = merge_plainly(value, Some(&merged[place].1.clone())),
            (value, None) => merged.push((key.clone(), merge_plainly(value, None))),
        }
    }
    Json::Map(merged)
}

/// A JSON patch; nothing where it does not fit. RFC 6902, `add`, `remove` and `replace`
pub fn operate(object: &Json, patch: &Json) -> Option<Json> {
    let Json::List(operations) = patch else { return None };
    let mut object = object.clone();
    for operation in operations {
        let (Some(Json::Text(op)), Some(Json::Text(path))) = (operation.get("op"), operation.get("path"))
        else {
            return None;
        };
        let path: Vec<_> = path
            .strip_prefix('/')?
            .split('/')
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .collect();
        let value = operation.get("value").filter(|_| op != "remove");
        operate_at(&mut object, op, &path, value)?;
    }
    Some(object)
}

fn operate_at(object: &mut Json, op: &str, path: &[String], value: Option<&Json>) -> Option<()> {
    let (name, rest) = path.split_first()?;
    match object {
        Json::Map(pairs) => {
            let place = pairs.iter().position(|(key, _)| key == name);
            match (rest.is_empty(), op, place) {
                (false, _, Some(place)) => return operate_at(&mut pairs[place].1, op, rest, value),
                (true, "remove", Some(place)) => drop(pairs.remove(place)),
                (true, "add" | "replace", Some(place)) => pairs[place].1 = value?.clone(),
                (true, "add", None) => pairs.push((name.clone(), value?.clone())),
                _ => return None,
            }
        }
        Json::List(items) => {
            let place = if name == "-" { items.len() } else { name.parse().ok()? };
            match (rest.is_empty(), op) {
                (false, _) => return operate_at(items.get_mut(place)?, op, rest, value),
                (true, "add") if place <= items.len() => items.insert(place, value?.clone()),
                (true, "replace") => *items.get_mut(place)? = value?.clone(),
                (true, "remove") if place < items.len() => drop(items.remove(place)),
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_the_strategy_keeps_only_what_it_names() {
        let strategy = |new: &str, live: &str| {
            let (new, live) = (Json::parse(new).unwrap(), Json::parse(live).unwrap());
            merge("strategy", None, &new, Some(&live)).compact()
        };
        let rolling = r#"{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}"#;
        assert_eq!(strategy(r#"{"type":"Recreate"}"#, rolling), r#"{"type":"Recreate"}"#);
        assert_eq!(strategy(r#"{"type":"RollingUpdate"}"#, rolling), rolling);
        let other = r#"{"rollingUpdate":{"maxSurge":2}}"#;
        assert_eq!(strategy(other, rolling), r#"{"rollingUpdate":{"maxSurge":2,"maxUnavailable":0}}"#);
        assert_eq!(strategy(other, r#"{"type":"Recreate"}"#), other);
    }

    #[test]
    fn patches_of_other_kinds_are_applied() {
        let object = Json::parse(r#"{"a":{"b":[1,2]},"c":3}"#).unwrap();
        let patched = |patch: &str| operate(&object, &Json::parse(patch).unwrap()).map(|json| json.compact());
        let replace =
            r#"[{"op":"replace","path":"/a/b/0","value":9},{"op":"add","path":"/a/b/-","value":4}]"#;
        assert_eq!(patched(replace).as_deref(), Some(r#"{"a":{"b":[9,2,4]},"c":3}"#));
        let remove = r#"[{"op":"remove","path":"/c"},{"op":"add","path":"/x~1y","value":{}}]"#;
        assert_eq!(patched(remove).as_deref(), Some(r#"{"a":{"b":[1,2]},"x/y":{}}"#));
        assert_eq!(patched(r#"[{"op":"remove","path":"/d"}]"#), None);
        let merge = Json::parse(r#"{"a":{"b":[7]},"c":null}"#).unwrap();
        assert_eq!(merge_plainly(&merge, Some(&object)).compact(), r#"{"a":{"b":[7]}}"#);
    }

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
