//! Action files: one action after the other, each answered, none written twice.

use std::sync::Arc;
use std::time::Duration;

use ami::script::{ScriptAction, parse};
use desk::{
    Connection, Dialer, Dialing, LinkError, PracticePbx, ScriptOutcome, ScriptReport, Stream,
    Unanswered, run_script,
};
use practice::Practice;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream};

use crate::server::{Instead, Server};

const WITHIN: Duration = Duration::from_secs(4);

fn file(text: &str) -> Vec<ScriptAction> {
    parse(text.as_bytes()).expect(text)
}

async fn run(connection: Connection, text: &str) -> Result<Vec<(String, ScriptReport)>, LinkError> {
    let mut told = Vec::new();
    let tell = |action: &ScriptAction, report: &ScriptReport| {
        told.push((action.name().to_owned(), report.clone()));
    };
    run_script(connection, &file(text), WITHIN, tell).await?;
    Ok(told)
}

fn outcomes(told: &[(String, ScriptReport)]) -> Vec<ScriptOutcome> {
    told.iter()
        .map(|(_, report)| report.outcome.clone())
        .collect()
}

#[tokio::test]
async fn each_action_is_answered_and_lists_are_collected_whole() {
    let connection = Connection {
        profile: desk::practice_profile(),
        secret: desk::practice_secret(),
        dialer: Arc::new(PracticePbx::new(Practice::new(1))),
    };
    let text = "Action: Ping\n\nAction: QueueStatus\n\nAction: NoSuchThing\n\nAction: CoreStatus\n";
    let told = run(connection, text).await.expect("logged in");
    assert_eq!(
        outcomes(&told),
        [
            ScriptOutcome::Accepted,
            ScriptOutcome::Accepted,
            ScriptOutcome::Failed,
            ScriptOutcome::Accepted
        ]
    );
    let names: Vec<_> = told[1]
        .1
        .items
        .iter()
        .filter_map(|item| item.event())
        .collect();
    assert!(names.iter().any(|name| name == "QueueParams"), "{names:?}");
    let words = told[2]
        .1
        .reply
        .as_ref()
        .and_then(|reply| reply.get("Message"));
    let words = words.expect("an error's words").text();
    assert!(words.starts_with("Invalid/unknown command"), "{words}");
}

#[tokio::test(start_paused = true)]
async fn what_was_written_when_the_link_broke_is_unknown_and_the_rest_is_not_sent() {
    let server = Server::with(|script| script.instead = vec![("Redirect", Instead::Cut)]);
    let text = "Action: Ping\n\nAction: Redirect\nChannel: a\n\nAction: Hangup\nChannel: a\n";
    let told = run(server.connection("main"), text)
        .await
        .expect("logged in");
    assert_eq!(
        outcomes(&told),
        [
            ScriptOutcome::Accepted,
            ScriptOutcome::Unknown(Unanswered::Link(LinkError::Closed)),
            ScriptOutcome::NotSent
        ]
    );
    let sent = ["Redirect", "Hangup"].map(|name| server.count(name));
    assert_eq!((sent, server.dials()), ([1, 0], 1));
}

#[tokio::test(start_paused = true)]
async fn after_an_answer_that_stays_away_nothing_more_is_sent() {
    let server = Server::with(|script| script.instead = vec![("Redirect", Instead::Silence)]);
    let text = "Action: Redirect\nChannel: a\n\nAction: Hangup\nChannel: a\n";
    let told = run(server.connection("main"), text)
        .await
        .expect("logged in");
    assert_eq!(
        outcomes(&told),
        [
            ScriptOutcome::Unknown(Unanswered::Late),
            ScriptOutcome::NotSent
        ]
    );
    assert_eq!(server.count("Hangup"), 0);
}

#[tokio::test(start_paused = true)]
async fn without_a_login_nothing_is_sent() {
    let server = Server::with(|script| script.secret_is_right = false);
    let ended = run(server.connection("main"), "Action: Redirect\n").await;
    assert_eq!(ended.expect_err("refused"), LinkError::WrongSecret);
    let server = Server::with(|script| script.unreachable = true);
    let ended = run(server.connection("main"), "Action: Redirect\n").await;
    assert_eq!(ended.expect_err("refused"), LinkError::ConnectionRefused);
    assert_eq!(server.count("Redirect"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_not_told_when_the_pbx_has_started_waits_a_little() {
    let server = Server::with(|script| script.told_when_booted = false);
    let told = run(server.connection("main"), "Action: Ping\n").await;
    assert_eq!(
        outcomes(&told.expect("logged in")),
        [ScriptOutcome::Accepted]
    );
}

/// A PBX that lets one log in if it reads as far as that, and then holds the line and reads nothing more.
#[derive(Debug)]
struct Deaf {
    reads: bool,
}

impl Deaf {
    fn connection(self) -> Connection {
        Connection {
            profile: desk::practice_profile(),
            secret: desk::practice_secret(),
            dialer: Arc::new(self),
        }
    }
}

impl Dialer for Deaf {
    fn dial(&self) -> Dialing {
        // Whatever nobody reads fills it up.
        let (near, far) = tokio::io::duplex(64);
        let reads = self.reads;
        tokio::spawn(async move {
            let mut far = BufReader::new(far);
            lets_log_in(&mut far, reads).await.expect("a line");
            std::future::pending::<()>().await;
        });
        Box::pin(async move { Ok(Box::new(near) as Box<dyn Stream>) })
    }
}

async fn lets_log_in(line: &mut BufReader<DuplexStream>, reads: bool) -> std::io::Result<()> {
    line.write_all(b"Asterisk Call Manager/11.0.0\r\n").await?;
    let mut action = String::new();
    while reads && !action.contains("Action: Login") {
        action.clear();
        while !action.ends_with("\r\n\r\n") {
            line.read_line(&mut action).await?;
        }
        let id = action.lines().find(|line| line.starts_with("ActionID: "));
        let id = id.unwrap_or_default();
        let answer = format!("Response: Success\r\n{id}\r\nChallenge: 12345\r\n\r\n");
        line.write_all(answer.as_bytes()).await?;
    }
    if reads {
        line.write_all(b"Event: FullyBooted\r\nStatus: Fully Booted\r\n\r\n")
            .await?;
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_pbx_that_stops_reading_holds_nobody_up_and_what_was_half_written_is_unknown() {
    let far = "x".repeat(200);
    let text = format!("Action: Hangup\nChannel: {far}\n\nAction: Ping\n");
    let run = run(Deaf { reads: true }.connection(), &text);
    let told = tokio::time::timeout(WITHIN + Duration::from_millis(1), run).await;
    let told = told.expect("an end in time").expect("logged in");
    assert_eq!(
        outcomes(&told),
        [
            ScriptOutcome::Unknown(Unanswered::Unread),
            ScriptOutcome::NotSent
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_pbx_that_does_not_even_read_the_login_is_silent() {
    let ended = run(Deaf { reads: false }.connection(), "Action: Ping\n").await;
    assert_eq!(ended.expect_err("not logged in"), LinkError::Silence);
}
