//! The stage of moves that move nobody: a room with two seats, a talk, a caller who waits, a menu, members of a queue, my phone that rings.

use ami::{Frame, Permissions};
use board::Ref;
use operator::{Details, Intent, Verb};

use crate::stage::{Stage, conference, extension, queue};
use crate::trial::intent;

/// Everything an account may be allowed that these moves need.
pub(crate) const ACTIONS: [&str; 24] = [
    "AbsoluteTimeout",
    "ConfbridgeKick",
    "ConfbridgeListRooms",
    "ConfbridgeLock",
    "ConfbridgeMute",
    "ConfbridgeStartRecord",
    "ConfbridgeStopRecord",
    "ConfbridgeUnlock",
    "ConfbridgeUnmute",
    "Hangup",
    "MailboxCount",
    "MixMonitor",
    "MixMonitorMute",
    "MuteAudio",
    "Originate",
    "PJSIPNotify",
    "PlayDTMF",
    "QueueAdd",
    "QueueChangePriorityCaller",
    "QueuePause",
    "QueuePenalty",
    "QueueRemove",
    "QueueWithdrawCaller",
    "StopMixMonitor",
];

const HOUSE: &str = "phones 101 102 103 104 105 106\n queue sales\n 102 in 680\n 103 in 680\n +4930 talks 104\n \
                     +4931 waits sales\n 105 hears 620\n +4932 rings 101";

/// The house with that account.
pub(crate) fn house_without(action: &str) -> Stage {
    let mut stage = Stage::of(HOUSE);
    let allowed: Vec<_> = ACTIONS.into_iter().filter(|one| *one != action).collect();
    stage.permissions = Permissions::of(&allowed);
    stage.board.mailbox("102@default", 1, 0);
    serves(&mut stage, "sales", "PJSIP/105", "dynamic");
    serves(&mut stage, "sales", "PJSIP/106", "static");
    stage
}

pub(crate) fn house() -> Stage {
    house_without("")
}

/// Somebody who serves a queue.
pub(crate) fn serves(stage: &mut Stage, queue: &str, interface: &str, membership: &str) -> Frame {
    member(
        stage,
        "QueueMemberAdded",
        queue,
        interface,
        &[
            ("Membership", membership),
            ("Paused", "0"),
            ("Penalty", "0"),
        ],
    )
}

/// News of a queue's member.
pub(crate) fn member(
    stage: &mut Stage,
    event: &str,
    queue: &str,
    interface: &str,
    news: &[(&str, &str)],
) -> Frame {
    let who = [
        ("Event", event),
        ("Queue", queue),
        ("MemberName", interface),
        ("Interface", interface),
    ];
    stage.say(&[&who[..], news].concat())
}

/// An event about somebody's channel.
pub(crate) fn told(stage: &mut Stage, who: &str, event: &str, news: &[(&str, &str)]) -> Frame {
    let channel = stage.channel(who);
    let whose = [
        ("Event", event),
        ("Channel", &channel.name),
        ("Uniqueid", &channel.uniqueid),
    ];
    stage.say(&[&whose[..], news].concat())
}

/// One move, what it writes, and what proves it.
pub(crate) struct Case {
    pub(crate) verb: Verb,
    pub(crate) subject: fn(&Stage) -> Ref,
    pub(crate) target: Option<Ref>,
    /// The one action it writes.
    pub(crate) action: &'static str,
    /// The leg without which it can never happen.
    pub(crate) leg: Option<&'static str>,
    /// What makes it so; absent: nothing ever tells.
    pub(crate) happens: Option<fn(&mut Stage) -> Frame>,
}

impl Case {
    pub(crate) fn wish(&self, stage: &Stage) -> Intent {
        Intent {
            details: Details {
                digits: Some("1".to_owned()),
                seconds: Some(60),
                value: Some(3),
                reason: Some("lunch".to_owned()),
                ..Details::default()
            },
            ..intent(self.verb, (self.subject)(stage), self.target.clone())
        }
    }
}

fn of_leg(
    verb: Verb,
    subject: fn(&Stage) -> Ref,
    leg: &'static str,
    action: &'static str,
    happens: Option<fn(&mut Stage) -> Frame>,
) -> Case {
    Case {
        verb,
        subject,
        target: None,
        action,
        leg: Some(leg),
        happens,
    }
}

fn of_member(
    verb: Verb,
    subject: fn(&Stage) -> Ref,
    action: &'static str,
    happens: fn(&mut Stage) -> Frame,
) -> Case {
    Case {
        verb,
        subject,
        target: Some(queue("sales")),
        action,
        leg: None,
        happens: Some(happens),
    }
}

fn of_room(verb: Verb, action: &'static str, happens: fn(&mut Stage) -> Frame) -> Case {
    Case {
        verb,
        subject: |_| conference("680"),
        target: None,
        action,
        leg: None,
        happens: Some(happens),
    }
}

fn withdrawn(stage: &mut Stage) -> Frame {
    told(stage, "+4931", "QueueCallerAbandon", &[("Queue", "sales")]);
    stage.leave_queue("+4931", "sales")
}

/// Each verb in a state that allows it.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = cases_of_legs();
    cases.extend(cases_of_places());
    cases
}

fn cases_of_legs() -> Vec<Case> {
    vec![
        of_leg(
            Verb::Mute,
            |stage| stage.leg("103"),
            "103",
            "ConfbridgeMute",
            Some(|stage| told(stage, "103", "ConfbridgeMute", &[("Conference", "680")])),
        ),
        of_leg(
            Verb::Mute,
            |stage| stage.leg("104"),
            "104",
            "MuteAudio",
            None,
        ),
        of_leg(
            Verb::Record,
            |stage| stage.leg("+4930"),
            "+4930",
            "MixMonitor",
            Some(|stage| told(stage, "+4930", "MixMonitorStart", &[])),
        ),
        of_leg(
            Verb::SendDigits,
            |stage| stage.leg("105"),
            "105",
            "PlayDTMF",
            None,
        ),
        of_leg(
            Verb::LimitTime,
            |stage| stage.leg("+4930"),
            "+4930",
            "AbsoluteTimeout",
            None,
        ),
        of_leg(
            Verb::SetPriority,
            |stage| stage.leg("+4931"),
            "+4931",
            "QueueChangePriorityCaller",
            Some(|stage| {
                let priority = [("Queue", "sales"), ("Position", "1"), ("Priority", "3")];
                told(stage, "+4931", "QueueEntry", &priority)
            }),
        ),
        of_leg(
            Verb::Withdraw,
            |stage| stage.leg("+4931"),
            "+4931",
            "QueueWithdrawCaller",
            Some(withdrawn),
        ),
        of_leg(
            Verb::Answer,
            |stage| stage.leg("101"),
            "101",
            "PJSIPNotify",
            Some(|stage| stage.state("101", 6)),
        ),
    ]
}

fn cases_of_places() -> Vec<Case> {
    let ends = |stage: &mut Stage| told(stage, "103", "ConfbridgeLeave", &[("Conference", "680")]);
    let kick = Case {
        leg: None,
        ..of_leg(
            Verb::Kick,
            |stage| stage.leg("103"),
            "103",
            "ConfbridgeKick",
            Some(ends),
        )
    };
    let count = Case {
        verb: Verb::AskMailbox,
        subject: |_| extension("102"),
        target: None,
        action: "MailboxCount",
        leg: None,
        happens: None,
    };
    vec![
        kick,
        count,
        of_room(Verb::Lock, "ConfbridgeLock", |stage| {
            stage.say(&[
                ("Event", "ConfbridgeListRooms"),
                ("Conference", "680"),
                ("Locked", "Yes"),
            ])
        }),
        of_room(Verb::Record, "ConfbridgeStartRecord", |stage| {
            stage.say(&[("Event", "ConfbridgeRecord"), ("Conference", "680")])
        }),
        of_member(
            Verb::QueueAdd,
            |_| extension("102"),
            "QueueAdd",
            |stage| serves(stage, "sales", "PJSIP/102", "dynamic"),
        ),
        of_member(
            Verb::QueueRemove,
            |_| extension("105"),
            "QueueRemove",
            |stage| member(stage, "QueueMemberRemoved", "sales", "PJSIP/105", &[]),
        ),
        of_member(
            Verb::QueuePause,
            |_| extension("106"),
            "QueuePause",
            |stage| {
                let paused = [("Paused", "1"), ("PausedReason", "lunch")];
                member(stage, "QueueMemberPause", "sales", "PJSIP/106", &paused)
            },
        ),
        of_member(
            Verb::SetPenalty,
            |_| extension("106"),
            "QueuePenalty",
            |stage| {
                let penalty = [("Penalty", "3")];
                member(stage, "QueueMemberPenalty", "sales", "PJSIP/106", &penalty)
            },
        ),
    ]
}
