//! Versions of Asterisk with known faults that send calls where nobody wanted them, lose them, or tell of them late. Told once for each
//! connection; a version that cannot be read, or a branch the table does not know, is said to be unknown, never guessed to be well.

use serde::Serialize;
use ts_rs::TS;

/// Something to know about this PBX's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Fault {
    /// asterisk#1144: who was connected by `Bridge` and then redirected may be sent back to the old place later on.
    AfterBridge,
    /// asterisk#1273 and #1315: a redirect that meets a step of the dialplan may be lost.
    LostRedirect,
    /// CVE-2024-42365: whoever may `Originate` may write files on the PBX.
    Originate,
    /// asterisk#2145: events may come seconds to minutes late.
    LateEvents,
    /// asterisk#1907, #1928, #1946, #1962: questions about channels under load may bring the PBX to a standstill.
    Deadlock,
    /// The version could not be read, or is none this table knows.
    UnknownVersion,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Severity {
    /// Calls may go to the wrong place, or the PBX may be taken over.
    Grave,
    /// The board may be late, or a move may not happen.
    Worth,
    /// Nothing is known.
    Unsure,
}

/// A known fault of this PBX's version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Advisory {
    /// Which.
    pub fault: Fault,
    /// How bad it is.
    pub severity: Severity,
    /// The first version of the same branch without it; absent: the branch never got the repair.
    pub fixed: Option<String>,
}

/// Major, minor, patch.
type Number = (u32, u32, u32);

/// Where a fault is, branch by branch.
#[derive(Debug)]
struct Row {
    fault: Fault,
    severity: Severity,
    /// The first version that has it; of older ones nothing is known.
    since: Number,
    /// The first version of a branch that has it no more.
    fixed: &'static [Number],
    /// Branches from this one on never had it.
    never_from: u32,
    /// Only these branches have it, each from this minor version on.
    only: &'static [(u32, u32)],
}

const TABLE: [Row; 5] = [
    Row {
        fault: Fault::AfterBridge,
        severity: Severity::Grave,
        since: (12, 0, 0),
        fixed: &[(20, 14, 0), (21, 9, 0), (22, 4, 0)],
        never_from: 23,
        only: &[],
    },
    Row {
        fault: Fault::Originate,
        severity: Severity::Grave,
        since: (1, 0, 0),
        fixed: &[(18, 24, 2), (20, 9, 2), (21, 4, 2)],
        never_from: 22,
        only: &[],
    },
    Row {
        fault: Fault::LostRedirect,
        severity: Severity::Worth,
        since: (12, 0, 0),
        fixed: &[(20, 16, 0), (21, 11, 0), (22, 6, 0)],
        never_from: 23,
        only: &[],
    },
    Row {
        fault: Fault::LateEvents,
        severity: Severity::Worth,
        since: (12, 0, 0),
        fixed: &[(20, 21, 0), (22, 11, 0), (23, 5, 0)],
        never_from: 24,
        only: &[],
    },
    Row {
        fault: Fault::Deadlock,
        severity: Severity::Worth,
        since: (20, 17, 0),
        fixed: &[(20, 20, 0), (22, 10, 0)],
        never_from: 23,
        only: &[(20, 17), (22, 9)],
    },
];

/// The newest branch the table has been made for.
const NEWEST: u32 = 23;

/// What is known about a version as `CoreSettings` tells it: `22.10.1`, `18.9-cert5`, `certified/20.7-cert3`, `GIT-22-abc`.
#[must_use]
pub(crate) fn advisories(version: &str) -> Vec<Advisory> {
    // A certified version is a branch of its own: repairs come into it under other numbers.
    let plain = Some(version).filter(|version| !version.contains("cert"));
    let number = plain.and_then(read);
    let Some(number) = number.filter(|(major, _, _)| *major <= NEWEST) else {
        return vec![unknown()];
    };
    let found = TABLE.iter().filter_map(|row| row.of(number));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|advisory| (advisory.severity, advisory.fault));
    found
}

fn unknown() -> Advisory {
    Advisory {
        fault: Fault::UnknownVersion,
        severity: Severity::Unsure,
        fixed: None,
    }
}

impl Row {
    fn of(&self, version: Number) -> Option<Advisory> {
        let (major, minor, _) = version;
        let listed = self
            .only
            .iter()
            .any(|(branch, from)| *branch == major && minor >= *from);
        let concerned = self.only.is_empty() || listed;
        let fixed = self.fixed.iter().find(|(branch, _, _)| *branch == major);
        let repaired = fixed.is_some_and(|fixed| version >= *fixed);
        let has = concerned && version >= self.since && major < self.never_from && !repaired;
        has.then(|| Advisory {
            fault: self.fault,
            severity: self.severity,
            fixed: fixed.map(|(major, minor, patch)| format!("{major}.{minor}.{patch}")),
        })
    }
}

/// Digits up to the first thing that is none: a release candidate counts as older than its release would, so as one below.
fn read(version: &str) -> Option<Number> {
    let text = version.trim().trim_start_matches("Asterisk ");
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut parts = digits.split('.').map(str::parse::<u32>);
    let major = parts.next()?.ok()?;
    let minor = parts.next()?.ok()?;
    let patch = parts.next().map_or(Some(0), Result::ok)?;
    let number = (major, minor, patch);
    let candidate =
        rest.starts_with("-rc") || rest.starts_with("-pre") || rest.starts_with("-beta");
    match (candidate, number) {
        (true, (major, minor, 0)) if minor > 0 => Some((major, minor - 1, u32::MAX)),
        (true, (_, _, 0)) => None,
        (true, (major, minor, patch)) => Some((major, minor, patch - 1)),
        (false, number) => Some(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(version: &str) -> Vec<Fault> {
        let found = advisories(version);
        found.iter().map(|advisory| advisory.fault).collect()
    }

    #[test]
    fn each_branch_has_the_faults_it_was_never_rid_of() {
        use Fault::{AfterBridge, Deadlock, LateEvents, LostRedirect, Originate, UnknownVersion};
        let cases: &[(&str, &[Fault])] = &[
            (
                "16.28.0~dfsg-0+deb11u4",
                &[AfterBridge, Originate, LostRedirect, LateEvents],
            ),
            (
                "18.24.1",
                &[AfterBridge, Originate, LostRedirect, LateEvents],
            ),
            ("18.24.2", &[AfterBridge, LostRedirect, LateEvents]),
            ("18.26.4", &[AfterBridge, LostRedirect, LateEvents]),
            (
                "19.8.1",
                &[AfterBridge, Originate, LostRedirect, LateEvents],
            ),
            (
                "20.9.1",
                &[AfterBridge, Originate, LostRedirect, LateEvents],
            ),
            ("20.9.2", &[AfterBridge, LostRedirect, LateEvents]),
            ("20.13.0", &[AfterBridge, LostRedirect, LateEvents]),
            ("20.14.0", &[LostRedirect, LateEvents]),
            ("20.16.0", &[LateEvents]),
            ("20.17.0", &[LateEvents, Deadlock]),
            ("20.19.0", &[LateEvents, Deadlock]),
            ("20.20.1", &[LateEvents]),
            ("20.21.0", &[]),
            (
                "21.4.1",
                &[AfterBridge, Originate, LostRedirect, LateEvents],
            ),
            ("21.9.0", &[LostRedirect, LateEvents]),
            ("22.3.0", &[AfterBridge, LostRedirect, LateEvents]),
            ("22.4.0", &[LostRedirect, LateEvents]),
            ("22.6.0", &[LateEvents]),
            ("22.9.0", &[LateEvents, Deadlock]),
            ("22.10.1", &[LateEvents]),
            ("22.11.0", &[]),
            ("23.4.1", &[LateEvents]),
            ("23.5.0", &[]),
            ("11.25.3", &[Originate]),
            ("1.8.32.3", &[Originate]),
            ("24.0.0", &[UnknownVersion]),
        ];
        for (version, expected) in cases {
            assert_eq!(faults(version), *expected, "{version}");
        }
    }

    #[test]
    fn a_candidate_is_older_than_its_release() {
        assert!(faults("22.4.0-rc1").contains(&Fault::AfterBridge));
        assert!(!faults("22.11.1-rc1").contains(&Fault::LateEvents));
        assert_eq!(faults("22.0.0-rc1"), [Fault::UnknownVersion]);
    }

    #[test]
    fn what_cannot_be_read_is_said_to_be_unknown() {
        for version in [
            "",
            "GIT-22-69535d4",
            "SVN-trunk-r1",
            "PBXpert 9",
            "22",
            "999999999999.1",
        ] {
            assert_eq!(faults(version), [Fault::UnknownVersion], "{version:?}");
        }
    }

    #[test]
    fn nothing_is_guessed_of_a_certified_version() {
        for version in [
            "18.9-cert5",
            "certified/20.7-cert3",
            "Asterisk certified/18.9-cert11",
        ] {
            assert_eq!(faults(version), [Fault::UnknownVersion], "{version}");
        }
    }

    #[test]
    fn the_repair_of_the_same_branch_is_named() {
        let found = advisories("22.3.0");
        let fixed = |fault| {
            let advisory = found.iter().find(|advisory| advisory.fault == fault);
            advisory.and_then(|advisory| advisory.fixed.clone())
        };
        assert_eq!(fixed(Fault::AfterBridge).as_deref(), Some("22.4.0"));
        assert_eq!(
            advisories("18.26.4")
                .first()
                .and_then(|one| one.fixed.clone()),
            None
        );
    }
}
