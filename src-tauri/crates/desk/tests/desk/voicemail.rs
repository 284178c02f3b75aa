//! What waits in voicemail when the desk comes: asked once, one box at a time.

use board::view::MailboxView;
use board::{Ref, Thing};
use desk::Tile;

use crate::server::{Server, hint};
use crate::watcher::Watcher;

async fn live(server: &Server) -> (desk::Desk, Watcher) {
    let desk = desk::start();
    desk.connect(server.connection("lab")).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    (desk, watcher)
}

fn mailbox<'w>(watcher: &'w Watcher, number: &str) -> Option<&'w MailboxView> {
    let id = Ref::extension(&desk::pbx_id("lab"), number, "hints");
    match watcher.tiles.get(&id)? {
        Tile::Board(Thing::Extension(extension)) => extension.mailbox.as_ref(),
        Tile::Board(_) | Tile::Desk(_) => None,
    }
}

fn counts(watcher: &Watcher, number: &str) -> Option<(u32, u32)> {
    mailbox(watcher, number).map(|known| (known.fresh, known.heard))
}

#[tokio::test(start_paused = true)]
async fn waiting_messages_show_and_boxes_that_may_not_exist_do_not() {
    let server = Server::with(|script| {
        script.commands.push("MailboxCount");
        script.mailboxes = vec![("101@default", 2, 1), ("103@default", 0, 4)];
        let room = hint("680", 0).replace("PJSIP/680", "Confbridge:680");
        script.items.push(("ExtensionStateList", room));
    });
    let (_desk, mut watcher) = live(&server).await;
    watcher.for_seconds(2).await;
    assert_eq!(counts(&watcher, "101"), Some((2, 1)));
    assert_eq!(counts(&watcher, "102"), None);
    assert_eq!(counts(&watcher, "103"), Some((0, 4)));
    assert_eq!(server.count("MailboxCount"), 3, "a room has no box");
    server.say("Event: Reload\nModule: All\nStatus: 0\n\n");
    server.say("Event: MessageWaiting\nMailbox: 102@default\nWaiting: 1\nNew: 1\nOld: 0\n\n");
    watcher.for_seconds(2).await;
    assert_eq!(counts(&watcher, "102"), Some((1, 0)));
    assert_eq!(server.count("MailboxCount"), 3, "once a login");
}

#[tokio::test(start_paused = true)]
async fn a_house_whose_boxes_are_in_another_context_is_asked_about_those() {
    let server = Server::with(|script| {
        script.commands.push("MailboxCount");
        script.mailboxes = vec![("101@staff", 2, 1), ("103@default", 0, 4)];
    });
    let desk = desk::start();
    let mut connection = server.connection("lab");
    connection.profile.rules.voicemail_context = Some("staff".to_owned());
    desk.connect(connection).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("lab").await;
    watcher.for_seconds(2).await;
    assert_eq!(counts(&watcher, "101"), Some((2, 1)));
    assert_eq!(counts(&watcher, "103"), None);
    server.say("Event: MessageWaiting\nMailbox: 103@default\nWaiting: 1\nNew: 1\nOld: 0\n\n");
    watcher.for_seconds(2).await;
    assert_eq!(counts(&watcher, "103"), None, "somebody else's 103");
}

#[tokio::test(start_paused = true)]
async fn five_hundred_boxes_are_asked_about_at_most() {
    let server = Server::with(|script| {
        script.commands.push("MailboxCount");
        let hints = (1000..1600).map(|number| ("ExtensionStateList", hint(&number.to_string(), 0)));
        script.items = hints.collect();
    });
    let (_desk, mut watcher) = live(&server).await;
    watcher.for_seconds(5).await;
    assert_eq!(server.count("MailboxCount"), 500);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_may_not_count_messages_does_not_ask() {
    let server = Server::default();
    let (_desk, mut watcher) = live(&server).await;
    watcher.for_seconds(5).await;
    assert_eq!(server.count("MailboxCount"), 0);
    assert!(watcher.blind("lab").is_empty());
}
