//! What people in an office could wish to do, drawn by seed. What becomes of a wish is up to the world: a phone that rings cannot dial.

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// The phones of a storm. 103 to 106 serve queues, 104 by way of a Local channel.
pub(super) const PHONES: [&str; 14] = [
    "101", "102", "103", "104", "105", "106", "107", "108", "109", "110", "111", "112", "113",
    "114",
];

/// Numbers that no phone answers: groups, forwarding, Local chains, queues, machines, rooms, voicemail, parking, pickup, outside.
const PLACES: [&str; 62] = [
    "100", "210", "211", "212", "213", "214", "216", "217", "219", "220", "222", "224", "250",
    "600", "601", "602", "603", "604", "605", "606", "607", "610", "610", "611", "611", "612",
    "620", "630", "510", "511", "680", "680", "680", "681", "681", "*680", "340", "*101", "*9102",
    "700", "750", "701", "702", "703", "*8", "*8", "*8102", "*45", "*46", "9030123", "9130123",
    "9230123", "9330123", "9430123", "9530123", "9630123", "9730123", "9830123", "8123", "8124",
    "330", "334",
];

/// What outside callers dial.
const DIDS: [&str; 12] = [
    "4930555000",
    "4930555001",
    "4930555002",
    "4930555003",
    "4930555004",
    "4930555005",
    "4930555006",
    "4930555010",
    "4930555012",
    "4930555014",
    "4930555016",
    "4930555017",
];

/// One wish of somebody in the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// Somebody at a phone, by the phone's place among [`PHONES`].
    Phone(usize, Gesture),
    /// Another program with an AMI account.
    Hand(Hand),
    /// Somebody outside calls that number.
    OutsideCalls(&'static str),
    /// One of the outside callers hangs up.
    OutsideHangsUp(usize),
}

/// What somebody at a phone does, in each state the phone may be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gesture {
    /// Nobody calls, no call is on.
    pub(super) idle: Option<String>,
    /// It rings.
    pub(super) ringing: Ringing,
    /// It has dialled and waits: whether to give up.
    pub(super) gives_up: bool,
    /// It talks.
    pub(super) talking: Talking,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ringing {
    Answer,
    Reject,
    Wait,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Talking {
    GoOn,
    HangUp,
    Hold,
    Resume,
    /// A second call; the first one waits.
    Dial(String),
    /// The transfer key of the phone.
    Refer(String),
    /// A key sequence, and what is keyed at the next wish.
    Keys(&'static str, Option<String>),
    /// The phone is pulled and plugged in again.
    SwitchOff,
}

/// What another program asks of the PBX; numbers choose among what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hand {
    Redirect(usize, String),
    RedirectBoth(usize, String),
    BlindTransfer(usize, String),
    Attended(usize, String),
    Bridge(usize, usize),
    Park(usize),
    HangUp(usize),
    Pause(&'static str, bool),
    Join(&'static str),
    Leave(&'static str),
    Withdraw(usize),
    Mute(usize, bool),
    Kick(usize),
    Lock(bool),
    Record(usize, bool),
    Spy(usize, usize),
    Originate(String, String),
}

/// The next wish. Every draw takes place whatever the world looks like, so a seed means the same wishes.
pub(super) fn next(rng: &mut StdRng) -> Wish {
    match rng.random_range(0..100) {
        0..=73 => {
            let phone = rng.random_range(0..PHONES.len());
            Wish::Phone(phone, gesture(rng))
        }
        74..=88 => Wish::Hand(hand(rng)),
        89..=95 => Wish::OutsideCalls(pick(rng, &DIDS)),
        _ => Wish::OutsideHangsUp(rng.random_range(0..1000)),
    }
}

fn gesture(rng: &mut StdRng) -> Gesture {
    let number = number(rng);
    let idle = rng.random_bool(0.7).then_some(number);
    let ringing = match rng.random_range(0..100) {
        0..=69 => Ringing::Answer,
        70..=79 => Ringing::Reject,
        _ => Ringing::Wait,
    };
    Gesture {
        idle,
        ringing,
        gives_up: rng.random_bool(0.3),
        talking: talking(rng),
    }
}

fn talking(rng: &mut StdRng) -> Talking {
    let to = number(rng);
    match rng.random_range(0..100) {
        0..=29 => Talking::GoOn,
        30..=47 => Talking::HangUp,
        48..=57 => Talking::Hold,
        58..=66 => Talking::Resume,
        67..=71 => Talking::Dial(to),
        72..=77 => Talking::Refer(to),
        78..=82 => Talking::Keys("#1", Some(to)),
        83..=88 => Talking::Keys("*2", Some(to)),
        89..=92 => Talking::Keys(pick(rng, &["*1", "*2", "*3", "*4"]), None),
        93..=95 => Talking::Keys(pick(rng, &["1", "2", "0", "#72", "*0"]), None),
        96..=97 => Talking::Keys("#1", Some("700".to_owned())),
        _ => Talking::SwitchOff,
    }
}

fn hand(rng: &mut StdRng) -> Hand {
    let (one, other) = (rng.random_range(0..1000), rng.random_range(0..1000));
    let (to, yes) = (number(rng), rng.random_bool(0.5));
    let member = pick(rng, &PHONES);
    match rng.random_range(0..100) {
        0..=11 => Hand::Redirect(one, to),
        12..=17 => Hand::RedirectBoth(one, to),
        18..=25 => Hand::BlindTransfer(one, to),
        26..=30 => Hand::Attended(one, to),
        31..=36 => Hand::Bridge(one, other),
        37..=47 => Hand::Park(one),
        48..=57 => Hand::HangUp(one),
        58..=61 => Hand::Pause(member, yes),
        62..=65 => Hand::Join(member),
        66..=69 => Hand::Leave(member),
        70..=71 => Hand::Withdraw(one),
        72..=77 => Hand::Mute(one, yes),
        78..=80 => Hand::Kick(one),
        81..=83 => Hand::Lock(yes && one % 3 == 0),
        84..=87 => Hand::Record(one, yes),
        88..=90 => Hand::Spy(one, other),
        _ => Hand::Originate(way(rng), to),
    }
}

/// How an originated call begins: at a phone, or over a Local pair that stays or goes.
fn way(rng: &mut StdRng) -> String {
    let phone = pick(rng, &PHONES);
    match rng.random_range(0..3) {
        0 => format!("PJSIP/{phone}"),
        1 => format!("Local/{phone}@internal"),
        _ => format!("Local/{phone}@internal/n"),
    }
}

fn number(rng: &mut StdRng) -> String {
    let phone = pick(rng, &PHONES);
    let place = pick(rng, &PLACES);
    let number = if rng.random_bool(0.5) { phone } else { place };
    number.to_owned()
}

fn pick(rng: &mut StdRng, from: &[&'static str]) -> &'static str {
    from.choose(rng).copied().unwrap_or_default()
}
