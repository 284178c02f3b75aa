//! A recorded call as a pattern: the frames of a transcript with everything that differs from call to call taken out.

use lab::people::PEOPLE;

/// What differs from call to call. The number says which of its kind within the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The eight hexadecimal digits at the end of a channel's name.
    Counter(usize),
    /// A channel's Uniqueid.
    Uniqueid(usize),
    /// A Uniqueid that the one who originated the call chose.
    Chosen(usize),
    /// A bridge's UUID.
    Bridge(usize),
    /// The bridge of the parking lot: one for all calls, and it stays.
    Lot,
    /// A phone's number.
    Phone(usize),
    /// The group number that rings this phone.
    Group(usize),
    /// The name of the person at this phone.
    Person(usize),
    /// The number of the caller outside.
    Outside,
    /// The name of the caller outside.
    OutsideName,
    /// A parking space.
    Space,
    /// A conference room.
    Room,
    /// The cost centre a call is accounted to.
    Account,
    /// The queue.
    Queue,
    /// The caller's place in it.
    Position,
    /// How many wait in it.
    Count,
}

/// A stretch of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// As recorded.
    Text(Vec<u8>),
    /// To be filled in.
    Slot(Slot),
}

/// What a frame does to the line of callers in its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// Nothing.
    Stays,
    /// The caller gets in line.
    Joins,
    /// The caller gets out of line.
    Leaves,
}

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Its text, with gaps.
    pub(crate) pieces: Vec<Piece>,
    /// Its effect on the queue.
    pub(crate) line: Line,
}

/// One recorded call.
#[derive(Debug, Default)]
pub(crate) struct Template {
    /// Its events, in the recorded order.
    pub(crate) frames: Vec<Frame>,
    /// The lab's phones that take part.
    pub(crate) phones: Vec<String>,
    counters: Vec<Vec<u8>>,
    uniqueids: Vec<Vec<u8>>,
    bridges: Vec<Vec<u8>>,
}

/// The event classes a desk asks for at its login (`desk`'s own mask).
const CLASSES: [&[u8]; 4] = [b"system,", b"call,", b"agent,", b"user,"];

/// How the Uniqueids begin that the recorder chose in its `Originate`s.
const CHOSEN: &[u8] = b"cord-";

impl Template {
    /// Reads a transcript: the events after the first picture, of the classes a desk sees.
    pub(crate) fn read(transcript: &[u8]) -> Self {
        let mut template = Self::default();
        let mut frame: Vec<&[u8]> = Vec::new();
        let mut begun = false;
        for line in transcript.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.starts_with(b"## ") {
                begun |= line == b"## mark synced";
            } else if !line.is_empty() {
                frame.push(line);
            } else if begun {
                template.take(&std::mem::take(&mut frame));
            } else {
                frame.clear();
            }
        }
        template
    }

    /// How many channels, ids and bridges one such call makes.
    pub(crate) fn sizes(&self) -> [usize; 3] {
        [
            self.counters.len(),
            self.uniqueids.len(),
            self.bridges.len(),
        ]
    }

    fn take(&mut self, lines: &[&[u8]]) {
        let value = |name: &[u8]| lines.iter().find_map(|line| line.strip_prefix(name));
        let Some(event) = lines
            .first()
            .and_then(|line| line.strip_prefix(b"Event: ".as_slice()))
        else {
            return;
        };
        let class = value(b"Privilege: ");
        if !class.is_some_and(|class| CLASSES.iter().any(|known| class.starts_with(known))) {
            return;
        }
        let queued = event.starts_with(b"QueueCaller");
        let lot = value(b"BridgeType: ") == Some(b"parking");
        let mut pieces = Pieces::default();
        for line in lines {
            match line.split(|byte| *byte == b':').next() {
                Some(name @ (b"Position" | b"OriginalPosition")) if queued => {
                    pieces.filled(name, Slot::Position)
                }
                Some(name @ b"Count") if queued => pieces.filled(name, Slot::Count),
                Some(name @ b"BridgeUniqueid") if lot => pieces.filled(name, Slot::Lot),
                Some(name) if name.ends_with(b"AccountCode") => pieces.filled(name, Slot::Account),
                _ => self.scan(line, &mut pieces),
            }
            pieces.text(b"\r\n");
        }
        pieces.text(b"\r\n");
        let line = match event {
            b"QueueCallerJoin" => Line::Joins,
            b"QueueCallerLeave" => Line::Leaves,
            _ => Line::Stays,
        };
        self.frames.push(Frame {
            pieces: pieces.0,
            line,
        });
    }

    fn scan(&mut self, line: &[u8], pieces: &mut Pieces) {
        let mut at = 0;
        while at < line.len() {
            let before = at
                .checked_sub(1)
                .and_then(|at| line.get(at))
                .copied()
                .unwrap_or(b' ');
            match self.slot(before, line, at) {
                Some((slot, length)) => {
                    pieces.0.push(Piece::Slot(slot));
                    at += length;
                }
                // The lab's context is shorter than those of most offices.
                None if line[at..].starts_with(b"internal") && matches!(before, b' ' | b'@') => {
                    pieces.text(b"from-internal");
                    at += b"internal".len();
                }
                None => {
                    pieces.text(&line[at..=at]);
                    at += 1;
                }
            }
        }
    }

    /// What begins at `at`, and how long it is.
    fn slot(&mut self, before: u8, line: &[u8], at: usize) -> Option<(Slot, usize)> {
        let rest = &line[at..];
        if before == b'-' && line[..at].contains(&b'/') {
            let length = run(rest, |byte| byte.is_ascii_hexdigit());
            if length == 8 {
                let key = [&line[..at], &rest[..8]].concat();
                let name = key
                    .iter()
                    .position(|byte| *byte == b' ')
                    .map_or(0, |blank| blank + 1);
                return Some((Slot::Counter(index(&mut self.counters, &key[name..])), 8));
            }
        }
        if before.is_ascii_alphanumeric() || matches!(before, b'.' | b'+' | b'-') {
            return None;
        }
        if rest.get(8) == Some(&b'-')
            && run(rest, |byte| byte.is_ascii_hexdigit() || byte == b'-') == 36
        {
            return Some((Slot::Bridge(index(&mut self.bridges, &rest[..36])), 36));
        }
        if let Some(number) = rest.strip_prefix(CHOSEN) {
            let length = CHOSEN.len() + run(number, |byte| byte.is_ascii_digit());
            let at = index(&mut self.uniqueids, &rest[..length]);
            return Some((Slot::Chosen(at), length));
        }
        let digits = run(rest, |byte| byte.is_ascii_digit());
        match (digits, rest.get(digits)) {
            (10, Some(b'.')) => {
                let length = 11 + run(&rest[11..], |byte| byte.is_ascii_digit());
                Some((
                    Slot::Uniqueid(index(&mut self.uniqueids, &rest[..length])),
                    length,
                ))
            }
            (3, next) if !next.is_some_and(u8::is_ascii_alphanumeric) => {
                Some((self.number(&rest[..3])?, 3))
            }
            _ => self.word(rest),
        }
    }

    fn number(&mut self, digits: &[u8]) -> Option<Slot> {
        let text = std::str::from_utf8(digits).ok()?;
        match text.parse::<u16>().ok()? {
            100 => Some(Slot::Group(self.phone("101"))),
            101..=120 => Some(Slot::Phone(self.phone(text))),
            680..=689 => Some(Slot::Room),
            701..=720 | 751..=760 => Some(Slot::Space),
            _ => None,
        }
    }

    fn word(&mut self, rest: &[u8]) -> Option<(Slot, usize)> {
        let fixed: [(&[u8], Slot); 4] = [
            (b"+49301234567", Slot::Outside),
            (b"Jane Doe", Slot::OutsideName),
            (b"sales", Slot::Queue),
            (b"support", Slot::Queue),
        ];
        if let Some((word, slot)) = fixed.into_iter().find(|(word, _)| rest.starts_with(word)) {
            return Some((slot, word.len()));
        }
        let (number, name) = PEOPLE[1..]
            .iter()
            .find(|(_, name)| rest.starts_with(name.as_bytes()))?;
        Some((Slot::Person(self.phone(number)), name.len()))
    }

    fn phone(&mut self, number: &str) -> usize {
        let known = self.phones.iter().position(|known| known == number);
        known.unwrap_or_else(|| {
            self.phones.push(number.to_owned());
            self.phones.len() - 1
        })
    }
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn text(&mut self, bytes: &[u8]) {
        match self.0.last_mut() {
            Some(Piece::Text(text)) => text.extend_from_slice(bytes),
            Some(Piece::Slot(_)) | None => self.0.push(Piece::Text(bytes.to_vec())),
        }
    }

    fn filled(&mut self, name: &[u8], slot: Slot) {
        self.text(name);
        self.text(b": ");
        self.0.push(Piece::Slot(slot));
    }
}

fn run(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| belongs(**byte)).count()
}

fn index(known: &mut Vec<Vec<u8>>, key: &[u8]) -> usize {
    let found = known.iter().position(|old| old == key);
    found.unwrap_or_else(|| {
        known.push(key.to_vec());
        known.len() - 1
    })
}
