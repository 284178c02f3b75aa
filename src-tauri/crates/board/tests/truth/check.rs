//! The one way from a recording to an expectation.

use std::fmt::Write as _;

use board::{Picture, Thing};
use expect_test::Expect;

use crate::draw::draw;
use crate::replay::{Follower, News, VERSIONS, news, steps};

/// Replays a scenario of both versions, which must give the same pictures: those of `expected`, one for each mark.
pub(crate) fn check(scenario: &str, expected: Expect) {
    let [new, old] = VERSIONS.map(|version| pictures(version, scenario));
    expected.assert_eq(&new);
    assert!(
        new == old,
        "{scenario}: 22 and 16 differ; 22:\n{new}\n16:\n{old}"
    );
}

/// Where the versions differ: an expectation for each.
pub(crate) fn check_each(scenario: &str, expected: [Expect; 2]) {
    for (version, expected) in VERSIONS.into_iter().zip(expected) {
        expected.assert_eq(&pictures(version, scenario));
    }
}

/// What `show` shows of both versions: `+` new at a mark, `-` gone since the one before.
pub(crate) fn check_changes(
    scenario: &str,
    show: impl Fn(&Picture<Thing>) -> String,
    expected: Expect,
) {
    let [new, old] = VERSIONS.map(|version| changes(version, scenario, &show));
    expected.assert_eq(&new);
    assert!(
        new == old,
        "{scenario}: 22 and 16 differ; 22:\n{new}\n16:\n{old}"
    );
}

fn changes(version: &str, scenario: &str, show: impl Fn(&Picture<Thing>) -> String) -> String {
    let mut out = String::new();
    let mut before = String::new();
    let mut follower = Follower::new();
    for (now, news) in news(&steps(version, scenario)) {
        follower.now = now;
        follower.take(&news);
        if let News::Mark(mark) = news {
            let shown = show(&follower.board.picture());
            differ(&mut out, &mark, &before, &shown);
            before = shown;
        }
    }
    out
}

fn differ(out: &mut String, mark: &str, before: &str, after: &str) {
    let gone = before
        .lines()
        .filter(|line| !after.lines().any(|other| other == *line));
    let new = after
        .lines()
        .filter(|line| !before.lines().any(|other| other == *line));
    let gone = gone.map(|line| format!("  - {}\n", line.trim()));
    let new = new.map(|line| format!("  + {}\n", line.trim()));
    let lines: String = gone.chain(new).collect();
    if !lines.is_empty() {
        let _ = write!(out, "{mark}:\n{lines}");
    }
}

fn pictures(version: &str, scenario: &str) -> String {
    let mut out = String::new();
    let mut follower = Follower::new();
    for (now, news) in news(&steps(version, scenario)) {
        follower.now = now;
        follower.take(&news);
        if let News::Mark(mark) = news {
            tell(&mut out, &mark, &draw(&follower.board.picture()));
        }
    }
    out
}

/// Moments of no interest are left out: the connection is new, or the recording is over and nothing is left.
fn tell(out: &mut String, mark: &str, drawn: &str) {
    let _ = match (mark, drawn.is_empty()) {
        ("connected" | "synced" | "end", true) => Ok(()),
        (_, true) => writeln!(out, "{mark}: nothing"),
        (_, false) => write!(out, "{mark}:\n{drawn}"),
    };
}
