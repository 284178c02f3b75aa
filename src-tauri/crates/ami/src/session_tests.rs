use super::*;
use crate::action::List;
use crate::value::Value;

struct Pbx {
    session: Session,
    now: Instant,
}

impl Pbx {
    fn new(method: Method) -> Self {
        let login = Login {
            user: "desk".into(),
            secret: Secret::new("mysecret".into()),
            method,
            events: "call".into(),
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "an Instant has no other beginning"
        )]
        let now = Instant::now();
        Self {
            session: Session::new(login, Uuid::nil(), now),
            now,
        }
    }

    fn logged_in() -> Self {
        let mut pbx = Self::new(Method::Plain);
        pbx.says("Asterisk Call Manager/11.0.0\r\n");
        let id = pbx.asked("Login");
        pbx.says(&format!(
            "Response: Success\r\nActionID: {id}\r\nMessage: Authentication accepted\r\n\r\n"
        ));
        pbx.news();
        pbx
    }

    fn says(&mut self, text: &str) {
        self.session.receive(text.as_bytes(), self.now);
    }

    fn after(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        self.session.handle_timeout(self.now);
    }

    /// The ActionID of the action that was just sent.
    fn asked(&mut self, action: &str) -> String {
        let bytes = self.session.poll_transmit().expect("something was sent");
        let frame = Frame::parse(&bytes).expect("a frame");
        assert_eq!(
            frame.get("Action").map(Value::text).as_deref(),
            Some(action)
        );
        frame
            .get("ActionID")
            .map(Value::text)
            .expect("an ActionID")
            .into_owned()
    }

    fn news(&mut self) -> Vec<SessionEvent> {
        std::iter::from_fn(|| self.session.poll_event()).collect()
    }

    fn send(&mut self, action: &impl Action) -> ActionId {
        self.session.send(action, self.now).expect("encodes")
    }
}

#[test]
fn a_challenge_is_answered_without_the_secret() {
    let mut pbx = Pbx::new(Method::Challenge);
    pbx.says("Asterisk Call Manager/11.0.0\r\n");
    let id = pbx.asked("Challenge");
    pbx.says(&format!(
        "Response: Success\r\nActionID: {id}\r\nChallenge: 123456789\r\n\r\n"
    ));
    let bytes = pbx.session.poll_transmit().expect("a login");
    let text = String::from_utf8(bytes).expect("text");
    assert!(
        text.contains("Key: aba26d296bb0ae595d7c90fb8e38e67e\r\n") && !text.contains("mysecret")
    );
    assert!(text.contains("Events: call\r\n"));
}

#[test]
fn a_refused_login_says_why() {
    for (message, over) in [
        ("Authentication failed", Over::WrongSecret),
        ("Login Already In Use", Over::AlreadyLoggedIn),
    ] {
        let mut pbx = Pbx::new(Method::Plain);
        pbx.says("Asterisk Call Manager/2.0\r\n");
        let id = pbx.asked("Login");
        pbx.news();
        pbx.says(&format!(
            "Response: Error\r\nActionID: {id}\r\nMessage: {message}\r\n\r\n"
        ));
        assert_eq!(pbx.news(), [SessionEvent::Over(over)]);
        assert_eq!(pbx.session.poll_timeout(), None);
    }
}

#[test]
fn something_else_on_the_port_is_told_by_its_first_bytes() {
    for (bytes, greeting) in [
        ("SSH-2.0-OpenSSH_9\r\n", "SSH-2.0-OpenSSH_9"),
        ("HTTP/1.1 400", "HTTP/1.1 400"),
        ("\x15\x03\x01", ""),
    ] {
        let mut pbx = Pbx::new(Method::Plain);
        pbx.says(bytes);
        assert_eq!(
            pbx.news(),
            [SessionEvent::Over(Over::NotAmi {
                greeting: greeting.into()
            })],
            "{bytes:?}"
        );
    }
}

#[test]
fn a_greeting_that_never_comes_ends_the_session() {
    let mut pbx = Pbx::new(Method::Plain);
    pbx.says("Asterisk Ca");
    pbx.after(3);
    assert_eq!(pbx.news(), [SessionEvent::Over(Over::NoGreeting)]);
}

#[test]
fn fully_booted_is_told_or_waited_for_three_seconds() {
    let mut pbx = Pbx::logged_in();
    pbx.says("Event: FullyBooted\r\nPrivilege: system,all\r\n\r\n");
    assert_eq!(pbx.news()[0], SessionEvent::Booted { told: true });
    let mut pbx = Pbx::logged_in();
    pbx.after(3);
    assert_eq!(pbx.news(), [SessionEvent::Booted { told: false }]);
}

#[test]
fn list_items_are_told_from_live_events_of_the_same_name() {
    let mut pbx = Pbx::logged_in();
    let id = pbx.send(&List::ParkedCalls);
    pbx.says(&format!(
        "Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n"
    ));
    pbx.says("Event: ParkedCall\r\nParkingSpace: 702\r\n\r\n");
    pbx.says(&format!(
        "Event: ParkedCall\r\nActionID: {id}\r\nParkingSpace: 701\r\n\r\n"
    ));
    pbx.says(&format!("Event: ParkedCallsComplete\r\nActionID: {id}\r\nEventList: Complete\r\nListItems: 1\r\n\r\n"));
    let news = pbx.news();
    assert!(matches!(&news[0], SessionEvent::Event(_)));
    assert!(matches!(&news[1], SessionEvent::Item(item, _) if *item == id));
    assert_eq!(news[2], SessionEvent::Listed(id, Listing::Complete));
    assert_eq!(news.len(), 3);
}

#[test]
fn empty_comes_in_three_forms() {
    let mut pbx = Pbx::logged_in();
    let (list, error, bare) = (
        pbx.send(&List::Channels),
        pbx.send(&List::Conferences),
        pbx.send(&List::Devices),
    );
    pbx.says(&format!("Response: Success\r\nActionID: {list}\r\nEventList: start\r\n\r\nEvent: E\r\nActionID: {list}\r\nEventList: Complete\r\n\r\n"));
    pbx.says(&format!(
        "Response: Error\r\nActionID: {error}\r\nMessage: No active conferences.\n\r\n\r\n"
    ));
    pbx.says(&format!(
        "Response: Success\r\nActionID: {bare}\r\nMessage: nothing\r\n\r\n"
    ));
    let refused = Listing::Refused {
        message: "No active conferences.".into(),
    };
    let expected = [
        (list, Listing::Complete),
        (error, refused),
        (bare, Listing::Empty),
    ];
    assert_eq!(
        pbx.news(),
        expected.map(|(id, listing)| SessionEvent::Listed(id, listing))
    );
}

#[test]
fn an_originate_response_is_an_event_although_it_has_our_action_id() {
    let mut pbx = Pbx::logged_in();
    let id = pbx.send(&List::Channels);
    pbx.says(&format!(
        "Event: OriginateResponse\r\nActionID: {id}\r\nResponse: Failure\r\nReason: 3\r\n\r\n"
    ));
    assert!(matches!(&pbx.news()[..], [SessionEvent::Event(_)]));
}

#[test]
fn answers_have_deadlines_and_unknown_ones_are_stray() {
    let mut pbx = Pbx::logged_in();
    let id = pbx.send(&List::Channels);
    pbx.says("Response: Success\r\nActionID: somebody-else\r\n\r\n");
    assert_eq!(pbx.news(), [SessionEvent::Stray]);
    pbx.after(10);
    assert!(pbx.news().contains(&SessionEvent::Expired(id)));
}

#[test]
fn silence_after_a_ping_is_death_within_eight_seconds_and_an_answer_is_life() {
    let mut pbx = Pbx::logged_in();
    pbx.after(2);
    let id = pbx.asked("Ping");
    pbx.says(&format!(
        "Response: Success\r\nActionID: {id}\r\nPing: Pong\r\n\r\n"
    ));
    assert_eq!(pbx.news(), [SessionEvent::Pong(Duration::ZERO)]);
    pbx.after(2);
    pbx.asked("Ping");
    pbx.after(5);
    assert!(
        !pbx.news()
            .iter()
            .any(|news| matches!(news, SessionEvent::Over(_)))
    );
    pbx.after(1);
    assert_eq!(pbx.news(), [SessionEvent::Over(Over::Silence)]);
}

#[test]
fn events_are_no_answer_and_the_items_of_a_list_are() {
    let mut pbx = Pbx::logged_in();
    pbx.after(3);
    pbx.asked("Ping");
    let list = pbx.send(&List::Channels);
    pbx.says(&format!(
        "Response: Success\r\nActionID: {list}\r\nEventList: start\r\n\r\n"
    ));
    for _ in 0..5 {
        pbx.after(3);
        pbx.says(&format!(
            "Event: CoreShowChannel\r\nActionID: {list}\r\n\r\n"
        ));
    }
    assert!(!pbx.news().contains(&SessionEvent::Over(Over::Silence)));
    for _ in 0..2 {
        pbx.after(3);
        pbx.says("Event: Hold\r\n\r\n");
    }
    assert!(pbx.news().contains(&SessionEvent::Over(Over::Silence)));
}

#[test]
fn a_check_is_asked_at_once_and_only_its_own_answer_counts() {
    let mut pbx = Pbx::logged_in();
    pbx.after(2);
    let earlier = pbx.asked("Ping");
    pbx.session.check(pbx.now);
    let own = pbx.asked("Ping");
    let answer = |id: &str| format!("Response: Success\r\nActionID: {id}\r\nPing: Pong\r\n\r\n");
    pbx.says(&answer(&earlier));
    assert_eq!(pbx.news(), [SessionEvent::Stray]);
    pbx.says(&answer(&own));
    assert_eq!(pbx.news(), [SessionEvent::Pong(Duration::ZERO)]);
}

#[test]
fn an_action_out_of_a_file_gets_its_reply_and_the_list_that_it_begins() {
    let mut pbx = Pbx::logged_in();
    let file = b"Action: QueueStatus\n\nAction: Ping\n\nAction: Nonsense\n";
    let actions = crate::script::parse(file).expect("a file");
    let within = Duration::from_secs(3);
    let ids: Vec<_> = actions
        .iter()
        .map(|action| pbx.session.send_scripted(action, within, pbx.now))
        .collect();
    for name in ["QueueStatus", "Ping", "Nonsense"] {
        pbx.asked(name);
    }
    pbx.says(&format!(
        "Response: Success\r\nActionID: {0}\r\nEventList: start\r\n\r\n\
         Event: QueueParams\r\nActionID: {0}\r\nQueue: sales\r\n\r\n\
         Event: QueueStatusComplete\r\nActionID: {0}\r\nEventList: Complete\r\n\r\n\
         Response: Success\r\nActionID: {1}\r\nPing: Pong\r\n\r\n",
        ids[0], ids[1]
    ));
    let news = pbx.news();
    assert!(
        matches!(
            &news[..],
            [
                SessionEvent::Reply(first, Reply { accepted: true, .. }),
                SessionEvent::Item(item, _),
                SessionEvent::Listed(end, Listing::Complete),
                SessionEvent::Reply(second, Reply { accepted: true, .. }),
            ] if [first, item, end] == [&ids[0]; 3] && second == &ids[1]
        ),
        "{news:?}"
    );
    pbx.after(3);
    let expired = SessionEvent::Expired(ids[2].clone());
    assert!(pbx.news().contains(&expired));
}
