//! The PBXs that are remembered: each under an id of its own, none of them twice.

use board::PbxId;
use desk::Profile;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One PBX that is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Saved {
    /// Where it is, and who the operator is there; never its secret.
    pub profile: Profile,
    /// No link is wanted to it for now, at the next start neither.
    #[serde(default)]
    pub paused: bool,
}

/// The longest id there is, in characters.
const LONGEST: usize = 32;

/// The profile under the id it goes by: that of the one it replaces, or of the one remembered for the same place; else a new one, made from its host.
pub(crate) fn named(profile: Profile, replaces: Option<&PbxId>, saved: &[Saved]) -> Profile {
    let known = saved
        .iter()
        .find(|each| Some(&each.profile.pbx) == replaces)
        .or_else(|| {
            saved
                .iter()
                .find(|each| same_place(&each.profile, &profile))
        });
    let taken: Vec<&PbxId> = saved.iter().map(|each| &each.profile.pbx).collect();
    let pbx = match (known, replaces) {
        (Some(known), _) => known.profile.pbx.clone(),
        (None, Some(id)) if !taken.contains(&id) => id.clone(),
        (None, _) => free_id(&profile.host, &taken),
    };
    Profile { pbx, ..profile }
}

/// Remembers a profile: in its old place, and once. Whoever else claims its host and port is the same PBX, and would show every call a second time.
pub(crate) fn put(saved: &mut Vec<Saved>, profile: Profile) {
    saved.retain(|each| each.profile.pbx == profile.pbx || !same_place(&each.profile, &profile));
    match saved
        .iter_mut()
        .find(|each| each.profile.pbx == profile.pbx)
    {
        Some(known) => {
            *known = Saved {
                profile,
                paused: false,
            }
        }
        None => saved.push(Saved {
            profile,
            paused: false,
        }),
    }
}

/// As a file may name them that somebody wrote by hand: the later one of an id gets another.
pub(crate) fn distinct(saved: Vec<Saved>) -> Vec<Saved> {
    let mut all: Vec<Saved> = Vec::with_capacity(saved.len());
    for mut each in saved {
        let taken: Vec<&PbxId> = all.iter().map(|other| &other.profile.pbx).collect();
        if taken.contains(&&each.profile.pbx) {
            each.profile.pbx = free_id(&each.profile.host, &taken);
        }
        all.push(each);
    }
    all
}

/// One PBX answers at one host and port.
pub(crate) fn same_place(one: &Profile, other: &Profile) -> bool {
    one.port == other.port && one.host.trim().eq_ignore_ascii_case(other.host.trim())
}

/// An id from a host's name which nobody has: `pbx-example-org`, else `pbx-example-org-2`. The practice PBX keeps its own.
fn free_id(host: &str, taken: &[&PbxId]) -> PbxId {
    let practice = desk::practice_profile().pbx;
    let free = |id: &PbxId| *id != practice && !taken.contains(&id);
    let base = desk::pbx_id(host);
    let numbered = (2..).filter_map(|n: u32| {
        let end = format!("-{n}");
        let room = LONGEST - end.len();
        let stem: String = base.as_str().chars().take(room).collect();
        PbxId::new(&format!("{}{end}", stem.trim_end_matches('-')))
    });
    std::iter::once(base.clone())
        .chain(numbered)
        .find(free)
        .unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host: &str) -> Profile {
        Profile {
            host: host.to_owned(),
            ..desk::practice_profile()
        }
    }

    fn remembered(profiles: &[(&str, &str)]) -> Vec<Saved> {
        let saved = |(id, host): &(&str, &str)| Saved {
            profile: Profile {
                pbx: PbxId::new(id).expect("a PBX id"),
                ..at(host)
            },
            paused: false,
        };
        profiles.iter().map(saved).collect()
    }

    fn ids(saved: &[Saved]) -> Vec<&str> {
        saved.iter().map(|each| each.profile.pbx.as_str()).collect()
    }

    #[test]
    fn a_new_pbx_is_named_after_its_host_and_never_like_another_or_the_practice_pbx() {
        let none = named(at("pbx.example.org"), None, &[]);
        assert_eq!(none.pbx.as_str(), "pbx-example-org");
        let taken = remembered(&[("pbx-example-org", "10.0.0.1")]);
        let second = named(at("PBX.example.org"), None, &taken);
        assert_eq!(second.pbx.as_str(), "pbx-example-org-2");
        assert_eq!(named(at("practice"), None, &[]).pbx.as_str(), "practice-2");
    }

    #[test]
    fn long_names_that_begin_alike_still_get_ids_of_their_own() {
        let long = "a-very-long-host-name-of-a-pbx-in";
        let mut saved = Vec::new();
        for number in 0..12 {
            let host = format!("{long}.{number}.example.org");
            let profile = named(at(&host), None, &saved);
            assert!(profile.pbx.as_str().len() <= LONGEST);
            put(&mut saved, profile);
        }
        let mut unique = ids(&saved);
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), 12);
    }

    #[test]
    fn whatever_a_host_is_called_its_id_is_one() {
        for host in [
            "",
            "[::1]",
            "ÄÖÜ",
            "a:b:c",
            "../../etc",
            "main\r\nAction: x",
        ] {
            let id = named(at(host), None, &[]).pbx;
            assert!(PbxId::new(id.as_str()).is_some(), "{host:?}");
        }
    }

    #[test]
    fn the_same_host_and_port_is_the_same_pbx_under_its_old_id() {
        let mut saved = remembered(&[("main", "pbx.example.org"), ("annex", "10.0.0.2")]);
        let again = named(at("pbx.example.org"), None, &saved);
        assert_eq!(again.pbx.as_str(), "main");
        put(&mut saved, again);
        assert_eq!(ids(&saved), ["main", "annex"]);
    }

    #[test]
    fn a_changed_host_keeps_its_id_and_drops_whoever_stood_there() {
        let mut saved = remembered(&[("main", "pbx.example.org"), ("annex", "10.0.0.2")]);
        let main = PbxId::new("main");
        let moved = named(at("10.0.0.2"), main.as_ref(), &saved);
        put(&mut saved, moved);
        assert_eq!(ids(&saved), ["main"]);
        assert_eq!(saved[0].profile.host, "10.0.0.2");
    }

    #[test]
    fn a_file_with_one_id_twice_is_read_as_two_pbxs() {
        let twice = remembered(&[("main", "10.0.0.1"), ("main", "10.0.0.2")]);
        assert_eq!(ids(&distinct(twice)), ["main", "10-0-0-2"]);
    }
}
