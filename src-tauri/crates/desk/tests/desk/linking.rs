//! From the dial to a live picture, and every way in which it may not come about.

use std::time::Duration;

use board::RefKind;
use desk::{LinkError, Status};

use crate::server::{Instead, Server, channel, hint, talk};
use crate::watcher::Watcher;

async fn watched(server: &Server) -> (desk::Desk, Watcher) {
    let desk = desk::start();
    desk.connect(server.connection("lab"))
        .await
        .expect("a running desk");
    let watcher = Watcher::of(&desk).await;
    (desk, watcher)
}

/// What it comes to after a good while, and how often it was dialled.
async fn comes_to(server: &Server) -> (Status, usize) {
    let (_desk, mut watcher) = watched(server).await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    watcher.catch_up();
    (
        watcher.status("lab").expect("the PBX is shown"),
        server.dials(),
    )
}

#[tokio::test(start_paused = true)]
async fn it_dials_logs_in_reads_the_lists_and_is_live() {
    let server = Server::with(|script| script.items.extend(talk()));
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    let pbx = watcher.pbx("lab").expect("shown");
    assert_eq!(pbx.version.as_deref(), Some("22.10.1"));
    assert_eq!(pbx.me.as_ref().map(|me| me.key.as_str()), Some("101@hints"));
    assert!(pbx.blind.is_empty() && !pbx.booting);
    assert_eq!(watcher.things("lab", RefKind::Extension).len(), 3);
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_is_refused_and_never_tried_again() {
    let server = Server::with(|script| script.secret_is_right = false);
    let (status, dials) = comes_to(&server).await;
    assert_eq!(
        status,
        Status::Refused {
            reason: LinkError::WrongSecret
        }
    );
    assert_eq!((dials, server.count("Login")), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_refused_link_is_no_reason_to_try_again() {
    let server = Server::with(|script| script.secret_is_right = false);
    let (_desk, mut watcher) = watched(&server).await;
    watcher
        .until("refused", |watcher| {
            matches!(watcher.status("lab"), Some(Status::Refused { .. }))
        })
        .await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    watcher.catch_up();
    assert_eq!(
        watcher.status("lab"),
        Some(Status::Refused {
            reason: LinkError::WrongSecret
        })
    );
}

#[tokio::test(start_paused = true)]
async fn a_closed_port_is_tried_again_and_again() {
    let server = Server::with(|script| script.unreachable = true);
    let (status, dials) = comes_to(&server).await;
    assert!(
        matches!(
            status,
            Status::Lost {
                reason: LinkError::ConnectionRefused,
                ..
            }
        ),
        "{status:?}"
    );
    assert!((5..200).contains(&dials), "{dials}");
    server.change(|script| script.unreachable = false);
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
}

#[tokio::test(start_paused = true)]
async fn a_greeting_that_never_comes_is_told_as_such() {
    let server = Server::with(|script| script.greeting = String::new());
    let (status, dials) = comes_to(&server).await;
    assert!(
        matches!(
            status,
            Status::Lost {
                reason: LinkError::NoGreeting,
                ..
            }
        ),
        "{status:?}"
    );
    assert!(dials > 3);
}

#[tokio::test(start_paused = true)]
async fn something_else_on_the_port_is_named_and_left_alone() {
    for greeting in [
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}F",
    ] {
        let server = Server::with(|script| script.greeting = greeting.to_owned());
        let (status, dials) = comes_to(&server).await;
        let Status::Refused {
            reason: LinkError::NotAmi { greeting: shown },
        } = status
        else {
            panic!("{status:?}")
        };
        assert!(shown.chars().all(|c| !c.is_control()), "{shown:?}");
        assert_eq!(
            (dials, server.count("Login")),
            (1, 0),
            "a stranger gets no login"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_may_not_list_channels_lacks_rights() {
    let server = Server::with(|script| script.refused = vec!["CoreShowChannels", "Status"]);
    let (status, dials) = comes_to(&server).await;
    assert!(
        matches!(
            status,
            Status::Refused {
                reason: LinkError::NoPermission { .. }
            }
        ),
        "{status:?}"
    );
    assert_eq!(dials, 1);
}

#[tokio::test(start_paused = true)]
async fn an_account_without_system_is_live_and_says_what_it_cannot_see() {
    let server = Server::with(|script| {
        script.refused = vec!["PJSIPShowEndpoints"];
        script.told_when_booted = false;
    });
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    let pbx = watcher.pbx("lab").expect("shown");
    let blind = |watcher: &Watcher| -> Vec<String> {
        let pbx = watcher.pbx("lab").expect("shown");
        pbx.blind.iter().map(|blind| blind.action.clone()).collect()
    };
    assert!(pbx.booting, "nobody has said that it is not");
    assert_eq!(
        blind(&watcher),
        ["Events", "PJSIPShowEndpoints"],
        "perhaps it may not even read events"
    );
    server.say(&(channel("Newchannel", "103", "1795200000.9", "") + "\n"));
    watcher
        .until("an event", |watcher| {
            blind(watcher) == ["PJSIPShowEndpoints"]
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn channels_that_are_never_listed_are_no_empty_board() {
    let server =
        Server::with(|script| script.instead = vec![("CoreShowChannels", Instead::Silence)]);
    let (_desk, mut watcher) = watched(&server).await;
    watcher.lost("lab").await;
    assert!(matches!(
        watcher.status("lab"),
        Some(Status::Lost {
            reason: LinkError::Protocol { .. },
            ..
        })
    ));
}

#[tokio::test(start_paused = true)]
async fn a_late_end_of_the_start_reads_the_lists_again() {
    let server = Server::with(|script| script.told_when_booted = false);
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    server.change(|script| script.items.extend(talk()));
    server.say("Event: FullyBooted\nStatus: Fully Booted\n\n");
    watcher
        .until("the call", |watcher| {
            watcher.things("lab", RefKind::Call).len() == 1
        })
        .await;
    assert_eq!(server.count("CoreShowChannels"), 2);
    assert!(!watcher.pbx("lab").expect("shown").booting);
}

#[tokio::test(start_paused = true)]
async fn two_syncs_at_once_do_not_take_each_others_items_for_missing() {
    let server = Server::with(|script| {
        script.items.extend(talk());
        script.instead = vec![("PJSIPShowEndpoints", Instead::Silence)];
    });
    let (_desk, mut watcher) = watched(&server).await;
    watcher
        .until("loading", |watcher| {
            watcher.status("lab") == Some(Status::Loading)
        })
        .await;
    server.say("Event: FullyBooted\nStatus: Fully Booted\n\n");
    server.say("Event: Reload\nModule: All\nStatus: 0\n\n");
    watcher.live("lab").await;
    assert_eq!(watcher.things("lab", RefKind::Call).len(), 1);
    assert_eq!(server.count("CoreShowChannels"), 2, "one after the other");
}

#[tokio::test(start_paused = true)]
async fn a_reload_reads_the_configuration_again() {
    let server = Server::default();
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    server.change(|script| {
        script
            .items
            .retain(|(_, item)| !item.contains("Exten: 103"))
    });
    for module in ["pbx_config", "app_queue", "res_pjsip"] {
        server.say(&format!("Event: Reload\nModule: {module}\nStatus: 0\n\n"));
    }
    watcher
        .until("two left", |watcher| {
            watcher.things("lab", RefKind::Extension).len() == 2
        })
        .await;
    assert_eq!(server.count("CoreShowChannels"), 1);
    assert!(
        server.count("ExtensionStateList") <= 3,
        "a burst of reloads is one or two readings"
    );
    let read = |list: &str| server.count(list) > 1;
    assert!(read("QueueStatus") && read("PJSIPShowEndpoints") && read("PresenceStateList"));
}

#[tokio::test(start_paused = true)]
async fn what_an_unloaded_module_had_is_gone() {
    let server = Server::with(|script| {
        let queue = "Event: QueueParams\nQueue: sales\nCalls: 0\n".to_owned();
        script.items.push(("QueueStatus", queue));
    });
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    assert_eq!(watcher.things("lab", RefKind::Queue).len(), 1);
    server.change(|script| {
        let unknown = "Invalid/unknown command: QueueStatus.";
        script.errors.push(("QueueStatus", unknown));
    });
    server.say("Event: Unload\nModule: app_queue.so\nStatus: Success\n\n");
    watcher
        .until("no queue left", |watcher| {
            watcher.things("lab", RefKind::Queue).is_empty()
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn rubbish_on_the_line_costs_only_itself() {
    let server = Server::default();
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    server.say_bytes([b"Event: ".as_slice(), &[b'x'; 64 * 1024], b"\r\n\r\n"].concat());
    server.say_bytes(
        b"Event: Newchannel\r\nChannel: PJSIP/\xff\xfe\r\nUniqueid: \xc3\x28\r\n\r\n".to_vec(),
    );
    server.say_bytes(b"\r\n\r\n: \r\nno colon\r\n\r\nEvent: Hangup\r\n\r\n".to_vec());
    server.say(
        &(channel(
            "Newchannel",
            "103",
            "1795200000.9",
            "CallerIDName: \u{202e}<b>\\\"x\"\n",
        ) + "\n"),
    );
    watcher
        .until("the call after it", |watcher| {
            watcher
                .things("lab", RefKind::Call)
                .iter()
                .any(|id| id.key == "1795200000.9")
        })
        .await;
    assert_eq!(watcher.status("lab"), Some(Status::Live));
}

#[tokio::test(start_paused = true)]
async fn modules_a_pbx_does_without_are_no_blind_spot() {
    let server = Server::with(|script| {
        script.errors = vec![(
            "Agents",
            "Invalid/unknown command: Agents. Use Action: ListCommands to show available commands.",
        )];
        script.refused = vec!["PresenceStateList"];
    });
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    assert_eq!(watcher.blind("lab"), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_shows_elsewhere_and_may_not_be_listed_is_a_blind_spot() {
    let server = Server::with(|script| {
        let member =
            "Event: QueueMember\nQueue: sales\nName: Anna\nLocation: Agent/1001\nStatus: 1\n";
        script.items.extend([
            (
                "QueueStatus",
                "Event: QueueParams\nQueue: sales\n".to_owned(),
            ),
            ("QueueStatus", member.to_owned()),
            (
                "ExtensionStateList",
                hint("104", 0).replace("PJSIP/104", "PJSIP/104,CustomPresence:104"),
            ),
        ]);
        script.refused = vec!["Agents", "PresenceStateList"];
    });
    let (_desk, mut watcher) = watched(&server).await;
    watcher.live("lab").await;
    assert_eq!(watcher.blind("lab"), ["PresenceStateList", "Agents"]);
}
