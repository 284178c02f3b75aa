//! A trap in a link to AMI: the link ends, or falls silent, at one exact place of one exchange.

/// Where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before a byte of the action has reached Asterisk.
    Before,
    /// With half of the action at Asterisk: it must not act on it.
    Inside,
    /// Asterisk has the action, and nobody hears what it says.
    After,
    /// Its answer has come, and nothing after it.
    Answered,
    /// The answer and all news have come, up to the first of these events.
    News(&'static str),
}

/// What becomes of the link there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Both sides see its end.
    Cut,
    /// It stays open, and nothing more passes: who is killed now leaves the exchange exactly there.
    Silence,
    /// The action waits, and everything with it, until the link passes again.
    Pause,
}

/// A trap waits for one action, and is sprung once.
#[derive(Clone, Debug)]
pub(crate) struct Trap {
    action: &'static str,
    place: Place,
    pub(crate) end: End,
    /// The action's ActionID, once it has been written.
    id: Option<String>,
}

/// What becomes of a piece of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It passes.
    Pass,
    /// So many bytes of it pass, and then the link ends.
    End(usize),
    /// It passes when the link does again.
    Pause,
}

impl Trap {
    pub(crate) fn new(action: &'static str, place: Place, end: End) -> Self {
        Self {
            action,
            place,
            end,
            id: None,
        }
    }

    /// What a client writes.
    pub(crate) fn outward(&mut self, bytes: &[u8]) -> Verdict {
        let text = String::from_utf8_lossy(bytes);
        let Some(start) = text.find(&format!("Action: {}\r\n", self.action)) else {
            return Verdict::Pass;
        };
        if self.end == End::Pause {
            return Verdict::Pause;
        }
        let end = text[start..]
            .find("\r\n\r\n")
            .map_or(bytes.len(), |length| start + length + 4);
        let id = text[start..end]
            .lines()
            .find_map(|line| line.strip_prefix("ActionID: "));
        self.id = id.map(str::to_owned);
        match self.place {
            Place::Before => Verdict::End(start),
            Place::Inside => Verdict::End(start + (end - start) / 2),
            Place::After => Verdict::End(end),
            Place::Answered | Place::News(_) => Verdict::Pass,
        }
    }

    /// What Asterisk says.
    pub(crate) fn inward(&mut self, bytes: &[u8]) -> Verdict {
        let Some(id) = &self.id else {
            return Verdict::Pass;
        };
        let text = String::from_utf8_lossy(bytes);
        let found = match self.place {
            Place::Answered => text.find(&format!("ActionID: {id}\r\n")).map(|at| {
                let rest = text[at..].find("\r\n\r\n");
                rest.map_or(bytes.len(), |length| at + length + 4)
            }),
            Place::News(event) => text.find(&format!("Event: {event}\r\n")),
            Place::Before | Place::Inside | Place::After => None,
        };
        found.map_or(Verdict::Pass, Verdict::End)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PING: &[u8] = b"Action: Ping\r\nActionID: 1\r\n\r\n";
    const PARK: &[u8] = b"Action: Park\r\nActionID: 2\r\n\r\n";

    #[test]
    fn only_the_action_that_is_waited_for_springs_it() {
        let mut trap = Trap::new("Park", Place::Before, End::Cut);
        assert_eq!(trap.outward(PING), Verdict::Pass);
        assert_eq!(trap.outward(PARK), Verdict::End(0));
        let mut pause = Trap::new("Park", Place::Before, End::Pause);
        assert_eq!(pause.outward(PING), Verdict::Pass);
        assert_eq!(pause.outward(PARK), Verdict::Pause);
        let both = [PING, PARK].concat();
        let mut trap = Trap::new("Park", Place::After, End::Cut);
        assert_eq!(trap.outward(&both), Verdict::End(both.len()));
    }

    #[test]
    fn an_answer_passes_whole_and_news_not_at_all() {
        let mut trap = Trap::new("Park", Place::Answered, End::Cut);
        let answer = b"Response: Success\r\nActionID: 2\r\n\r\n";
        assert_eq!(trap.inward(answer), Verdict::Pass);
        assert_eq!(trap.outward(PARK), Verdict::Pass);
        let more = [&answer[..], b"Event: ParkedCall\r\n\r\n"].concat();
        assert_eq!(trap.inward(&more), Verdict::End(answer.len()));
        let mut trap = Trap::new("Park", Place::News("ParkedCall"), End::Cut);
        assert_eq!(trap.outward(PARK), Verdict::Pass);
        assert_eq!(trap.inward(&more), Verdict::End(answer.len()));
    }
}
