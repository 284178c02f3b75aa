//! Parking beyond the plain case: lots, slots, swaps, and those who come back.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;
use crate::phone::Phone;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "park-slot-asked" => slot_asked: "A slot is asked for (22 gives it, 16 does not care)",
    "park-slot-taken" => slot_taken: "A slot is asked for that is taken: another one is given",
    "park-no-such-lot" => no_such_lot: "A lot that does not exist: refused",
    "park-lot-full" => lot_full: "A lot of two slots is asked for a third",
    "park-announced" => announced: "The parker stays to hear the slot",
    "park-by-dialling" => by_dialling: "Somebody parks himself by dialling the parking extension",
    "park-by-transfer" => by_transfer: "The desk transfers to the parking extension",
    "park-by-consultation" => by_consultation: "Parked by *2 and the parking extension: ParkedCallSwap",
    "park-two" => two: "Two are parked, the second is fetched first",
    "park-trunk-caller" => trunk_caller: "An outside caller is parked and fetched by a colleague",
    "park-hung-up-by-desk" => hung_up_by_desk: "The desk hangs up on somebody who is parked",
    "park-empty-slot" => empty_slot: "A slot is dialled in which nobody is",
    "park-timeout-elsewhere" => timeout_elsewhere: "Parked too long in a lot that brings nobody back: goes on elsewhere",
    "park-timeout-no-answer" => timeout_no_answer: "Comes back to a parker who refuses",
    "park-timeout-busy" => timeout_busy: "Comes back to a parker who talks again",
    "park-again" => again: "Fetched, and parked again",
    "park-while-moving" => while_moving: "Parked and moved in one breath",
    "parked-transfers" => transfers: "One of three parked legs is told to transfer the others: a Local channel takes its place before it is announced",
    "park-ringing" => ringing: "A caller whose call still rings is parked: the dialled leg is hung up without a DialEnd",
];

async fn park(stage: &mut Stage, endpoint: &str, more: &[(&str, &str)]) -> Result<()> {
    let parkee = stage.channel(endpoint).await?.name;
    let mut action = vec![("Action", "Park"), ("Channel", parkee.as_str())];
    action.extend(more);
    stage.act(&action).await?;
    stage.tape.event("ParkedCall").await.map(drop)
}

async fn parked(stage: &mut Stage, more: &[(&str, &str)]) -> Result<[Phone; 3]> {
    let phones = stage.talkers().await?;
    let parker = stage.channel("102").await?.name;
    let more: Vec<_> = more
        .iter()
        .copied()
        .chain([("TimeoutChannel", parker.as_str())])
        .collect();
    park(stage, "101", &more).await?;
    phones[1].wait_idle().await?;
    Ok(phones)
}

async fn fetch(stage: &mut Stage, phone: &Phone, slot: &str) -> Result<()> {
    phone.dial(slot).await?;
    stage.talking("101", phone.number()).await?;
    stage.mark("retrieved").await
}

/// 16 gives the slot it likes.
async fn slot_asked(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = parked(stage, &[("ParkingSpace", "705")]).await?;
    let slot = stage
        .tape
        .event("ParkedCall")
        .await?
        .get("ParkingSpace")
        .to_owned();
    stage.mark("parked").await?;
    fetch(stage, &cara, &slot).await?;
    anna.hangup().await?;
    stage.over().await
}

async fn slot_taken(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = parked(stage, &[("ParkingSpace", "705")]).await?;
    stage.mark("parked").await?;
    stage.connect(&marco, &cara).await?;
    stage.mark("second-answered").await?;
    let second = stage.channel("102").await?.name;
    let park = [
        ("Action", "Park"),
        ("Channel", second.as_str()),
        ("ParkingSpace", "705"),
    ];
    // What becomes of it is for the transcript to tell.
    stage.tape.request(&park).await?;
    stage.mark("asked").await?;
    stage.clear().await
}

async fn no_such_lot(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let park = [
        ("Action", "Park"),
        ("Channel", leg.as_str()),
        ("Parkinglot", "nowhere"),
    ];
    stage.tape.request(&park).await?;
    stage.mark("asked").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn lot_full(stage: &mut Stage) -> Result<()> {
    let phones = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    for phone in &phones {
        phone.dial("601").await?;
        phone.wait_established().await?;
    }
    let hotel = [("Parkinglot", "hotel"), ("Timeout", "30000")];
    park(stage, "101", &hotel).await?;
    stage.mark("one").await?;
    park(stage, "102", &hotel).await?;
    stage.late("two").await?;
    let third = stage.channel("103").await?.name;
    let park = [
        ("Action", "Park"),
        ("Channel", third.as_str()),
        ("Parkinglot", "hotel"),
    ];
    stage.tape.request(&park).await?;
    stage.mark("full").await?;
    stage.clear().await
}

async fn announced(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, _cara] = stage.talkers().await?;
    let parker = stage.channel("102").await?.name;
    park(stage, "101", &[("AnnounceChannel", &parker)]).await?;
    stage.late("announcing").await?;
    stage.pbx.truth().wait_gone("102").await?;
    stage.mark("parked").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn by_dialling(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    anna.dial("700").await?;
    stage.tape.event("ParkedCall").await?;
    stage.late("parked").await?;
    fetch(stage, &cara, "701").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn by_transfer(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    let leg = stage.channel("102").await?.name;
    let transfer = [
        ("Action", "BlindTransfer"),
        ("Channel", leg.as_str()),
        ("Context", "internal"),
        ("Exten", "700"),
    ];
    stage.act(&transfer).await?;
    stage.tape.event("ParkedCall").await?;
    stage.mark("parked").await?;
    marco.wait_idle().await?;
    fetch(stage, &cara, "701").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn by_consultation(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.talkers().await?;
    marco.dtmf("*2").await?;
    stage.tape.event("MusicOnHoldStart").await?;
    marco.dtmf("700").await?;
    stage.tape.event("ParkedCall").await?;
    stage.late("consulting").await?;
    marco.hangup().await?;
    stage.tape.event("AttendedTransfer").await?;
    stage.late("parked").await?;
    fetch(stage, &cara, "701").await?;
    anna.hangup().await?;
    stage.clear().await
}

async fn two(stage: &mut Stage) -> Result<()> {
    let [anna, marco, cara] = stage.phones(["101", "102", "103"]).await?;
    stage.begin().await?;
    for phone in [&anna, &marco] {
        phone.dial("601").await?;
        phone.wait_established().await?;
        park(stage, phone.number(), &[]).await?;
        stage.mark(&format!("parked-{}", phone.number())).await?;
    }
    stage.late("two").await?;
    cara.dial("702").await?;
    stage.talking("102", "103").await?;
    stage.mark("retrieved").await?;
    anna.hangup().await?;
    stage.tape.event("ParkedCallGiveUp").await?;
    stage.mark("given-up").await?;
    stage.clear().await
}

async fn trunk_caller(stage: &mut Stage) -> Result<()> {
    let [anna, cara] = stage.phones(["101", "103"]).await?;
    stage.begin().await?;
    let jane = stage.jane("4930555003").await?;
    anna.wait_ringing().await?;
    anna.answer().await?;
    stage.talking("trunk", "101").await?;
    stage.mark("answered").await?;
    let parker = stage.channel("101").await?.name;
    park(stage, "trunk", &[("TimeoutChannel", &parker)]).await?;
    anna.wait_idle().await?;
    stage.mark("parked").await?;
    cara.dial("701").await?;
    stage.talking("trunk", "103").await?;
    stage.mark("retrieved").await?;
    jane.hangup()?;
    stage.over().await
}

async fn hung_up_by_desk(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco, _cara] = parked(stage, &[]).await?;
    stage.mark("parked").await?;
    let leg = stage.channel("101").await?.name;
    stage
        .act(&[("Action", "Hangup"), ("Channel", &leg)])
        .await?;
    stage.over().await
}

async fn empty_slot(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    anna.dial("703").await?;
    stage.tape.event("Newchannel").await?;
    stage.mark("dialled").await?;
    stage.clear().await
}

async fn timeout_elsewhere(stage: &mut Stage) -> Result<()> {
    let [anna, _marco, cara] = parked(stage, &[("Parkinglot", "hotel")]).await?;
    stage.mark("parked").await?;
    cara.wait_ringing().await?;
    stage.late("went-on").await?;
    cara.answer().await?;
    stage.talking("101", "103").await?;
    stage.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn timeout_no_answer(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = parked(stage, &[("Timeout", "3000")]).await?;
    marco.wait_ringing().await?;
    stage.late("came-back").await?;
    marco.reject().await?;
    anna.wait_idle().await?;
    stage.over().await
}

async fn timeout_busy(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = parked(stage, &[("Timeout", "6000")]).await?;
    stage.connect(&marco, &cara).await?;
    stage.mark("parker-talks").await?;
    stage.tape.event("ParkedCallTimeOut").await?;
    marco.wait_ringing().await?;
    stage.mark("came-back").await?;
    stage.clear().await
}

async fn again(stage: &mut Stage) -> Result<()> {
    let [anna, marco, _cara] = parked(stage, &[]).await?;
    stage.mark("parked").await?;
    fetch(stage, &marco, "701").await?;
    let parker = stage.channel("102").await?.name;
    park(stage, "101", &[("TimeoutChannel", &parker)]).await?;
    marco.wait_idle().await?;
    stage.late("parked-again").await?;
    anna.hangup().await?;
    stage.over().await
}

/// Both actions at once; which of them wins is Asterisk's business.
async fn while_moving(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco, _cara] = stage.talkers().await?;
    let leg = stage.channel("101").await?.name;
    let park = [("Action", "Park"), ("Channel", leg.as_str())];
    let redirect = [
        ("Action", "Redirect"),
        ("Channel", leg.as_str()),
        ("Context", "internal"),
        ("Exten", "103"),
        ("Priority", "1"),
    ];
    let first = stage.tape.send(&park).await?;
    let second = stage.tape.send(&redirect).await?;
    stage.tape.reply(&first).await?;
    stage.tape.reply(&second).await?;
    stage.late("asked").await?;
    stage.clear().await
}

async fn transfers(stage: &mut Stage) -> Result<()> {
    let [_anna, marco, cara] = parked(stage, &[]).await?;
    let [dora] = stage.phones(["104"]).await?;
    for phone in [&cara, &dora] {
        stage.connect(phone, &marco).await?;
        park(stage, phone.number(), &[]).await?;
        marco.wait_idle().await?;
    }
    stage.mark("three-parked").await?;
    let parkee = stage.channel("101").await?.name;
    let transfer = [
        ("Action", "BlindTransfer"),
        ("Channel", parkee.as_str()),
        ("Context", "internal"),
        ("Exten", "601"),
    ];
    stage.act(&transfer).await?;
    stage.tape.event("ParkedCallSwap").await?;
    stage.late("place-taken").await?;
    stage.clear().await
}

async fn ringing(stage: &mut Stage) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.begin().await?;
    stage.ring(&anna, &marco).await?;
    stage.mark("ringing").await?;
    let leg = stage.channel("101").await?.name;
    stage
        .tape
        .request(&[("Action", "Park"), ("Channel", &leg)])
        .await?;
    stage.mark("asked").await?;
    stage.clear().await
}
