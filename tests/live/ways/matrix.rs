//! The table of what is played live (`matrix.txt`), held against the tests there are and the verbs there are: it cannot rot.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use operator::Verb;

const TABLE: &str = include_str!("matrix.txt");
/// Every verb, as the window is told of them; `tests/run` keeps that file true to `operator::Verb`.
const VERBS: &str = include_str!("../../../ui/src/wire/Verb.ts");

const WAYS: [&str; 13] = [
    "good",
    "busy",
    "offline",
    "missing",
    "rejects",
    "silent",
    "givesUp",
    "myPhone",
    "gone",
    "forbidden",
    "pauses",
    "locked",
    "cut",
];

/// Each way of a move, with the tests that play it; none where it is a hole or cannot be.
type Move<'a> = BTreeMap<&'a str, Vec<&'a str>>;

fn table() -> BTreeMap<&'static str, Move<'static>> {
    let mut all = BTreeMap::new();
    let mut name = "";
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<_> = line.split_whitespace().collect();
        match (&words[..], line.starts_with(' ')) {
            ([], _) => {}
            ([one], false) => {
                name = one;
                assert!(
                    all.insert(name, Move::new()).is_none(),
                    "{name} stands twice"
                );
            }
            (["never" | "hole", ways @ ..], true) => {
                let known = all.get_mut(name).expect("a verb stands before its ways");
                for way in ways {
                    assert!(
                        known.insert(*way, Vec::new()).is_none(),
                        "{name}: {way} twice"
                    );
                }
            }
            ([way, test], true) => {
                let known = all.get_mut(name).expect("a verb stands before its ways");
                known.entry(*way).or_default().push(*test);
            }
            ([..], _) => panic!("not understood: {line}"),
        }
    }
    all
}

/// The tests of this very program that run on both versions.
fn tests() -> BTreeSet<String> {
    let program = std::env::current_exe().expect("this program");
    let list = Command::new(program)
        .arg("--list")
        .output()
        .expect("a list");
    let list = String::from_utf8(list.stdout).expect("names are text");
    let on = |version: &str| -> BTreeSet<String> {
        let end = format!("::on_{version}: test");
        let names = list.lines().filter_map(|line| line.strip_suffix(&end));
        names.map(str::to_owned).collect()
    };
    on("22").intersection(&on("16")).cloned().collect()
}

#[test]
fn every_way_of_every_verb_is_played_by_a_test_that_exists_or_said_to_be_open() {
    let (table, tests) = (table(), tests());
    for (name, ways) in &table {
        for way in WAYS {
            assert!(ways.contains_key(way), "{name}: nothing is said of {way}");
        }
        for (way, played) in ways {
            assert!(WAYS.contains(way), "{name}: no such way: {way}");
            for test in played {
                assert!(tests.contains(*test), "{name}, {way}: no such test: {test}");
            }
        }
    }
}

#[test]
fn no_verb_is_missing_in_the_table() {
    let verbs: Vec<_> = VERBS.split('"').skip(1).step_by(2).collect();
    assert!(verbs.len() > 40, "{VERBS}");
    let table = table();
    for name in &verbs {
        let verb = serde_json::from_value::<Verb>((*name).into());
        assert!(verb.is_ok(), "{name} is no verb");
        assert!(table.contains_key(name), "{name} has no row");
    }
    let others = table.keys().filter(|name| !verbs.contains(name));
    let unknown: Vec<_> = others.filter(|name| !name.starts_with('+')).collect();
    assert!(unknown.is_empty(), "no verbs: {unknown:?}");
}
