//! Names and numbers chosen by somebody who means harm: shown as text, and the caller moved like any other.

use anyhow::{Context, Result, ensure};
use board::view::CallPhase;
use lab::{Truth, Version};
use operator::Outcome;

use crate::on_both;
use crate::seat::{office, person};
use crate::shown::leg;

on_both!(hostile_callers_are_shown_and_moved);

/// The bytes in the SIP `From` header.
const NAMES: [&[u8]; 8] = [
    b"<img src=x onerror=alert(1)>",
    "\u{202e}ecila\u{2066}".as_bytes(),
    b"Robert \"Bob\" O'Neil",
    b"C:\\new\\table",
    b"J\xfcrgen",
    b"Uniqueid: 1795.1",
    "王秀英 🤖".as_bytes(),
    b"${CHANNEL(name)} %s %n",
];

/// The name as Asterisk keeps it: SIP's own backslashes before quotes are part of it.
async fn name_in_asterisk(truth: &Truth, uniqueid: &str) -> Result<String> {
    let name = truth
        .channels()
        .await?
        .into_iter()
        .find(|one| one.uniqueid == uniqueid)
        .map(|one| one.name)
        .unwrap_or_default();
    let answer = truth
        .action(&[
            ("Action", "Getvar"),
            ("Channel", &name),
            ("Variable", "CALLERID(name)"),
        ])
        .await?;
    Ok(answer
        .first()
        .map(|reply| reply.get("Value").to_owned())
        .unwrap_or_default())
}

async fn hostile_callers_are_shown_and_moved(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let (anna, cara) = tokio::try_join!(pbx.phone("101"), pbx.answering_phone("103"))?;
    for name in NAMES {
        let written = String::from_utf8_lossy(name).into_owned();
        let caller = pbx.trunk_call("4930555003", "+49301234567", name).await?;
        anna.wait_ringing().await.with_context(|| written.clone())?;
        let call = seat.call(CallPhase::Ringing, &["101", "trunk"]).await?;
        let outside = leg(&call, "trunk").clone();
        let shown = outside.name.clone().unwrap_or_default();
        let kept = name_in_asterisk(pbx.truth(), &outside.id.key).await?;
        let whole = shown == kept || (shown.starts_with('J') && shown.ends_with("rgen"));
        ensure!(
            whole,
            "{written:?}, in Asterisk {kept:?}, is shown as {shown:?}"
        );
        ensure!(
            outside.number.as_deref() == Some("+49301234567"),
            "{outside:?}"
        );
        let (_, outcome) = seat.transfer(&call.id, person("103")).await?;
        ensure!(
            matches!(outcome, Outcome::Done { .. }),
            "{written:?}: {outcome:?}"
        );
        pbx.truth().wait_talking("trunk", "103").await?;
        seat.call(CallPhase::Talking, &["103", "trunk"]).await?;
        anna.wait_idle().await?;
        seat.agrees_with(&pbx).await?;
        caller.hangup()?;
        pbx.truth().wait_silent().await?;
        seat.silence().await?;
        cara.wait_idle().await?;
    }
    ensure!(
        seat.shown.pbx().is_some_and(|view| view.anomalies == 0),
        "{:?}",
        seat.shown.pbx()
    );
    for number in ["anonymous", "12'34", "%3Cb%3E1%22"] {
        let caller = pbx.trunk_call("4930555003", number, "X").await?;
        anna.wait_ringing()
            .await
            .with_context(|| number.to_owned())?;
        let call = seat.call(CallPhase::Ringing, &["101", "trunk"]).await?;
        let (_, outcome) = seat.transfer(&call.id, person("103")).await?;
        ensure!(
            matches!(outcome, Outcome::Done { .. }),
            "{number:?}: {outcome:?}"
        );
        pbx.truth().wait_talking("trunk", "103").await?;
        caller.hangup()?;
        pbx.truth().wait_silent().await?;
        seat.silence().await?;
        cara.wait_idle().await?;
    }
    Ok(())
}
