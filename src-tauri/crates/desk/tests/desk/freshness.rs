//! How fresh the picture is: measured by what the PBX answers, not by what it sends.

use std::time::Duration;

use desk::{LinkError, Status};

use crate::server::{Instead, Server, channel};
use crate::watcher::Watcher;

async fn live(server: &Server) -> (desk::Desk, Watcher) {
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (desk, watcher)
}

#[tokio::test(start_paused = true)]
async fn the_time_a_ping_takes_is_shown() {
    let server = Server::with(|script| script.pong_after = Some(Duration::from_millis(120)));
    let (_desk, mut watcher) = live(&server).await;
    watcher.for_seconds(5).await;
    assert_eq!(watcher.pbx("lab").and_then(|pbx| pbx.lag), Some(120));
    server.change(|script| script.unreachable = true);
    server.cut();
    watcher.lost("lab").await;
    assert_eq!(watcher.pbx("lab").and_then(|pbx| pbx.lag), None);
}

#[tokio::test(start_paused = true)]
async fn events_without_answers_are_old_news_and_the_link_is_given_up() {
    let server = Server::default();
    let (_desk, mut watcher) = live(&server).await;
    server.change(|script| {
        script.instead = vec![("Ping", Instead::Silence)];
        script.unreachable = true;
    });
    for number in 0..10 {
        if watcher.status("lab") == Some(Status::Live) {
            let uniqueid = format!("1795200000.{number}");
            server.say(&(channel("Newchannel", "103", &uniqueid, "") + "\n"));
        }
        watcher.for_seconds(1).await;
    }
    let status = watcher.status("lab");
    assert!(
        matches!(
            status,
            Some(Status::Lost {
                reason: LinkError::Silence | LinkError::ConnectionRefused,
                ..
            })
        ),
        "{status:?}"
    );
}
