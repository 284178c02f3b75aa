//! Late desks: what somebody who has just connected sees, next to what the first desk saw at the same moment.

use std::fmt::Write as _;

use board::{Picture, Thing};
use expect_test::expect_file;

use crate::detail::{phones, queues};
use crate::draw::draw;
use crate::replay::{Follower, News, all, news, steps};
use crate::transcript::Step;

/// Everything a person could read off a picture, but music and ring-in-use, of which no list ever tells.
fn all_of(picture: &Picture<Thing>) -> String {
    let text = [draw(picture), queues(picture), phones(picture)].concat();
    let untold = [
        ", with music",
        ", never rung in a call",
        ", rung also in a call",
    ];
    untold
        .iter()
        .fold(text, |text, words| text.replace(words, ""))
}

/// The picture at a mark.
fn at(steps: &[Step], moment: &str) -> String {
    let mut follower = Follower::new();
    for (now, news) in news(steps) {
        follower.now = now;
        follower.take(&news);
        if matches!(&news, News::Mark(mark) if mark == moment) {
            return all_of(&follower.board.picture());
        }
    }
    panic!("no mark {moment}");
}

/// `-` what only the first desk knows, `+` what only the late one does.
fn differences(first: &str, late: &str) -> String {
    let only = |one: &str, other: &str, mark: char| {
        let lines = one
            .lines()
            .filter(|line| !other.lines().any(|known| known == *line));
        let lines = lines.map(|line| format!("  {mark} {}\n", line.trim()));
        lines.collect::<String>()
    };
    only(first, late, '-') + &only(late, first, '+')
}

#[test]
fn a_late_desk_sees_what_the_first_one_sees_but_for_what_no_list_tells() {
    let mut out = String::new();
    for (name, late) in all() {
        let Some((scenario, moment)) = name.split_once('+') else {
            continue;
        };
        let (version, scenario) = scenario.split_once('/').expect("a version");
        let first = at(&steps(version, scenario), moment);
        let differences = differences(&first, &at(&late, "synced"));
        let _ = writeln!(out, "{name}:\n{differences}");
    }
    expect_file!["late.txt"].assert_eq(&out);
}
