//! The one way from a recording to an expectation.

use std::fmt::Write as _;

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
