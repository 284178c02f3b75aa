//! Recordings of calls: no list tells of one, so what was seen before a gap is remembered, and said to be no more than that.

use board::view::Recorded;
use board::{Ref, RefKind, Thing};
use desk::Tile;
use operator::{Intent, Verb};
use uuid::Uuid;

use crate::server::{Server, channel, talk};
use crate::watcher::Watcher;

const CALLER: &str = "1795200000.2";

fn caller() -> Ref {
    Ref::new(RefKind::Leg, &desk::pbx_id("lab"), CALLER)
}

fn recorded(watcher: &Watcher) -> Option<Recorded> {
    let mut calls = watcher.tiles.values().filter_map(|tile| match tile {
        Tile::Board(Thing::Call(call)) => Some(call),
        Tile::Board(_) | Tile::Desk(_) => None,
    });
    let leg = calls.find_map(|call| call.legs.iter().find(|leg| leg.id == caller()));
    leg?.recorded
}

#[tokio::test(start_paused = true)]
async fn what_was_recorded_when_the_link_was_lost_perhaps_still_is_and_can_be_ended() {
    let server = Server::with(|script| {
        script.items.extend(talk());
        script.commands.extend(["MixMonitor", "StopMixMonitor"]);
    });
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    let news = |event: &str| server.say(&(channel(event, "102", CALLER, "") + "\n"));
    news("MixMonitorStart");
    let sure = |watcher: &Watcher| recorded(watcher).is_some_and(|known| !known.unsure);
    watcher.until("recorded", sure).await;
    server.cut();
    let unsure = |watcher: &Watcher| recorded(watcher).is_some_and(|known| known.unsure);
    watcher.until("perhaps still recorded", unsure).await;
    watcher.live("lab").await;
    let wish = Intent::new(Uuid::new_v4(), Verb::StopRecording, caller());
    assert_eq!(desk.perform(wish.clone()).await, Ok(Ok(wish.id)));
    watcher
        .until("written", |_| server.count("StopMixMonitor") == 1)
        .await;
    news("MixMonitorStop");
    watcher
        .until("ended", |watcher| recorded(watcher).is_none())
        .await;
}
