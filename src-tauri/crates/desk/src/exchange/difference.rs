//! The board held against a list of channels.

use std::collections::{BTreeMap, BTreeSet};

use ami::Frame;
use board::{Board, Millis};

/// Younger channels are left out: their news and the list have crossed.
const SETTLED: Millis = 2_000;

/// A channel as the list has it.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) bridge: Option<String>,
    /// How long it exists, in milliseconds.
    pub(super) age: Option<Millis>,
    pub(super) frame: Option<Frame>,
}

/// How the board differs from the PBX about one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// The PBX has it, the board has not.
    Missing,
    /// The board has it, the PBX has not.
    Ghost,
    /// It is in another bridge than on the board; `None`: in none.
    Elsewhere { bridge: Option<String> },
}

/// By Uniqueid; without channels that are young, or that an event has named meanwhile.
pub(super) fn compare(
    board: &Board,
    listed: &BTreeMap<String, Listed>,
    touched: &BTreeSet<String>,
    now: Millis,
) -> BTreeMap<String, Difference> {
    let mut found = BTreeMap::new();
    for (uniqueid, item) in listed {
        if let Some(difference) = of_listed(board, uniqueid, item) {
            found.insert(uniqueid.clone(), difference);
        }
    }
    for (uniqueid, channel) in board.channels() {
        let settled = channel.began.saturating_add(SETTLED) <= now;
        if settled && !listed.contains_key(uniqueid) {
            found.insert(uniqueid.to_owned(), Difference::Ghost);
        }
    }
    found.retain(|uniqueid, _| !touched.contains(uniqueid));
    found
}

fn of_listed(board: &Board, uniqueid: &str, item: &Listed) -> Option<Difference> {
    if item.age.is_some_and(|age| age < SETTLED) {
        return None;
    }
    let Some(channel) = board.channel(uniqueid) else {
        // One that has hung up before our eyes may stay in the PBX's own cache for a while.
        return (!board.has_ended(uniqueid)).then_some(Difference::Missing);
    };
    (channel.bridge_id() != item.bridge.as_deref()).then(|| Difference::Elsewhere {
        bridge: item.bridge.clone(),
    })
}

#[cfg(test)]
mod tests {
    use ami::Event;
    use board::{PbxId, Place};

    use super::*;

    fn board(channels: &[(&str, &str)]) -> Board {
        let mut board = Board::new(PbxId::new("lab").expect("valid"), Place::default());
        for (uniqueid, bridge) in channels {
            let text = format!(
                "Event: CoreShowChannel\nChannel: PJSIP/101-{uniqueid}\nUniqueid: {uniqueid}\nBridgeId: {bridge}\nDuration: 00:00:10\n"
            );
            let frame = Frame::parse(text.as_bytes()).expect("a frame");
            board.apply_item(&Event::read(&frame), 100_000);
        }
        board
    }

    fn listed(channels: &[(&str, Option<&str>, Millis)]) -> BTreeMap<String, Listed> {
        let items = channels.iter().map(|(uniqueid, bridge, age)| {
            let item = Listed {
                bridge: bridge.map(str::to_owned),
                age: Some(*age),
                frame: None,
            };
            ((*uniqueid).to_owned(), item)
        });
        items.collect()
    }

    #[test]
    fn what_is_missing_haunting_or_elsewhere_is_found() {
        let board = board(&[("1.1", "b1"), ("1.2", "b1"), ("1.3", ""), ("1.4", "b4")]);
        let list = listed(&[
            ("1.1", Some("b1"), 10_000),
            ("1.2", Some("b2"), 10_000),
            ("1.4", None, 10_000),
            ("1.5", None, 10_000),
            ("1.6", None, 1_000),
        ]);
        let found = compare(&board, &list, &BTreeSet::new(), 100_000);
        let elsewhere = |bridge: Option<&str>| Difference::Elsewhere {
            bridge: bridge.map(str::to_owned),
        };
        let expected = [
            ("1.2", elsewhere(Some("b2"))),
            ("1.3", Difference::Ghost),
            ("1.4", elsewhere(None)),
            ("1.5", Difference::Missing),
        ];
        let expected = expected.map(|(uniqueid, difference)| (uniqueid.to_owned(), difference));
        assert_eq!(found, BTreeMap::from(expected));
    }

    #[test]
    fn the_young_the_touched_and_the_dead_are_left_out() {
        let mut board = board(&[("1.1", ""), ("1.2", "")]);
        let text = "Event: Newchannel\nChannel: PJSIP/101-3\nUniqueid: 1.3\n";
        let frame = Frame::parse(text.as_bytes()).expect("a frame");
        board.apply(&Event::read(&frame), 99_000);
        board.remove_ghost("1.2", 100_000);
        let list = listed(&[("1.2", None, 10_000)]);
        let touched = BTreeSet::from(["1.1".to_owned()]);
        assert_eq!(compare(&board, &list, &touched, 100_000), BTreeMap::new());
    }
}
