//! Short names and colours.

use crate::sim::cluster::{Cluster, ReplicaSetId};

/// What an image is called where there is little room: its tag, or without one its name.
pub fn short_image(image: &str) -> &str {
    let name = image.rsplit('/').next().unwrap_or(image);
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    name.split_once(':').map_or(name, |(_, tag)| tag)
}

/// The short name of a ReplicaSet's image.
pub fn image_of(cluster: &Cluster, id: ReplicaSetId) -> &str {
    short_image(cluster.replica_set(id).template.image())
}

/// Which of the four colours of revisions a ReplicaSet has, 1 to 4: the same for as long as it
/// lives, whatever number its revision has.
pub fn hue(id: ReplicaSetId) -> u32 {
    id.0 % 4 + 1
}

/// As much of a name as fits into a tile of `room` pixels, if enough of it does.
pub fn tile_label(name: &str, room: i32) -> String {
    let letters = room / 7;
    let fits = name.chars().count() as i32 <= letters;
    if fits { name.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
