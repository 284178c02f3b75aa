//! The net under the moves, on the feed: nobody who was sent is forgotten, and what must be done by itself is done once.

use std::time::Duration;

use board::{Ref, RefKind};
use desk::{Desk, DeskThing, Fault, Tile};
use operator::{CampBy, CampState, Intent, SentState, StuckVerdict, Verb};
use uuid::Uuid;

use crate::server::{Instead, Script, Server, channel, hint, talk};
use crate::watcher::Watcher;

const CALLER: &str = "1795200000.2";

async fn live(change: impl FnOnce(&mut Script)) -> (Server, Desk, Watcher) {
    live_under(change, |_| {}).await
}

/// A desk that keeps a journal, of which every write has to wait for the disk first.
async fn live_with_journal(folder: &std::path::Path) -> (Server, Desk, Watcher) {
    let server = Server::with(|script| script.items.extend(talk()));
    let desk = desk::start_in(folder);
    let connection = server.connection("lab");
    desk.connect(connection).await.expect("a running desk");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

async fn live_under(
    change: impl FnOnce(&mut Script),
    rules: impl FnOnce(&mut operator::Rules),
) -> (Server, Desk, Watcher) {
    let server = Server::with(|script| {
        script.items.extend(talk());
        change(script);
    });
    let mut connection = server.connection("lab");
    rules(&mut connection.profile.rules);
    let desk = desk::start();
    desk.connect(connection).await.expect("a running desk");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (server, desk, watcher)
}

fn leg() -> Ref {
    Ref::new(RefKind::Leg, &desk::pbx_id("lab"), CALLER)
}

fn person(number: &str) -> Ref {
    Ref::extension(&desk::pbx_id("lab"), number, "hints")
}

fn wish(verb: Verb, target: Option<Ref>) -> Intent {
    Intent {
        target,
        ..Intent::new(Uuid::new_v4(), verb, leg())
    }
}

/// Begun, and written.
async fn perform(server: &Server, desk: &Desk, watcher: &mut Watcher, wish: Intent) {
    let before = server.count("Redirect");
    desk.perform(wish).await.expect("runs").expect("begun");
    watcher
        .until("written", |_| server.count("Redirect") == before + 1)
        .await;
}

/// The caller as an event shows it, at an extension.
fn caller(event: &str, exten: &str, more: &str) -> String {
    channel(event, "102", CALLER, more).replace("Exten: 102", &format!("Exten: {exten}")) + "\n"
}

const DEST: &str = "DestChannel: PJSIP/103-00000009\nDestUniqueid: 1795200000.9\nDestChannelState: 5\nDialStatus: RINGING\n";

fn leaves_for(server: &Server, exten: &str) {
    server.say(&caller("BridgeLeave", exten, "BridgeUniqueid: b1\n"));
}

fn rings_103(server: &Server) {
    ring_of_103().iter().for_each(|event| server.say(event));
}

fn ring_of_103() -> [String; 3] {
    let phone = channel("Newchannel", "103", "1795200000.9", "");
    [
        phone.replace("ChannelState: 6", "ChannelState: 0") + "\n",
        caller("DialBegin", "103", DEST),
        caller("DialState", "103", DEST),
    ]
}

fn own(watcher: &Watcher, kind: RefKind) -> Option<&DeskThing> {
    let mut tiles = watcher.tiles.iter().filter(|(id, _)| id.kind == kind);
    tiles.find_map(|(_, tile)| match tile {
        Tile::Desk(thing) => Some(thing),
        Tile::Board(_) => None,
    })
}

fn sent(watcher: &Watcher) -> Option<(SentState, bool)> {
    let thing = own(watcher, RefKind::Sent)?;
    let DeskThing::Sent(view) = thing else {
        panic!("{thing:?}");
    };
    Some((view.state, view.overdue))
}

fn camp(watcher: &Watcher) -> Option<CampState> {
    let thing = own(watcher, RefKind::Camp)?;
    let DeskThing::Camp(view) = thing else {
        panic!("{thing:?}");
    };
    Some(view.state)
}

fn label(watcher: &Watcher) -> Option<String> {
    let thing = own(watcher, RefKind::Note)?;
    let DeskThing::Note(view) = thing else {
        panic!("{thing:?}");
    };
    view.label.clone()
}

#[tokio::test(start_paused = true)]
async fn who_is_sent_stays_in_sight_and_is_warned_of_over_a_lost_link() {
    let (server, desk, mut watcher) = live(|_| {}).await;
    let wish = wish(Verb::Transfer, Some(person("103")));
    perform(&server, &desk, &mut watcher, wish).await;
    leaves_for(&server, "103");
    rings_103(&server);
    watcher
        .until("rings", |watcher| {
            sent(watcher) == Some((SentState::Ringing, false))
        })
        .await;
    let dials = caller(
        "CoreShowChannel",
        "103",
        "Application: Dial\nApplicationData: PJSIP/103\nDuration: 00:00:40\n",
    );
    let rung = channel(
        "CoreShowChannel",
        "103",
        "1795200000.9",
        "Application: AppDial\nDuration: 00:00:10\n",
    );
    server.change(|script| {
        script.items.retain(|(list, _)| *list != "CoreShowChannels");
        let rung = rung.replace("ChannelState: 6", "ChannelState: 5");
        let items = [dials.trim_end().to_owned() + "\n", rung];
        script
            .items
            .extend(items.map(|item| ("CoreShowChannels", item)));
    });
    server.cut();
    watcher.lost("lab").await;
    assert!(sent(&watcher).is_some(), "as it was");
    watcher.live("lab").await;
    watcher
        .until("overdue", |watcher| {
            sent(watcher) == Some((SentState::Ringing, true))
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_caller_lost_on_the_way_is_told_until_it_is_read() {
    let (server, desk, mut watcher) = live(|_| {}).await;
    let wish = wish(Verb::Transfer, Some(person("103")));
    let by = wish.id;
    perform(&server, &desk, &mut watcher, wish).await;
    leaves_for(&server, "103");
    server.say(&caller(
        "Hangup",
        "103",
        "Cause: 34\nCause-txt: Circuit/channel congestion\n",
    ));
    watcher
        .until("lost", |watcher| own(watcher, RefKind::Lost).is_some())
        .await;
    let Some(DeskThing::Lost(view)) = own(&watcher, RefKind::Lost).cloned() else {
        panic!("a lost caller");
    };
    assert_eq!(
        (view.number.as_deref(), view.by, view.sure),
        (Some("102"), by, true)
    );
    assert_eq!(view.cause.as_deref(), Some("Circuit/channel congestion"));
    watcher.for_seconds(600).await;
    assert!(own(&watcher, RefKind::Lost).is_some());
    desk.dismiss(view.id).await.expect("runs");
    watcher
        .until("read", |watcher| own(watcher, RefKind::Lost).is_none())
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_caller_gone_after_a_link_lost_in_the_move_is_perhaps_lost() {
    let (server, desk, mut watcher) = live(|_| {}).await;
    let wish = wish(Verb::Transfer, Some(person("103")));
    server.change(|script| {
        script.items.retain(|(list, _)| *list != "CoreShowChannels");
        script.instead = vec![("Redirect", Instead::Cut)];
    });
    desk.perform(wish).await.expect("runs").expect("begun");
    watcher.lost("lab").await;
    server.change(|script| script.instead.clear());
    watcher.live("lab").await;
    watcher
        .until("lost", |watcher| own(watcher, RefKind::Lost).is_some())
        .await;
    let Some(DeskThing::Lost(view)) = own(&watcher, RefKind::Lost) else {
        panic!("a lost caller");
    };
    assert!(!view.sure);
}

/// 103 is on the phone, and the caller waits to music for it.
async fn camped(rules: impl FnOnce(&mut operator::Rules)) -> (Server, Desk, Watcher) {
    let busy = |script: &mut Script| {
        script
            .items
            .retain(|(_, item)| !item.contains("Exten: 103\n"));
        script.items.push(("ExtensionStateList", hint("103", 1)));
    };
    let (server, desk, mut watcher) = live_under(busy, rules).await;
    perform(
        &server,
        &desk,
        &mut watcher,
        wish(Verb::Camp, Some(person("103"))),
    )
    .await;
    leaves_for(&server, "601");
    server.say(&(channel("BridgeLeave", "101", "1795200000.1", "BridgeUniqueid: b1\n") + "\n"));
    server.say(&(channel("Hangup", "101", "1795200000.1", "Cause: 16\n") + "\n"));
    watcher
        .until("waits", |watcher| camp(watcher) == Some(CampState::Waiting))
        .await;
    (server, desk, watcher)
}

#[tokio::test(start_paused = true)]
async fn a_free_target_is_offered_and_nobody_is_moved() {
    let (server, _desk, mut watcher) = camped(|_| {}).await;
    server.say(&(hint("103", 0) + "\n"));
    watcher
        .until("free", |watcher| camp(watcher) == Some(CampState::Free))
        .await;
    watcher.for_seconds(10).await;
    assert_eq!(server.count("Redirect"), 1);
}

#[tokio::test(start_paused = true)]
async fn where_the_house_wants_it_the_caller_is_sent_once() {
    let (server, _desk, mut watcher) = camped(|rules| rules.camp = CampBy::Send).await;
    server.say(&(hint("103", 0) + "\n"));
    watcher
        .until("sending", |watcher| {
            camp(watcher) == Some(CampState::Sending)
        })
        .await;
    watcher
        .until("sent", |_| server.count("Redirect") == 2)
        .await;
    rings_103(&server);
    watcher
        .until("on the sent shelf", |watcher| {
            camp(watcher).is_none() && sent(watcher).is_some()
        })
        .await;
    watcher.for_seconds(30).await;
    assert_eq!(server.count("Redirect"), 2);
}

#[tokio::test(start_paused = true)]
async fn who_has_waited_too_long_comes_back_by_itself() {
    let (server, _desk, mut watcher) = camped(|rules| rules.camp_limit = 20).await;
    watcher
        .until("limit", |watcher| camp(watcher) == Some(CampState::Limit))
        .await;
    watcher
        .until("taken", |_| server.count("Redirect") == 2)
        .await;
    server.say(&caller("Newexten", "101", ""));
    server.say(&caller("Hangup", "101", "Cause: 16\n"));
    watcher
        .until("gone", |watcher| camp(watcher).is_none())
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_label_stays_with_its_leg_over_a_lost_link_and_ends_with_it() {
    let (server, desk, mut watcher) = live(|_| {}).await;
    assert_eq!(desk.label(leg(), "for Anna".to_owned()).await, Ok(true));
    watcher
        .until("a label", |watcher| {
            label(watcher).as_deref() == Some("for Anna")
        })
        .await;
    server.cut();
    watcher.lost("lab").await;
    assert_eq!(label(&watcher).as_deref(), Some("for Anna"), "as it was");
    assert_eq!(
        desk.label(leg(), "x".to_owned()).await,
        Ok(false),
        "not live"
    );
    watcher.live("lab").await;
    watcher.for_seconds(20).await;
    assert_eq!(label(&watcher).as_deref(), Some("for Anna"));
    server.say(&caller("Hangup", "102", "Cause: 16\n"));
    watcher
        .until("no label", |watcher| own(watcher, RefKind::Note).is_none())
        .await;
    assert_eq!(desk.label(leg(), "x".to_owned()).await, Ok(false), "gone");
    let elsewhere = Ref::new(RefKind::Leg, &desk::pbx_id("elsewhere"), CALLER);
    assert_eq!(desk.label(elsewhere, "x".to_owned()).await, Ok(false));
}

/// A channel that was never answered and rings nobody, for an hour.
fn odd(application: &str) -> String {
    let more = format!("Application: {application}\nDuration: 01:00:00\n");
    let item = channel("CoreShowChannel", "103", "1795200000.8", &more);
    item.replace("ChannelState: 6", "ChannelState: 0")
}

fn verdict(watcher: &Watcher) -> Option<StuckVerdict> {
    let thing = own(watcher, RefKind::Stuck)?;
    let DeskThing::Stuck(view) = thing else {
        panic!("{thing:?}");
    };
    Some(view.verdict)
}

#[tokio::test(start_paused = true)]
async fn a_row_that_cannot_be_is_asked_about_once_and_explained() {
    let (server, desk, mut watcher) = live(|script| {
        script.commands.extend(["CoreShowChannels", "Status"]);
        script.items.push(("CoreShowChannels", odd("")));
        let there = odd("").replace("CoreShowChannel", "Status");
        script.items.push(("Status", there));
    })
    .await;
    watcher
        .until("confirmed", |watcher| {
            verdict(watcher) == Some(StuckVerdict::Confirmed)
        })
        .await;
    assert_eq!(
        (server.count("Status"), server.count("CoreShowChannels")),
        (1, 2)
    );
    tokio::time::sleep(Duration::from_secs(60)).await;
    watcher.catch_up();
    assert_eq!(server.count("Status"), 1);
    let subject = Ref::new(RefKind::Leg, &desk::pbx_id("lab"), "1795200000.8");
    let offers = desk.offers(subject).await.expect("runs").offers;
    let ends = |offer: &operator::Offer| offer.verb == Verb::HangUp && offer.refusal.is_none();
    assert!(offers.iter().any(ends), "it can be ended: {offers:?}");
}

#[tokio::test(start_paused = true)]
async fn a_remainder_in_the_cache_is_told_from_a_channel() {
    let (_server, _desk, mut watcher) = live(|script| {
        script.commands.extend(["CoreShowChannels", "Status"]);
        script.items.push(("CoreShowChannels", odd("")));
        script.errors.push(("Status", "No such channel"));
    })
    .await;
    watcher
        .until("only in the cache", |watcher| {
            verdict(watcher) == Some(StuckVerdict::OnlyInCache)
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_account_that_may_not_ask_asks_nothing() {
    let (server, _desk, mut watcher) = live(|script| {
        script.items.push(("CoreShowChannels", odd("")));
    })
    .await;
    watcher.for_seconds(130).await;
    assert_eq!(server.count("Status"), 0);
    assert_eq!(verdict(&watcher), Some(StuckVerdict::Suspected));
}

#[tokio::test(start_paused = true)]
async fn known_faults_of_the_version_are_told() {
    let (_server, _desk, watcher) = live(|_| {}).await;
    let pbx = watcher.pbx("lab").expect("shown");
    let faults: Vec<_> = pbx
        .advisories
        .iter()
        .map(|advisory| advisory.fault)
        .collect();
    assert_eq!(pbx.version.as_deref(), Some("22.10.1"));
    assert_eq!(faults, [Fault::LateEvents]);
}

#[tokio::test(start_paused = true)]
async fn a_phone_that_rings_in_one_breath_with_the_answer_rings_for_whom_we_have_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, desk, mut watcher) = live_with_journal(folder.path()).await;
    let leaves = caller("BridgeLeave", "103", "BridgeUniqueid: b1\n");
    let rings = ring_of_103().concat();
    server.change(|script| script.follows = vec![("Redirect", leaves + &rings)]);
    let wish = wish(Verb::Transfer, Some(person("103")));
    perform(&server, &desk, &mut watcher, wish).await;
    watcher
        .until("on the shelf", |watcher| sent(watcher).is_some())
        .await;
    watcher.for_seconds(5).await;
    assert_eq!(sent(&watcher), Some((SentState::Ringing, false)));
}
