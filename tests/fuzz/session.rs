//! Any bytes into a session, in any pieces, with deadlines, actions and answers between them: no panic, one end at most, and silence
//! after it. Actions are often answered as a PBX would, so that the fuzzer gets past the login.
#![no_main]

use std::time::{Duration, Instant};

use ami::action::List;
use ami::{Login, Method, Secret, Session, SessionEvent};
use libfuzzer_sys::fuzz_target;
use pieces::{Dice, dice, pieces};
use uuid::Uuid;

/// The session, and what it has said about itself.
struct Desk {
    session: Session,
    now: Instant,
    over: bool,
}

impl Desk {
    fn new(dice: &mut Dice) -> Self {
        let methods = [Method::Challenge, Method::ChallengeOrPlain, Method::Plain];
        let login = Login {
            user: "cordboard".to_owned(),
            secret: Secret::new("secret".to_owned()),
            method: methods[dice.roll(3)],
            events: "on".to_owned(),
        };
        let now = Instant::now();
        Self {
            session: Session::new(login, Uuid::nil(), now),
            now,
            over: false,
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.session.receive(bytes, self.now);
        self.listen();
    }

    fn listen(&mut self) {
        while let Some(event) = self.session.poll_event() {
            assert!(!self.over, "{event:?} after the end");
            self.over = matches!(event, SessionEvent::Over(_));
        }
        assert!(!self.over || self.session.poll_timeout().is_none());
    }

    /// The PBX answers what has been written, as it should or in part.
    fn answer(&mut self, dice: &mut Dice) {
        while let Some(bytes) = self.session.poll_transmit() {
            let text = String::from_utf8(bytes).expect("actions are text");
            let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
            let id = value("ActionID: ").expect("every action has an id");
            let answer = match (value("Action: "), dice.roll(8)) {
                (_, 0) => continue,
                (_, 1) => format!(
                    "Response: Error\r\nActionID: {id}\r\nMessage: Permission denied\r\n\r\n"
                ),
                (Some("Challenge"), _) => {
                    format!("Response: Success\r\nActionID: {id}\r\nChallenge: 123456789\r\n\r\n")
                }
                (Some("Login" | "Ping" | "Logoff"), _) | (None, _) => {
                    format!("Response: Success\r\nPing: Pong\r\nActionID: {id}\r\n\r\n")
                }
                (Some(_), _) => format!(
                    "Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n\
                     Event: CoreShowChannel\r\nActionID: {id}\r\nUniqueid: 1.1\r\n\r\n\
                     Event: Complete\r\nActionID: {id}\r\nEventList: Complete\r\nListItems: 1\r\n\r\n"
                ),
            };
            for piece in pieces(answer.as_bytes(), dice) {
                self.hear(piece);
            }
        }
    }

    /// Time passes: to the next deadline, or a little.
    fn wait(&mut self, dice: &mut Dice) {
        let due = self.session.poll_timeout().filter(|_| dice.roll(2) == 0);
        let little = self.now + Duration::from_millis(dice.roll(900) as u64);
        self.now = due.unwrap_or(little).max(self.now);
        self.session.handle_timeout(self.now);
        self.listen();
    }
}

fuzz_target!(|data: &[u8]| {
    let mut dice = dice(data);
    let mut desk = Desk::new(&mut dice);
    if dice.roll(4) > 0 {
        desk.hear(b"Asterisk Call Manager/11.0.0\r\n");
    }
    for piece in pieces(data, &mut dice) {
        desk.answer(&mut dice);
        desk.hear(piece);
        match dice.roll(6) {
            0 => desk.wait(&mut dice),
            1 => {
                let list = List::SYNC[dice.roll(List::SYNC.len())];
                desk.session
                    .send(&list, desk.now)
                    .expect("lists are plain words");
            }
            2 => desk.session.set_brisk(dice.roll(2) == 0),
            3 if dice.roll(200) == 0 => desk.session.log_off(),
            _ => {}
        }
    }
    desk.answer(&mut dice);
});
