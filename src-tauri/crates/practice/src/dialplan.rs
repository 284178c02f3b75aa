//! The dialplan: a small table, the same numbers as the lab's.

/// One step an extension takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Answer,
    /// All these devices, for so many seconds.
    Dial(Vec<String>, u64),
    /// A queue, how long a caller waits at most in seconds, and how important the caller is (`QUEUE_PRIO`).
    Queue {
        name: String,
        limit: Option<u64>,
        priority: u32,
    },
    Conference {
        room: String,
        admin: bool,
    },
    Park(&'static str),
    Retrieve(u32),
    /// An application that goes on until somebody hangs up: its name and argument.
    Stay(&'static str, String),
    /// Sets a variable of the channel.
    Set(&'static str),
    /// From now on it is recorded (`MixMonitor`).
    Record,
    /// Leaves a message in this voicemail box.
    Message(String),
    /// Listens to the messages in the caller's own box.
    Messages,
    Ringing,
    /// Refuse with this cause.
    Refuse(&'static str, u16),
    Goto(&'static str, String),
    PickUp(String),
    Hangup,
}

impl Step {
    /// The application as the dialplan calls it, and its argument.
    pub(crate) fn app(&self) -> (&'static str, String) {
        match self {
            Self::Answer => ("Answer", String::new()),
            Self::Dial(devices, seconds) => ("Dial", format!("{},{seconds},tT", devices.join("&"))),
            Self::Queue { name, limit, .. } => match limit {
                None => ("Queue", format!("{name},tT")),
                Some(limit) => ("Queue", format!("{name},tT,,,{limit}")),
            },
            Self::Conference { room, admin: false } => ("ConfBridge", room.clone()),
            Self::Conference { room, admin: true } => ("ConfBridge", format!("{room},,admin_user")),
            Self::Park(lot) => ("Park", (*lot).to_owned()),
            Self::Retrieve(space) => ("ParkedCall", format!("default,{space}")),
            Self::Stay(app, argument) => (app, argument.clone()),
            Self::Set(assignment) => ("Set", (*assignment).to_owned()),
            Self::Record => ("MixMonitor", "${UNIQUEID}.wav".to_owned()),
            Self::Message(mailbox) => ("VoiceMail", mailbox.clone()),
            Self::Messages => ("VoiceMailMain", "${CALLERID(num)}@default".to_owned()),
            Self::Ringing => ("Ringing", String::new()),
            Self::Refuse(app, _) => (app, "20".to_owned()),
            Self::Goto(context, exten) => ("Goto", format!("{context},{exten},1")),
            Self::PickUp(exten) => ("Pickup", format!("{exten}@internal")),
            Self::Hangup => ("Hangup", String::new()),
        }
    }
}

/// The step at this place, if there is one.
pub(crate) fn step(context: &str, exten: &str, priority: u32) -> Option<Step> {
    let index = usize::try_from(priority.checked_sub(1)?).ok()?;
    steps(context, exten)?.into_iter().nth(index)
}

/// Is there something to run at this place (`DIALPLAN_EXISTS`)?
pub(crate) fn exists(context: &str, exten: &str, priority: u32) -> bool {
    step(context, exten, priority).is_some()
}

fn steps(context: &str, exten: &str) -> Option<Vec<Step>> {
    match context {
        "internal" => internal(exten),
        "from-trunk" => from_trunk(exten),
        "outside" => outside(exten),
        "ivr" => (exten == "s").then(|| {
            vec![
                Step::Answer,
                Step::Stay("BackGround", "vm-enter-num-to-call".to_owned()),
            ]
        }),
        "parkedcalls" => parked(exten),
        // Where those go on whom nobody fetches out of the lot `hotel`.
        "park-lost" => Some(vec![Step::Goto("internal", "103".to_owned())]),
        // Where a parked call's time-out rings the one who parked it: `PJSIP_102`.
        "park-dial" => exten
            .split_once('_')
            .map(|(technology, rest)| vec![Step::Dial(vec![format!("{technology}/{rest}")], 30)]),
        _ => None,
    }
}

fn internal(exten: &str) -> Option<Vec<Step>> {
    if let Some(admin) = exten.strip_prefix('*') {
        return starred(admin);
    }
    if exten == "100" {
        return Some(vec![
            Step::Dial(vec!["PJSIP/100".to_owned(), "PJSIP/101".to_owned()], 30),
            Step::Hangup,
        ]);
    }
    let number: Option<u32> = exten.parse().ok().filter(|_| digits(exten));
    match (exten.len(), number) {
        (3, Some(101..=120)) => Some(vec![
            Step::Dial(vec![format!("PJSIP/{exten}")], 30),
            Step::Hangup,
        ]),
        (3, Some(510..=512)) => important(exten),
        (3, Some(600)) => answered(Step::Stay("Echo", String::new())),
        (3, Some(601)) => answered(Step::Stay("MusicOnHold", "default".to_owned())),
        (3, Some(602)) => answered(Step::Stay("Wait", "3600".to_owned())),
        (3, Some(603)) => Some(vec![Step::Refuse("Busy", 17)]),
        (3, Some(604)) => Some(vec![Step::Refuse("Congestion", 34)]),
        (3, Some(605)) => Some(vec![Step::Ringing, Step::Stay("Wait", "3600".to_owned())]),
        (3, Some(606)) => Some(vec![Step::Refuse("Hangup", 34)]),
        (3, Some(610)) => answered(queue("sales", None)),
        (3, Some(611)) => answered(queue("support", None)),
        (3, Some(612)) => Some(vec![
            Step::Answer,
            queue("sales", Some(3)),
            Step::Stay("Wait", "3600".to_owned()),
        ]),
        (3, Some(620)) => Some(vec![Step::Goto("ivr", "s".to_owned())]),
        (3, Some(630)) => Some(vec![
            Step::Record,
            Step::Dial(vec!["PJSIP/102".to_owned()], 30),
            Step::Hangup,
        ]),
        (3, Some(680..=689)) => answered(Step::Conference {
            room: exten.to_owned(),
            admin: false,
        }),
        (3, Some(700..=720 | 750..=760 | 770..=772)) => parked(exten),
        _ => prefixed(exten),
    }
}

fn queue(name: &str, limit: Option<u64>) -> Step {
    Step::Queue {
        name: name.to_owned(),
        limit,
        priority: 0,
    }
}

/// The queue `vip`: without an end, with a priority, for three seconds at most. Whoever leaves it hears music.
fn important(exten: &str) -> Option<Vec<Step>> {
    let (limit, priority) = match exten {
        "511" => (None, 5),
        "512" => (Some(3), 0),
        _ => (None, 0),
    };
    let queue = Step::Queue {
        name: "vip".to_owned(),
        limit,
        priority,
    };
    let important = (priority > 0).then_some(Step::Set("QUEUE_PRIO=5"));
    let music = Step::Stay("MusicOnHold", "default".to_owned());
    let steps = [Step::Answer].into_iter().chain(important);
    Some(steps.chain([queue, music]).collect())
}

fn answered(step: Step) -> Option<Vec<Step>> {
    Some(vec![Step::Answer, step, Step::Hangup])
}

fn starred(rest: &str) -> Option<Vec<Step>> {
    if rest == "97" {
        return Some(vec![Step::Messages, Step::Hangup]);
    }
    if rest == "8" {
        return Some(vec![Step::PickUp(String::new()), Step::Hangup]);
    }
    if let Some(exten) = rest
        .strip_prefix('8')
        .filter(|exten| exten.len() == 3 && digits(exten) && exten.starts_with('1'))
    {
        return Some(vec![Step::PickUp(exten.to_owned()), Step::Hangup]);
    }
    if rest.len() == 3 && digits(rest) && rest.starts_with("68") {
        return answered(Step::Conference {
            room: rest.to_owned(),
            admin: true,
        });
    }
    let mailbox = rest.len() == 3 && digits(rest) && rest.starts_with('1');
    mailbox.then(|| vec![Step::Message(format!("{rest}@default,u")), Step::Hangup])
}

fn parked(exten: &str) -> Option<Vec<Step>> {
    match exten.parse().ok()? {
        700 => Some(vec![Step::Park("default")]),
        750 => Some(vec![Step::Park("short")]),
        770 => Some(vec![Step::Park("hotel")]),
        space @ (701..=720 | 751..=760 | 771..=772) => Some(vec![Step::Retrieve(space)]),
        _ => None,
    }
}

fn prefixed(exten: &str) -> Option<Vec<Step>> {
    let rest = exten
        .get(1..)
        .filter(|rest| rest.len() >= 2 && rest.starts_with(|first: char| first.is_ascii_digit()))?;
    match exten.as_bytes().first() {
        Some(b'9') => Some(vec![
            Step::Dial(vec![format!("PJSIP/{rest}@trunk")], 30),
            Step::Hangup,
        ]),
        Some(b'8') => Some(vec![
            Step::Dial(vec![format!("Local/{rest}@outside")], 30),
            Step::Hangup,
        ]),
        _ => None,
    }
}

fn from_trunk(exten: &str) -> Option<Vec<Step>> {
    let to = match exten {
        "4930555000" => "100",
        "4930555001" => "610",
        "4930555002" => "620",
        "4930555003" => "101",
        "4930555004" => "611",
        "4930555005" => "601",
        "4930555006" => "680",
        "4930555010" => "510",
        "4930555011" => "511",
        _ => return None,
    };
    Some(vec![Step::Goto("internal", to.to_owned())])
}

/// Somebody out there who answers after two seconds.
fn outside(exten: &str) -> Option<Vec<Step>> {
    let known = exten.len() >= 2 && digits(exten);
    known.then(|| {
        vec![
            Step::Ringing,
            Step::Stay("Wait", "2".to_owned()),
            Step::Answer,
            Step::Stay("Wait", "3600".to_owned()),
        ]
    })
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_labs() {
        for known in [
            "100",
            "101",
            "120",
            "600",
            "610",
            "680",
            "700",
            "701",
            "720",
            "*8102",
            "*102",
            "*97",
            "*681",
            "510",
            "772",
            "9004930123",
            "8555",
        ] {
            assert!(exists("internal", known, 1), "{known}");
        }
        for unknown in [
            "", "99", "121", "1011", "199", "720x", "7", "é12", "9", "9é", "é", "h",
        ] {
            assert!(!exists("internal", unknown, 1), "{unknown}");
        }
        assert!(
            exists("internal", "102", 2)
                && !exists("internal", "102", 3)
                && !exists("internal", "102", 0)
        );
        assert!(!exists("hints", "102", 1), "hints are no dialplan");
    }
}
