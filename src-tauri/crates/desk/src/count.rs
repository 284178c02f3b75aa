//! Counting what a PBX says, through session and board, until it hangs up: for measuring, without a picture.

use ami::{Event, Login, Method, Session, SessionEvent};
use board::{Board, Place};
use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

use crate::clock::Clock;
use crate::exchange::{CLASSES, link_error};
use crate::{LinkError, Profile, SharedDialer};

/// What came through one link.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Count {
    /// Events and list items since the login.
    pub events: u64,
    /// Bytes since the connection.
    pub bytes: u64,
    /// From the login to the end.
    pub seconds: f64,
    /// Channels left on the board.
    pub channels: usize,
    /// Calls left on the board.
    pub calls: usize,
}

/// Logs in, applies every event to a board until the PBX closes the connection, and says what is left. Never reconnects.
///
/// # Errors
/// Why the login did not come about.
pub async fn count_until_closed(
    profile: &Profile,
    secret: &ami::Secret,
    dialer: SharedDialer,
) -> Result<Count, LinkError> {
    let clock = Clock::start();
    let mut stream = dialer.dial().await?;
    let login = Login {
        user: profile.user.clone(),
        secret: secret.clone(),
        method: Method::ChallengeOrPlain,
        events: CLASSES.to_owned(),
    };
    let mut session = Session::new(login, Uuid::new_v4(), clock.now().std());
    let mut board = Board::new(profile.pbx.clone(), Place::default());
    let mut count = Count {
        events: 0,
        bytes: 0,
        seconds: 0.0,
        channels: 0,
        calls: 0,
    };
    let mut began = None;
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let due = session.poll_timeout().map(tokio::time::Instant::from_std);
        let read = tokio::select! {
            read = stream.read(&mut buffer) => Some(read.unwrap_or(0)),
            () = tokio::time::sleep_until(due.unwrap_or(clock.now().instant)), if due.is_some() => None,
        };
        let now = clock.now();
        match read {
            Some(0) => break,
            Some(bytes) => {
                count.bytes += bytes as u64;
                session.receive(&buffer[..bytes], now.std());
            }
            None => session.handle_timeout(now.std()),
        }
        while let Some(event) = session.poll_event() {
            match event {
                SessionEvent::LoggedIn => began = Some(now.instant),
                SessionEvent::Event(frame) | SessionEvent::Item(_, frame) => {
                    count.events += 1;
                    board.apply(&Event::read(&frame), now.millis);
                }
                SessionEvent::Over(over) => return Err(link_error(over)),
                SessionEvent::Greeted { .. }
                | SessionEvent::Booted { .. }
                | SessionEvent::Listed(..)
                | SessionEvent::Reply(..)
                | SessionEvent::Expired(_)
                | SessionEvent::Pong(_)
                | SessionEvent::Stray => {}
            }
        }
        while let Some(bytes) = session.poll_transmit() {
            if stream.write_all(&bytes).await.is_err() {
                break;
            }
        }
    }
    let Some(began) = began else {
        return Err(LinkError::ClosedEarly);
    };
    count.seconds = clock
        .now()
        .instant
        .saturating_duration_since(began)
        .as_secs_f64();
    count.channels = board.channel_count();
    count.calls = board.call_count();
    Ok(count)
}
