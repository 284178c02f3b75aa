//! The link is cut at every place of an exchange, or Asterisk dies there: nothing is written twice, nothing is called done that is not,
//! and nobody is left guessing.

mod in_place;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use board::Ref;
use board::view::{CallPhase, ExtensionState};
use lab::{Channel, Pbx, Phone, Place, Proxy, TrunkCall, Version};
use operator::{Found, Intent, Outcome, Verb};
use tokio::time::Instant;

use crate::on_both;
use crate::seat::{PATIENCE, Seat, connect, number, person, room};
use crate::shown::{Shown, leg};

on_both!(
    a_transfer_cut,
    a_transfer_of_both_cut,
    a_hang_up_cut,
    an_originate_cut,
    a_consultation_cut,
    a_completion_cut,
    a_way_back_cut,
    a_swap_cut,
    a_park_cut,
    a_hold_cut,
    a_take_cut,
    a_connection_cut,
    a_join_cut,
    a_voicemail_cut,
    asterisk_dies_in_a_transfer,
    asterisk_dies_in_a_park,
);

/// Everything undecided ends within this, the time to reconnect and two looks two seconds apart included.
const DECIDED: Duration = Duration::from_secs(20);

/// Jane Doe from outside talks to Anna; Marco and Cara talk to each other; Dora is free. Anna's desk sees it through a proxy.
struct Office {
    pbx: Pbx,
    proxy: Proxy,
    seat: Seat,
    anna: Phone,
    marco: Phone,
    _cara: Phone,
    dora: Phone,
    _outside: TrunkCall,
    jane: Ref,
}

impl Office {
    async fn open(version: Version) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let proxy = Proxy::start(pbx.ami_port()).await?;
        let mut seat = Seat::at(proxy.port()).await?;
        let (anna, marco, cara, dora) = tokio::try_join!(
            pbx.phone("101"),
            pbx.phone("102"),
            pbx.phone("103"),
            pbx.phone("104")
        )?;
        let outside = pbx
            .trunk_call("4930555003", "+49301234567", "Jane Doe")
            .await?;
        anna.wait_ringing().await?;
        anna.answer().await?;
        pbx.truth().wait_talking("101", "trunk").await?;
        connect(&pbx, &marco, &cara).await?;
        let call = seat.call(CallPhase::Talking, &["101", "trunk"]).await?;
        let jane = leg(&call, "trunk").id.clone();
        seat.call(CallPhase::Talking, &["102", "103"]).await?;
        seat.wait("Dora's phone", |shown| {
            (shown.state("104") == Some(ExtensionState::Idle)).then_some(())
        })
        .await?;
        Ok(Self {
            pbx,
            proxy,
            seat,
            anna,
            marco,
            _cara: cara,
            dora,
            _outside: outside,
            jane,
        })
    }

    async fn wish(&self, verb: Verb, target: Option<Ref>) -> Result<Intent> {
        self.seat.intent(verb, &self.jane, target).await
    }

    /// The wish meets the trap; then the link is let in again, and what became of it is waited for.
    async fn meets(
        &mut self,
        intent: Intent,
        action: &'static str,
        place: Place,
    ) -> Result<Outcome> {
        let outcome = meets(&self.proxy, &mut self.seat, intent, action, place).await?;
        self.nothing_twice()?;
        Ok(outcome)
    }

    /// Every action the desk wrote has an id of its own, and no two that change a call are the same but for it.
    fn nothing_twice(&self) -> Result<()> {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for action in self.proxy.client_actions() {
            let name = action.get("Action").to_owned();
            if !CHANGES.contains(&name.as_str()) {
                continue;
            }
            let key = ["Channel", "Exten", "ChannelId", "Interface", "Channel1"]
                .map(|header| action.get(header).to_owned())
                .join("|");
            let again = seen.insert(format!("{name}|{key}"), action.get("ActionID").to_owned());
            ensure!(again.is_none(), "written twice: {name} {key}");
        }
        Ok(())
    }

    /// The same, for what must not lose her.
    async fn jane_lives(&self) -> Result<Channel> {
        self.jane().await?.context("Jane is lost")
    }

    /// Whom she hears.
    async fn jane_hears(&self, end: &str) -> Result<bool> {
        let jane = self.jane_lives().await?;
        let with = self.pbx.truth().bridged_with(&jane.name).await?;
        Ok(with.iter().any(|one| one.endpoint() == end))
    }

    /// How many are in a conference.
    async fn in_rooms(&self) -> Result<usize> {
        let channels = self.pbx.truth().channels().await?;
        let there = channels
            .iter()
            .filter(|one| one.application == "ConfBridge");
        Ok(there.count())
    }

    /// Where Asterisk says that Jane is.
    async fn jane(&self) -> Result<Option<Channel>> {
        let channels = self.pbx.truth().channels().await?;
        Ok(channels
            .into_iter()
            .find(|one| one.uniqueid == self.jane.key))
    }
}

/// The same at any desk behind a proxy.
async fn meets(
    proxy: &Proxy,
    seat: &mut Seat,
    intent: Intent,
    action: &'static str,
    place: Place,
) -> Result<Outcome> {
    let before = proxy.count(action);
    proxy.trap(action, place);
    let id = intent.id;
    let begun = seat.desk.perform(intent).await?;
    ensure!(begun == Ok(id), "{begun:?}");
    tokio::time::timeout(PATIENCE, proxy.sprung())
        .await
        .with_context(|| format!("{action} {place:?} never came by"))?;
    let since = Instant::now();
    proxy.accept_again();
    let decided = |shown: &Shown| {
        let outcome = shown.operation(id)?.outcome.clone()?;
        (outcome != Outcome::Unknown { found: None }).then_some(outcome)
    };
    let outcome = seat
        .wait_within(DECIDED, &format!("{action} {place:?} decided"), decided)
        .await?;
    ensure!(since.elapsed() < DECIDED, "decided too late");
    seat.wait_live().await?;
    let written = proxy.count(action) - before;
    ensure!(written <= 2, "{action} was written {written} times");
    Ok(outcome)
}

/// What changes calls.
const CHANGES: [&str; 6] = [
    "Redirect",
    "Hangup",
    "Originate",
    "Park",
    "Bridge",
    "BlindTransfer",
];

/// What the outcome claims: it happened, it did not, or nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    Happened,
    DidNot,
    Nobody,
}

fn claim(outcome: &Outcome) -> Claim {
    match outcome {
        Outcome::Done { .. }
        | Outcome::Unknown {
            found: Some(Found::Happened { .. } | Found::Begun),
        } => Claim::Happened,
        Outcome::Refused { .. }
        | Outcome::Unknown {
            found: Some(Found::DidNotHappen | Found::NothingThere),
        } => Claim::DidNot,
        Outcome::Failed { .. } | Outcome::Expired | Outcome::Unknown { .. } => Claim::Nobody,
    }
}

/// Never a claim that is not so; and where Asterisk never had the whole action, never that it happened.
fn honest(outcome: &Outcome, place: Place, happened: bool) -> Result<()> {
    let claim = claim(outcome);
    let lie = match claim {
        Claim::Happened => !happened,
        Claim::DidNot => happened,
        Claim::Nobody => false,
    };
    ensure!(!lie, "{place:?}: {outcome:?}, but it did: {happened}");
    if matches!(place, Place::Before | Place::Inside) {
        ensure!(
            !happened,
            "{place:?}: Asterisk acted on less than an action"
        );
        ensure!(claim != Claim::Happened, "{place:?}: {outcome:?}");
    }
    Ok(())
}

const PLACES: [Place; 4] = [Place::Before, Place::Inside, Place::After, Place::Answered];

fn places(news: &'static str) -> impl Iterator<Item = Place> {
    PLACES.into_iter().chain([Place::News(news)])
}

/// One wish about Jane, cut at every place: what became of it is honest, and the picture is Asterisk's.
async fn cut(
    version: Version,
    (verb, target): (Verb, Option<Ref>),
    (action, news): (&'static str, &'static str),
    happened: impl AsyncFn(&Office) -> Result<bool>,
) -> Result<()> {
    for place in places(news) {
        let mut office = Office::open(version).await?;
        let intent = office.wish(verb, target.clone()).await?;
        let outcome = office.meets(intent, action, place).await?;
        let happened = happened(&office).await;
        honest(
            &outcome,
            place,
            happened.with_context(|| format!("{place:?}"))?,
        )?;
        office.seat.agrees_with(&office.pbx).await?;
    }
    Ok(())
}

async fn a_transfer_cut(version: Version) -> Result<()> {
    let wish = (Verb::Transfer, Some(person("104")));
    let moved = async |office: &Office| Ok(office.jane_lives().await?.exten == "104");
    cut(version, wish, ("Redirect", "DialBegin"), moved).await
}

async fn a_transfer_of_both_cut(version: Version) -> Result<()> {
    let wish = (Verb::TransferBoth, Some(room("680")));
    let both = async |office: &Office| Ok(office.in_rooms().await? == 2);
    cut(version, wish, ("Redirect", "BridgeLeave"), both).await
}

async fn a_hang_up_cut(version: Version) -> Result<()> {
    let gone = async |office: &Office| Ok(office.jane().await?.is_none());
    cut(
        version,
        (Verb::HangUp, None),
        ("Hangup", "BridgeLeave"),
        gone,
    )
    .await
}

async fn an_originate_cut(version: Version) -> Result<()> {
    for place in places("Newchannel") {
        let mut office = Office::open(version).await?;
        let intent = office
            .seat
            .intent(Verb::Originate, &person("104"), Some(number("601")))
            .await?;
        let outcome = office.meets(intent, "Originate", place).await?;
        let rings = !office.pbx.truth().channels_of("104").await?.is_empty();
        honest(&outcome, place, rings)?;
        drop(office.dora.hangup().await);
    }
    Ok(())
}

async fn a_consultation_cut(version: Version) -> Result<()> {
    let wish = (Verb::Consult, Some(person("104")));
    cut(version, wish, ("Redirect", "MusicOnHoldStart"), in_music).await
}

async fn in_music(office: &Office) -> Result<bool> {
    Ok(office.jane_lives().await?.application == "MusicOnHold")
}

/// Jane hears music, Anna talks to Dora.
async fn consulting(version: Version) -> Result<Office> {
    let mut office = Office::open(version).await?;
    let intent = office.wish(Verb::Consult, Some(person("104"))).await?;
    office.seat.carry_out(intent).await?;
    office.dora.wait_ringing().await?;
    office.dora.answer().await?;
    office.pbx.truth().wait_talking("101", "104").await?;
    let talking = |shown: &Shown| {
        let view = shown.consultation()?;
        view.target.is_some().then_some(())
    };
    office
        .seat
        .wait("Dora in the consultation", talking)
        .await?;
    Ok(office)
}

/// The bridge that ends a consultation, cut at every place: Jane hears this end, or does not.
async fn ends_with(version: Version, verb: Verb, end: &str) -> Result<()> {
    for place in places("BridgeEnter") {
        let mut office = consulting(version).await?;
        let intent = office.wish(verb, None).await?;
        let outcome = office.meets(intent, "Bridge", place).await?;
        honest(&outcome, place, office.jane_hears(end).await?)?;
        office.seat.agrees_with(&office.pbx).await?;
    }
    Ok(())
}

async fn a_completion_cut(version: Version) -> Result<()> {
    ends_with(version, Verb::Complete, "104").await
}

async fn a_way_back_cut(version: Version) -> Result<()> {
    ends_with(version, Verb::GoBack, "101").await
}

/// Dora and Anna have gone to music by then. Whatever becomes of the bridge, Jane does not wait alone: where Asterisk never had it, the desk
/// brings her back to Anna by a move of its own; where it had, nothing is written again.
async fn a_swap_cut(version: Version) -> Result<()> {
    for place in places("BridgeEnter") {
        let mut office = consulting(version).await?;
        let doras = office.pbx.truth().channel_of("104").await?.uniqueid;
        let intent = office.wish(Verb::Swap, None).await?;
        let outcome = meets(&office.proxy, &mut office.seat, intent, "Bridge", place).await?;
        ensure!(claim(&outcome) != Claim::DidNot, "{place:?}: {outcome:?}");
        office.pbx.truth().wait_talking("101", "trunk").await?;
        office.jane_lives().await?;
        ensure!(
            office.pbx.truth().channel_of("104").await?.uniqueid == doras,
            "{place:?}: Dora is lost"
        );
        let never_came = matches!(place, Place::Before | Place::Inside);
        let written = office.proxy.count("Bridge");
        ensure!(
            written == 1 + usize::from(never_came),
            "{place:?}: {written} bridges"
        );
        office.seat.agrees_with(&office.pbx).await?;
    }
    Ok(())
}

async fn a_park_cut(version: Version) -> Result<()> {
    let parked = async |office: &Office| {
        let jane = office.jane_lives().await?.uniqueid;
        let lot = [("Action", "ParkedCalls")];
        let lot = office.pbx.truth().action(&lot).await?;
        Ok(lot.iter().any(|item| item.get("ParkeeUniqueid") == jane))
    };
    cut(version, (Verb::Park, None), ("Park", "ParkedCall"), parked).await
}

async fn a_hold_cut(version: Version) -> Result<()> {
    let news = ("Redirect", "MusicOnHoldStart");
    cut(version, (Verb::Hold, None), news, in_music).await
}

async fn a_take_cut(version: Version) -> Result<()> {
    for place in places("DialBegin") {
        let mut office = Office::open(version).await?;
        let call = office
            .seat
            .call(CallPhase::Talking, &["102", "103"])
            .await?;
        office.anna.hangup().await?;
        office.anna.wait_idle().await?;
        office
            .seat
            .wait("Anna's phone", |shown| {
                (shown.state("101") == Some(ExtensionState::Idle)).then_some(())
            })
            .await?;
        let marcos = leg(&call, "102").id.clone();
        let intent = office.seat.intent(Verb::Take, &marcos, None).await?;
        let outcome = office.meets(intent, "Redirect", place).await?;
        let rings = !office.pbx.truth().channels_of("101").await?.is_empty();
        honest(&outcome, place, rings)?;
        office.seat.agrees_with(&office.pbx).await?;
    }
    Ok(())
}

async fn a_connection_cut(version: Version) -> Result<()> {
    for place in places("BridgeEnter") {
        let mut office = Office::open(version).await?;
        let call = office
            .seat
            .call(CallPhase::Talking, &["102", "103"])
            .await?;
        let marcos = leg(&call, "102").id.clone();
        let intent = office.wish(Verb::Connect, Some(marcos)).await?;
        let outcome = office.meets(intent, "Bridge", place).await?;
        honest(&outcome, place, office.jane_hears("102").await?)?;
        office.seat.agrees_with(&office.pbx).await?;
        drop(office.marco.hangup().await);
    }
    Ok(())
}

async fn a_join_cut(version: Version) -> Result<()> {
    for place in places("ConfbridgeJoin") {
        let mut office = Office::open(version).await?;
        let other = office
            .seat
            .call(CallPhase::Talking, &["102", "103"])
            .await?;
        let mine = office
            .seat
            .call(CallPhase::Talking, &["101", "trunk"])
            .await?;
        let intent = office
            .seat
            .intent(Verb::Join, &mine.id, Some(other.id.clone()))
            .await?;
        let outcome = office.meets(intent, "Redirect", place).await?;
        let channels = office.pbx.truth().channels().await?;
        let there = channels
            .iter()
            .filter(|one| one.application == "ConfBridge")
            .count();
        ensure!(
            channels.len() >= 4,
            "{place:?}: somebody is lost: {channels:?}"
        );
        // Half of them there is neither: then nobody may claim either.
        let claims = claim(&outcome);
        ensure!(
            there == 4 || claims != Claim::Happened,
            "{place:?}: {there} are there, {outcome:?}"
        );
        ensure!(
            there == 0 || claims != Claim::DidNot,
            "{place:?}: {there} are there, {outcome:?}"
        );
        office.seat.agrees_with(&office.pbx).await?;
    }
    Ok(())
}

async fn a_voicemail_cut(version: Version) -> Result<()> {
    let wish = (Verb::Voicemail, Some(person("104")));
    let there = async |office: &Office| Ok(office.jane_lives().await?.application == "VoiceMail");
    cut(version, wish, ("Redirect", "BridgeLeave"), there).await
}

/// The PBX dies in the middle of an exchange and is started again: nobody is left guessing, and nothing is written to the new run.
async fn dies_in(version: Version, verb: Verb, action: &'static str) -> Result<()> {
    for place in PLACES {
        let mut office = Office::open(version).await?;
        let target = (verb == Verb::Transfer).then(|| person("104"));
        let intent = office.wish(verb, target).await?;
        let id = intent.id;
        office.proxy.trap(action, place);
        let begun = office.seat.desk.perform(intent).await?;
        ensure!(begun == Ok(id), "{begun:?}");
        tokio::time::timeout(PATIENCE, office.proxy.sprung()).await?;
        office.pbx.kill9();
        let written = office.proxy.count(action);
        crate::truths::another_second().await;
        office.pbx.power_on()?;
        office.pbx.wait_booted().await?;
        office.proxy.accept_again();
        let decided = |shown: &Shown| {
            let outcome = shown.operation(id)?.outcome.clone()?;
            (outcome != Outcome::Unknown { found: None }).then_some(outcome)
        };
        let outcome = office.seat.wait_within(DECIDED, "decided", decided).await?;
        let gone = Outcome::Unknown {
            found: Some(Found::Gone { restarted: true }),
        };
        ensure!(outcome == gone, "{place:?}: {outcome:?}");
        ensure!(
            office.proxy.count(action) == written,
            "{place:?}: written to the new run"
        );
    }
    Ok(())
}

async fn asterisk_dies_in_a_transfer(version: Version) -> Result<()> {
    dies_in(version, Verb::Transfer, "Redirect").await
}

async fn asterisk_dies_in_a_park(version: Version) -> Result<()> {
    dies_in(version, Verb::Park, "Park").await
}
