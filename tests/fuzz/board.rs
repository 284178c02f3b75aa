//! Any bytes through the frame reader into a board: no panic, the delta law after every few frames, and an empty list of everything
//! heals whatever has gone wrong.
#![no_main]

use ami::action::List;
use ami::{Event, Frame, FrameReader, Limits, Read};
use board::{Board, Delta, Feed, PbxId, Picture, Place, Ref, Thing};
use libfuzzer_sys::fuzz_target;
use pieces::{Dice, dice};

/// What a window has put together out of the batches.
struct Window {
    feed: Feed<Thing>,
    shown: Picture<Thing>,
}

impl Window {
    fn look(&mut self, board: &Board) {
        let picture = board.picture();
        let into = |_: &Ref, _: &Thing, _: &Picture<Thing>| None;
        let batch = self.feed.publish(picture.clone(), into);
        for delta in batch.into_iter().flat_map(|batch| batch.deltas) {
            match delta {
                Delta::Upsert { value } => {
                    self.shown.insert(value.id().clone(), value);
                }
                Delta::Remove { id, .. } => {
                    assert!(
                        self.shown.remove(&id).is_some(),
                        "removed what was not shown"
                    );
                }
            }
        }
        assert_eq!(self.shown, picture, "deltas are not the picture");
    }
}

fn board() -> Board {
    let place = Place {
        me: Some("101".to_owned()),
        context: "internal".to_owned(),
        conferences: vec!["680".to_owned()],
        voicemail: None,
    };
    Board::new(PbxId::new("pbx").expect("a PBX id"), place)
}

/// Items carry an ActionID; a list begins and ends where the dice say, since nobody asked for any.
fn take(board: &mut Board, frame: &Frame, now: u64, dice: &mut Dice) {
    let event = Event::read(frame);
    let list = List::SYNC[dice.roll(List::SYNC.len())];
    match (frame.event(), frame.get("EventList"), frame.get("ActionID")) {
        (None, _, _) => board.list_asked(list),
        (Some(_), Some(_), _) => board.list_done(list, now),
        (Some(_), None, Some(_)) => board.apply_item(&event, now),
        (Some(_), None, None) => board.apply(&event, now),
    }
}

fuzz_target!(|data: &[u8]| {
    let mut dice = dice(data);
    let mut reader = FrameReader::new(Limits::default());
    let mut board = board();
    let mut window = Window {
        feed: Feed::new(),
        shown: Picture::new(),
    };
    let mut now = 1_795_000_000_000;
    reader.push(data);
    while let Some(read) = reader.next_frame() {
        if let Read::Frame(frame) = read {
            now += dice.roll(2000) as u64;
            take(&mut board, &frame, now, &mut dice);
            if dice.roll(4) == 0 {
                window.look(&board);
            }
        }
    }
    window.look(&board);
    for list in List::SYNC {
        board.list_asked(list);
        board.list_done(list, now);
    }
    window.look(&board);
    assert_eq!(board.kept(), 0, "ghosts");
});
