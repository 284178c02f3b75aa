//! Big boards do not stop the desk.

use std::time::Duration;

use board::{Ref, RefKind};

use crate::server::{Server, channel, hint};
use crate::watcher::Watcher;

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_channels_are_read_and_shown() {
    let server = Server::with(|script| {
        let items = (0..100_000).map(|number| {
            let one = channel(
                "CoreShowChannel",
                "103",
                &format!("1795200000.{number}"),
                "Application: Echo\nDuration: 00:00:10\n",
            );
            ("CoreShowChannels", one)
        });
        script.items.extend(items);
    });
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 100_000);
}

#[tokio::test(start_paused = true)]
async fn five_thousand_people_are_offered_and_asked_about_one_by_one() {
    let server = Server::with(|script| {
        script.commands.push("Getvar");
        script.items = (1000..6000)
            .map(|number| ("ExtensionStateList", hint(&number.to_string(), 0)))
            .collect();
    });
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    let from = Ref::extension(&desk::pbx_id("lab"), "1001", "hints");
    let offers = desk.offers(from).await.expect("runs");
    assert_eq!(
        offers.offers[0].targets.len(),
        5_000,
        "4,999 people and a room"
    );
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.count("Getvar"), 5_000);
}
