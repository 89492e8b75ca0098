//! Short names and colours.

use crate::sim::cluster::{Objects, ReplicaSetId};

/// What an image is called where there is little room: its tag, or without one its name.
pub fn short_image(image: &str) -> &str {
    let name = image.rsplit('/').next().unwrap_or(image);
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    name.split_once(':').map_or(name, |(_, tag)| tag)
}

/// The short name of a ReplicaSet's image.
pub fn image_of(cluster: &Objects, id: ReplicaSetId) -> &str {
    short_image(cluster.replica_set(id).template.image())
}

/// Which of the four colours of revisions a ReplicaSet has, 1 to 4: the same for as long as it
/// lives, whatever number its revision has.
pub fn hue(id: ReplicaSetId) -> u32 {
    id.0 % 4 + 1
}

/// How large the letters of `name` may be in a tile of 40 units that is `room` pixels wide: at most
/// 15 units, and nothing where a reader could not make them out.
pub fn letter_size(name: &str, room: i32) -> Option<i32> {
    let letters = (name.chars().count() as i32).max(1);
    let units = (34 * 10 / (6 * letters)).min(15);
    (9 * 40 <= units * room).then_some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_shrink_until_nobody_could_read_them() {
        #[track_caller]
        fn check(name: &str, room: i32, expect: Option<i32>) {
            assert_eq!(letter_size(name, room), expect);
        }

        check("v2", 40, Some(15));
        check("v2", 18, None);
        check("1.29.3", 46, Some(9));
        check("2024-11-22", 46, None);
    }

    #[test]
    fn an_image_is_known_by_its_tag() {
        #[track_caller]
        fn check(image: &str, expect: &str) {
            assert_eq!(short_image(image), expect);
        }

        check("web:v2", "v2");
        check("registry.example.com:5000/team/web:v2", "v2");
        check("registry.example.com:5000/team/web", "web");
        check("web:v2@sha256:abc", "v2");
        check("web@sha256:abc", "web");
        check("", "");
    }
}
