//! What moves nobody is cut in one office: a desk for each wish, all at once, place after place. What was done is undone in between, and
//! by Asterisk's own word it was done or was not.

use anyhow::{Context, Result, ensure};
use board::view::{CallPhase, ExtensionState};
use board::{Ref, RefKind};
use lab::message::Message;
use lab::{Pbx, Phone, Place, Proxy, Version};
use operator::{Details, Intent, Outcome, Verb};

use super::{Claim, PLACES, claim, honest, meets, places};
use crate::desk::pbx_id;
use crate::on_both;
use crate::seat::{Seat, connect, person, room};
use crate::shown::{Shown, leg};

on_both!(whatever_moves_nobody_cut);

/// A desk behind a link of its own.
struct Desk<'p> {
    pbx: &'p Pbx,
    proxy: Proxy,
    seat: Seat,
}

/// Something to wish for, and the action it is made of.
#[derive(Clone)]
struct Wish {
    verb: Verb,
    subject: Ref,
    target: Option<Ref>,
    details: Details,
    action: &'static str,
    news: &'static str,
}

/// Marco and Cara talk; Emil and a second one are in room 680; two more wait in the queue vip. Anna's phone is free.
struct House {
    pbx: Pbx,
    marco: Phone,
    _phones: Vec<Phone>,
}

impl House {
    async fn open(version: Version) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let (marco, cara) = tokio::try_join!(pbx.phone("102"), pbx.phone("103"))?;
        connect(&pbx, &marco, &cara).await?;
        let (anna, emil, other, first, second) = tokio::try_join!(
            pbx.phone("101"),
            pbx.phone("105"),
            pbx.phone("106"),
            pbx.phone("107"),
            pbx.phone("108")
        )?;
        for (phone, number) in [
            (&emil, "680"),
            (&other, "680"),
            (&first, "510"),
            (&second, "510"),
        ] {
            phone.dial(number).await?;
            phone.wait_established().await?;
        }
        Ok(Self {
            pbx,
            marco,
            _phones: vec![cara, anna, emil, other, first, second],
        })
    }

    async fn desk(&self) -> Result<Desk<'_>> {
        let proxy = Proxy::start(self.pbx.ami_port()).await?;
        let mut seat = Seat::at(proxy.port()).await?;
        seat.call(CallPhase::Talking, &["102", "103"]).await?;
        Ok(Desk {
            pbx: &self.pbx,
            proxy,
            seat,
        })
    }
}

impl Desk<'_> {
    async fn intent(&self, wish: &Wish) -> Result<Intent> {
        let target = wish.target.clone();
        let mut intent = self.seat.intent(wish.verb, &wish.subject, target).await?;
        intent.details = wish.details.clone();
        Ok(intent)
    }

    async fn cut(&mut self, wish: &Wish, place: Place) -> Result<Outcome> {
        let intent = self.intent(wish).await?;
        let before = self.proxy.count(wish.action);
        let outcome = meets(&self.proxy, &mut self.seat, intent, wish.action, place).await;
        let outcome = outcome.with_context(|| format!("{:?} {place:?}", wish.verb))?;
        let written = self.proxy.count(wish.action) - before;
        ensure!(written <= 1, "{:?} was written {written} times", wish.verb);
        Ok(outcome)
    }

    /// Cut at this place; by Asterisk's own word it was done or was not. In the end it is done.
    async fn cut_and_done(
        &mut self,
        wish: &Wish,
        place: Place,
        happened: impl AsyncFn() -> Result<bool>,
    ) -> Result<()> {
        let outcome = self.cut(wish, place).await?;
        let so = happened().await?;
        honest(&outcome, place, so).with_context(|| format!("{:?}", wish.verb))?;
        if !so {
            let intent = self.intent(wish).await?;
            let (_, outcome) = self.seat.carry_out(intent).await?;
            let done = matches!(outcome, Outcome::Done { .. });
            ensure!(done, "{:?}, not cut: {outcome:?}", wish.verb);
            ensure!(happened().await?, "{:?} was not done", wish.verb);
        }
        Ok(())
    }

    /// On and off again, each cut at every place.
    async fn toggle(
        mut self,
        (on, off): (Wish, Wish),
        is_on: impl AsyncFn(&Pbx) -> Result<bool>,
    ) -> Result<()> {
        for (to_on, to_off) in places(on.news).zip(places(off.news)) {
            let pbx = self.pbx;
            self.cut_and_done(&on, to_on, async || is_on(pbx).await)
                .await?;
            self.cut_and_done(&off, to_off, async || Ok(!is_on(pbx).await?))
                .await?;
        }
        Ok(())
    }

    /// Ended by hand, and the desk has heard of it if it knew; what it has not seen end since a gap it calls unsure.
    async fn records_no_more(&mut self, channel: &str) -> Result<()> {
        let stop = [("Action", "StopMixMonitor"), ("Channel", channel)];
        self.pbx.truth().action(&stop).await?;
        let unknown = |shown: &Shown| {
            let mut legs = shown.calls().flat_map(|call| &call.legs);
            legs.all(|leg| leg.recorded.is_none_or(|recorded| recorded.unsure))
                .then_some(())
        };
        self.seat.wait("no recording", unknown).await
    }

    async fn leg_of(&mut self, phase: CallPhase, ends: &[&str], end: &str) -> Result<Ref> {
        let call = self.seat.call(phase, ends).await?;
        Ok(leg(&call, end).id.clone())
    }
}

impl Wish {
    fn new(verb: Verb, subject: Ref, action: &'static str, news: &'static str) -> Self {
        Self {
            verb,
            subject,
            target: None,
            details: Details::default(),
            action,
            news,
        }
    }

    fn in_queue(self, name: &str) -> Self {
        let target = Some(Ref::new(RefKind::Queue, &pbx_id(), name));
        Self { target, ..self }
    }

    fn with(self, details: Details) -> Self {
        Self { details, ..self }
    }
}

async fn rows(pbx: &Pbx, question: &[(&str, &str)], item: &str) -> Result<Vec<Message>> {
    let mut answer = pbx.truth().action(question).await?;
    answer.retain(|message| message.is_event(item));
    Ok(answer)
}

/// Whether some item of a list Asterisk gives is so.
async fn any(pbx: &Pbx, (action, item): (&str, &str), wanted: &[(&str, &str)]) -> Result<bool> {
    let room = ("Conference", "680");
    let question = [("Action", action), room];
    let question = if action == "ConfbridgeList" {
        &question[..]
    } else {
        &question[..1]
    };
    let all = rows(pbx, question, item).await?;
    let fits = |one: &Message| wanted.iter().all(|(key, value)| one.get(key) == *value);
    Ok(all.iter().any(fits))
}

async fn whatever_moves_nobody_cut(version: Version) -> Result<()> {
    let house = House::open(version).await?;
    // Each in a box of its own: together they are too much for a stack.
    tokio::try_join!(
        Box::pin(members(&house)),
        Box::pin(penalties(&house)),
        Box::pin(pauses(&house)),
        Box::pin(priorities(&house)),
        Box::pin(withdrawals(&house)),
        Box::pin(seats(&house)),
        Box::pin(doors(&house)),
        Box::pin(recordings(&house)),
        Box::pin(limits(&house)),
        Box::pin(keys(&house)),
        Box::pin(listeners(&house)),
    )?;
    Ok(())
}

async fn members(house: &House) -> Result<()> {
    let wish = |verb, action, news| Wish::new(verb, person("109"), action, news).in_queue("closed");
    let add = wish(Verb::QueueAdd, "QueueAdd", "QueueMemberAdded");
    let remove = wish(Verb::QueueRemove, "QueueRemove", "QueueMemberRemoved");
    let serves = async |pbx: &Pbx| {
        let wanted = [("Queue", "closed"), ("Location", "PJSIP/109")];
        any(pbx, ("QueueStatus", "QueueMember"), &wanted).await
    };
    house.desk().await?.toggle((add, remove), serves).await
}

async fn penalties(house: &House) -> Result<()> {
    let wish = |value| {
        let news = "QueueMemberPenalty";
        let wish = Wish::new(Verb::SetPenalty, person("105"), "QueuePenalty", news);
        wish.in_queue("support").with(Details {
            value: Some(value),
            ..Details::default()
        })
    };
    let set = async |pbx: &Pbx| {
        let wanted = [("Location", "PJSIP/105"), ("Penalty", "3")];
        any(pbx, ("QueueStatus", "QueueMember"), &wanted).await
    };
    house.desk().await?.toggle((wish(3), wish(0)), set).await
}

async fn pauses(house: &House) -> Result<()> {
    let wish =
        |verb| Wish::new(verb, person("103"), "QueuePause", "QueueMemberPause").in_queue("sales");
    let pair = (wish(Verb::QueuePause), wish(Verb::QueueUnpause));
    let paused = async |pbx: &Pbx| {
        let wanted = [("Location", "PJSIP/103"), ("Paused", "1")];
        any(pbx, ("QueueStatus", "QueueMember"), &wanted).await
    };
    house.desk().await?.toggle(pair, paused).await
}

/// Nothing tells of it: the list that is read after it is the news.
async fn priorities(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let waits = desk.leg_of(CallPhase::Queued, &["107"], "107").await?;
    let wish = |value| {
        let action = "QueueChangePriorityCaller";
        let wish = Wish::new(Verb::SetPriority, waits.clone(), action, "QueueParams");
        wish.with(Details {
            value: Some(value),
            ..Details::default()
        })
    };
    let first = async |pbx: &Pbx| {
        let wanted = [("Uniqueid", waits.key.as_str()), ("Priority", "7")];
        any(pbx, ("QueueStatus", "QueueEntry"), &wanted).await
    };
    desk.toggle((wish(7), wish(0)), first).await
}

/// Whoever was withdrawn is sent back into the queue by hand.
async fn withdrawals(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let waits = desk.leg_of(CallPhase::Queued, &["108"], "108").await?;
    let action = "QueueWithdrawCaller";
    let wish = Wish::new(Verb::Withdraw, waits.clone(), action, "QueueCallerLeave");
    for place in places(wish.news) {
        desk.leg_of(CallPhase::Queued, &["108"], "108").await?;
        let pbx = desk.pbx;
        let gone = async || {
            let wanted = [("Uniqueid", waits.key.as_str())];
            Ok(!any(pbx, ("QueueStatus", "QueueEntry"), &wanted).await?)
        };
        desk.cut_and_done(&wish, place, gone).await?;
        let back = [
            ("Action", "Redirect"),
            ("Channel", waits.key.as_str()),
            ("Context", "internal"),
            ("Exten", "510"),
            ("Priority", "1"),
        ];
        desk.leg_of(CallPhase::Application, &["108"], "108").await?;
        pbx.truth().action(&back).await?;
    }
    Ok(())
}

async fn seats(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let emils = desk
        .leg_of(CallPhase::Conference, &["105", "106"], "105")
        .await?;
    let wish = |verb, action, news| Wish::new(verb, emils.clone(), action, news);
    let mute = wish(Verb::Mute, "ConfbridgeMute", "ConfbridgeMute");
    let unmute = wish(Verb::Unmute, "ConfbridgeUnmute", "ConfbridgeUnmute");
    let muted = async |pbx: &Pbx| {
        let wanted = [("Uniqueid", emils.key.as_str()), ("Muted", "Yes")];
        any(pbx, ("ConfbridgeList", "ConfbridgeList"), &wanted).await
    };
    desk.toggle((mute, unmute), muted).await
}

async fn doors(house: &House) -> Result<()> {
    let wish = |verb, action| Wish::new(verb, room("680"), action, "ConfbridgeListRooms");
    let pair = (
        wish(Verb::Lock, "ConfbridgeLock"),
        wish(Verb::Unlock, "ConfbridgeUnlock"),
    );
    let locked = async |pbx: &Pbx| {
        let wanted = [("Conference", "680"), ("Locked", "Yes")];
        any(pbx, ("ConfbridgeListRooms", "ConfbridgeListRooms"), &wanted).await
    };
    house.desk().await?.toggle(pair, locked).await
}

/// A desk that has lost the link is sure of no recording any more: each cut begins anew, and what is left over is ended by hand.
async fn recordings(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let call = desk.seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caller = leg(&call, "102").clone();
    let wish = |verb, action, news| Wish::new(verb, caller.id.clone(), action, news);
    let on = wish(Verb::Record, "MixMonitor", "MixMonitorStart");
    let off = wish(Verb::StopRecording, "StopMixMonitor", "MixMonitorStop");
    let pbx = desk.pbx;
    let recorded = async || {
        let list = format!("mixmonitor list {}", caller.channel);
        anyhow::Ok(pbx.cli(&list).await?.contains("/monitor/"))
    };
    for (to_on, to_off) in places(on.news).zip(places(off.news)) {
        let outcome = desk.cut(&on, to_on).await?;
        honest(&outcome, to_on, recorded().await?).context("Record")?;
        desk.records_no_more(&caller.channel).await?;
        let intent = desk.intent(&on).await?;
        let (_, outcome) = desk.seat.carry_out(intent).await?;
        ensure!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
        let outcome = desk.cut(&off, to_off).await?;
        honest(&outcome, to_off, !recorded().await?).context("StopRecording")?;
        desk.records_no_more(&caller.channel).await?;
    }
    Ok(())
}

/// An hour, or a day.
async fn limits(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let call = desk.seat.call(CallPhase::Talking, &["102", "103"]).await?;
    let caller = leg(&call, "102").clone();
    let wish = |seconds| {
        let wish = Wish::new(Verb::LimitTime, caller.id.clone(), "AbsoluteTimeout", "");
        wish.with(Details {
            seconds: Some(seconds),
            ..Details::default()
        })
    };
    for place in PLACES {
        for (seconds, longer) in [(86_400, true), (3_600, false)] {
            let outcome = desk.cut(&wish(seconds), place).await?;
            let question = [
                ("Action", "Getvar"),
                ("Channel", caller.channel.as_str()),
                ("Variable", "TIMEOUT(absolute)"),
            ];
            let answer = desk.pbx.truth().action(&question).await?;
            let left = answer.first().map_or("", |reply| reply.get("Value"));
            let left: f64 = left.parse()?;
            honest(&outcome, place, left > 0.0 && (left > 3_600.0) == longer)?;
            let undo = [
                ("Action", "AbsoluteTimeout"),
                ("Channel", caller.channel.as_str()),
                ("Timeout", "0"),
            ];
            desk.pbx.truth().action(&undo).await?;
        }
    }
    Ok(())
}

/// Each place presses two keys of its own. Marco's phone hears the first where Asterisk had the whole action, the second never, and none
/// twice.
async fn keys(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let marcos = desk
        .leg_of(CallPhase::Talking, &["102", "103"], "102")
        .await?;
    for (place, keys) in PLACES.into_iter().zip(["12", "34", "56", "78"]) {
        let wish = Wish::new(Verb::SendDigits, marcos.clone(), "PlayDTMF", "");
        let wish = wish.with(Details {
            digits: Some(keys.to_owned()),
            ..Details::default()
        });
        let outcome = desk.cut(&wish, place).await?;
        ensure!(
            claim(&outcome) != Claim::Happened,
            "{place:?}: half of it is not all: {outcome:?}"
        );
    }
    house.marco.wait_keys("57").await
}

/// My phone rings for it, or it does not.
async fn listeners(house: &House) -> Result<()> {
    let mut desk = house.desk().await?;
    let caras = desk
        .leg_of(CallPhase::Talking, &["102", "103"], "103")
        .await?;
    for verb in [Verb::Listen, Verb::Whisper, Verb::Barge] {
        // Of the three, which are one action, each is cut at every place once more only where it may have been acted on.
        let before = if verb == Verb::Listen { 0 } else { 2 };
        for place in places("Newchannel").skip(before) {
            free(&mut desk.seat).await?;
            let wish = Wish::new(verb, caras.clone(), "Originate", "Newchannel");
            let outcome = desk.cut(&wish, place).await?;
            let rings = desk.pbx.truth().channels_of("101").await?;
            honest(&outcome, place, !rings.is_empty())?;
            for one in rings {
                let hangup = [("Action", "Hangup"), ("Channel", one.uniqueid.as_str())];
                desk.pbx.truth().action(&hangup).await?;
            }
            desk.pbx.truth().wait_gone("101").await?;
        }
    }
    Ok(())
}

async fn free(seat: &mut Seat) -> Result<()> {
    seat.wait("my phone is free", |shown| {
        (shown.state("101") == Some(ExtensionState::Idle)).then_some(())
    })
    .await
}
