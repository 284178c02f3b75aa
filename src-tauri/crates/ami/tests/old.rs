//! Sessions with servers older than Asterisk 13, by transcripts written by hand; and frames that are odd in any version.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use ami::action::List;
use ami::event::{ChannelEvent, QueueEvent};
use ami::session::Listing;
use ami::{
    Action, ActionId, Event, Frame, FrameReader, Limits, Login, Method, Permissions, Read, Request,
    Secret, Session, SessionEvent, Value,
};
use transcript::{Step, parse};
use uuid::Uuid;

#[path = "../../../../tests/lab/transcript.rs"]
mod transcript;

/// A session, and what the server's transcript calls its actions.
struct Line {
    session: Session,
    now: Instant,
    ids: BTreeMap<String, String>,
    news: Vec<SessionEvent>,
}

struct Other(&'static str);

impl Action for Other {
    fn request(&self) -> Request {
        Request::ack(self.0)
    }
}

impl Line {
    fn new(method: Method) -> Self {
        let login = Login {
            user: "cordboard".into(),
            secret: Secret::new("mysecret".into()),
            method,
            events: "on".into(),
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "an Instant has no other beginning"
        )]
        let now = Instant::now();
        Self {
            session: Session::new(login, Uuid::nil(), now),
            now,
            ids: BTreeMap::new(),
            news: Vec::new(),
        }
    }

    /// Plays a transcript: its actions are sent, its answers are given under the ids they really have.
    fn play(dialect: &str, scenario: &str, method: Method) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts/old");
        let path = folder.join(dialect).join(format!("{scenario}.ami"));
        let bytes =
            std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut line = Self::new(method);
        for step in parse(&bytes) {
            match step {
                Step::Sent {
                    action, action_id, ..
                } => line.asks(&action, action_id),
                Step::Server(bytes) => line.says(&String::from_utf8(bytes).expect("text")),
                Step::At(_) | Step::Mark(_) => {}
            }
        }
        line
    }

    /// Challenge, Login and Ping are the session's own and have been written already, or will be when due.
    fn asks(&mut self, action: &str, name: String) {
        let lists = List::SYNC.into_iter().chain([List::Status]);
        let list = lists.into_iter().find(|list| list.name() == action);
        let sent = match (list, action) {
            (Some(list), _) => self.session.send(&list, self.now),
            (None, "ListCommands") => self.session.send(&Other("ListCommands"), self.now),
            (None, "Command") => self.session.send(&Other("Command"), self.now),
            (None, _) => {
                if let Some(id) = self.written() {
                    self.ids.insert(name, id);
                }
                return;
            }
        };
        let id = sent.expect("encodes");
        self.written();
        self.ids.insert(name, id.as_str().to_owned());
    }

    /// The ActionID of what was just written.
    fn written(&mut self) -> Option<String> {
        let frame = Frame::parse(&self.session.poll_transmit()?)?;
        frame.get("ActionID").map(|id| id.text().into_owned())
    }

    fn says(&mut self, text: &str) {
        let named = text
            .lines()
            .find_map(|line| line.strip_prefix("ActionID: "));
        let known = named.and_then(|name| Some((name, self.ids.get(name)?)));
        let text = match known {
            Some((name, id)) => text.replace(
                &format!("ActionID: {name}\r\n"),
                &format!("ActionID: {id}\r\n"),
            ),
            None => text.to_owned(),
        };
        self.session.receive(text.as_bytes(), self.now);
        self.news
            .extend(std::iter::from_fn(|| self.session.poll_event()));
    }

    fn id(&self, name: &str) -> &str {
        self.ids.get(name).expect("an action of the transcript")
    }

    /// How a list went: its items by name, and its end.
    fn list(&self, name: &str) -> (Vec<String>, Option<&Listing>) {
        let id = self.id(name);
        let is_it = |other: &ActionId| other.as_str() == id;
        let items = self.news.iter().filter_map(|news| {
            let SessionEvent::Item(other, frame) = news else {
                return None;
            };
            frame.event().filter(|_| is_it(other))
        });
        let end = self.news.iter().find_map(|news| {
            let SessionEvent::Listed(other, listing) = news else {
                return None;
            };
            is_it(other).then_some(listing)
        });
        (items.map(|name| name.into_owned()).collect(), end)
    }

    fn reply(&self, name: &str) -> &ami::session::Reply {
        let id = self.id(name);
        let found = self.news.iter().find_map(|news| {
            let SessionEvent::Reply(other, reply) = news else {
                return None;
            };
            (other.as_str() == id).then_some(reply)
        });
        found.unwrap_or_else(|| panic!("no answer to {name}"))
    }

    fn has(&self, wanted: &SessionEvent) -> bool {
        self.news.contains(wanted)
    }
}

fn refused(listing: Option<&Listing>) -> bool {
    matches!(listing, Some(Listing::Refused { message }) if message == "Invalid/unknown command")
}

#[test]
fn a_login_at_asterisk_1_2_lists_what_there_is_and_ends_every_list() {
    let line = Line::play("1.0", "login", Method::Challenge);
    assert!(line.has(&SessionEvent::LoggedIn) && line.session.best_effort());
    let (channels, end) = line.list("sync-2");
    // Two of the four are linked, the first of them with one that was not listed yet: it is told again.
    assert_eq!((channels.len(), end), (5, Some(&Listing::Complete)));
    assert!(channels.iter().all(|name| name == "Status"));
    assert!(refused(line.list("sync-3").1) && refused(line.list("sync-6").1));
    assert_eq!(
        line.list("sync-4"),
        (vec!["ParkedCall".to_owned()], Some(&Listing::Complete))
    );
    let queue = ["QueueParams", "QueueMember", "QueueEntry"].map(str::to_owned);
    assert_eq!(
        line.list("sync-5"),
        (queue.to_vec(), Some(&Listing::Complete))
    );
    // Only the answer to a ping that this session has not sent.
    let strays = line
        .news
        .iter()
        .filter(|news| **news == SessionEvent::Stray);
    assert_eq!(strays.count(), 1);
}

#[test]
fn lists_without_marks_end_at_asterisk_1_8_and_12_as_well() {
    let line = Line::play("1.1", "login", Method::Challenge);
    for (list, items) in [("sync-1", 8), ("sync-3", 1), ("sync-4", 3), ("sync-5", 0)] {
        let (found, end) = line.list(list);
        assert_eq!(
            (found.len(), end),
            (items, Some(&Listing::Complete)),
            "{list}"
        );
    }
    assert!(refused(line.list("sync-2").1));
    let line = Line::play("2.0", "login", Method::Plain);
    for (list, items) in [("sync-1", 5), ("sync-2", 1), ("sync-3", 0), ("sync-4", 3)] {
        let (found, end) = line.list(list);
        assert_eq!(
            (found.len(), end),
            (items, Some(&Listing::Complete)),
            "{list}"
        );
    }
    assert!(!line.has(&SessionEvent::Stray) && line.session.best_effort());
}

#[test]
fn what_an_account_may_do_is_read_from_lines_of_text() {
    let line = Line::play("1.0", "login", Method::Challenge);
    let permissions = Permissions::read(&line.reply("act-3").frame);
    assert!(permissions.allow("Redirect") && permissions.allow("Status"));
    assert!(!permissions.allow("CoreShowChannels"));
}

#[test]
fn the_output_of_a_command_comes_back_line_by_line_and_decides_nothing() {
    let line = Line::play("1.0", "login", Method::Challenge);
    let reply = line.reply("act-5");
    let output: Vec<_> = reply.frame.all("Output").map(Value::text).collect();
    let expected = [
        "Asterisk 1.2.37 built by root @ pbx on a i686",
        "ActionID: of nobody",
        "",
        "Event: Hangup",
    ];
    assert!(reply.accepted);
    assert_eq!(output, expected);
    for (dialect, method) in [("1.1", Method::Challenge), ("2.0", Method::Plain)] {
        let line = Line::play(dialect, "login", method);
        assert!(line.reply("act-4").frame.get("Output").is_some());
    }
}

#[test]
fn asterisk_1_4_and_older_are_asked_for_channels_by_status() {
    for (greeting, action) in [("1.0", "Status"), ("1.1", "CoreShowChannels")] {
        let mut line = logged_in(greeting);
        let sent = line.session.send(&List::Channels, line.now);
        assert!(sent.is_ok());
        let bytes = line.session.poll_transmit().expect("an action");
        let frame = Frame::parse(&bytes).expect("a frame");
        assert_eq!(
            frame.get("Action").map(Value::text).as_deref(),
            Some(action)
        );
    }
}

#[test]
fn a_server_of_today_is_not_translated() {
    let mut line = logged_in("11.0.0");
    assert!(!line.session.best_effort());
    let text = "Event: Link\r\nChannel1: S/1-1\r\nUniqueid1: 1.1\r\n\r\n";
    line.says(text);
    let frame = Frame::parse(text.as_bytes()).expect("a frame");
    assert!(line.has(&SessionEvent::Event(frame)));
}

fn logged_in(greeting: &str) -> Line {
    let mut line = Line::new(Method::Plain);
    line.says(&format!("Asterisk Call Manager/{greeting}\r\n"));
    line.asks("Login", "login".to_owned());
    line.says("Response: Success\r\nActionID: login\r\nMessage: Authentication accepted\r\n\r\n");
    assert!(line.has(&SessionEvent::LoggedIn));
    line
}

/// The live events a session of this greeting makes of a text.
fn live(greeting: &str, text: &str) -> Vec<Frame> {
    let mut line = logged_in(greeting);
    line.news.clear();
    line.says(text);
    let frames = line.news.into_iter().filter_map(|news| {
        let SessionEvent::Event(frame) = news else {
            return None;
        };
        Some(frame)
    });
    frames.collect()
}

const GREETINGS: [&str; 4] = ["1.0", "1.1", "2.0.0", "11.0.0"];

#[test]
fn a_timestamp_and_a_system_s_name_change_nothing_in_any_dialect() {
    let text = "Event: Newchannel\r\nPrivilege: call,all\r\nTimestamp: 1300000000.123456\r\nSystemName: berlin-1\r\nSequenceNumber: 7\r\nFile: channel.c\r\nLine: 1342\r\nFunc: __ast_channel_alloc_ap\r\nChannel: SIP/101-1\r\nChannelState: 4\r\nCallerIDNum: 101\r\nExten: 102\r\nContext: internal\r\nUniqueid: berlin-1-1300000000.1\r\n\r\n";
    for greeting in GREETINGS {
        let frames = live(greeting, text);
        let [frame] = &frames[..] else {
            panic!("{greeting}: {frames:?}");
        };
        let stamp = frame.get("Timestamp").map(Value::text);
        assert_eq!(stamp.as_deref(), Some("1300000000.123456"), "{greeting}");
        let event = Event::read(frame);
        assert!(
            matches!(&event, Event::Channel(ChannelEvent::Newchannel(channel))
                if channel.uniqueid == "berlin-1-1300000000.1" && channel.exten.as_deref() == Some("102")),
            "{greeting}: {event:?}"
        );
    }
}

#[test]
fn variables_with_the_channel_in_their_name_are_kept_and_decide_nothing() {
    let text = "Event: Newchannel\r\nChanVariable(SIP/101-1): DIALSTATUS=\r\nChannel: SIP/101-1\r\nChannelState: 4\r\nUniqueid: 1.1\r\nChanVariable(SIP/101-1): CALLERID(num)=101\r\nChanVariable(SIP/101-1): X: Uniqueid: 9.9\r\n\r\n";
    for greeting in GREETINGS {
        let frames = live(greeting, text);
        let variables: Vec<_> = frames[0]
            .all("ChanVariable(SIP/101-1)")
            .map(|value| value.text().into_owned())
            .collect();
        let expected = ["DIALSTATUS=", "CALLERID(num)=101", "X: Uniqueid: 9.9"];
        assert_eq!(
            (frames.len(), &variables[..]),
            (1, &expected.map(str::to_owned)[..])
        );
        assert_eq!(
            frames[0].get("Uniqueid").map(Value::text).as_deref(),
            Some("1.1")
        );
    }
}

#[test]
fn odd_ends_of_messages_neither_split_nor_join_them() {
    let join = "Queue: s\r\nPosition: 1\r\nCount: 1\r\nChannel: SIP/1-1\r\nUniqueid: 1.1\r\n";
    for greeting in GREETINGS {
        for end in ["\r\n", "\n", "\r\n\n", "\r\n\r\n\r\n", "\n\n\r\n"] {
            let text = format!("Event: QueueCallerJoin\r\n{join}{end}Event: Two\r\nA: 1\r\n{end}");
            let frames = live(greeting, &text);
            assert_eq!(frames.len(), 2, "{greeting} {end:?}");
            let event = Event::read(&frames[0]);
            assert!(matches!(
                event,
                Event::Queue(QueueEvent::Join {
                    position: Some(1),
                    ..
                })
            ));
        }
    }
}

#[test]
fn a_bare_line_feed_inside_a_message_ends_a_line_and_no_message() {
    let text = "Event: Newstate\r\nChannel: SIP/1-1\nChannelState: 6\nUniqueid: 1.1\r\nMessage: said\n\r\n\r\nEvent: Two\n\n";
    for greeting in GREETINGS {
        let frames = live(greeting, text);
        let names: Vec<_> = frames.iter().filter_map(Frame::event).collect();
        assert_eq!(names, ["Newstate", "Two"], "{greeting}");
        assert_eq!(
            frames[0].get("Message").map(Value::text).as_deref(),
            Some("said")
        );
    }
}

#[test]
fn any_split_of_an_old_stream_gives_the_same_news() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/transcripts/old/1.0/login.ami");
    let steps = parse(&std::fs::read(path).expect("a transcript"));
    let bytes = transcript::server_bytes(&steps);
    let split = |size: usize| {
        let mut reader = FrameReader::new(Limits::default());
        let mut frames = Vec::new();
        for chunk in bytes.chunks(size) {
            reader.push(chunk);
            frames.extend(std::iter::from_fn(|| reader.next_frame()));
        }
        frames
    };
    let whole = split(bytes.len());
    assert!(whole.len() > 20 && !whole.contains(&Read::Skipped));
    assert!([1, 7, 100].into_iter().all(|size| split(size) == whole));
}
