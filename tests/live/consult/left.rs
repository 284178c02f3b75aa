//! The caller hangs up while I talk to them again and whoever was asked hears music: nobody is left there. Asterisk hangs up my own leg
//! with the caller's (22 and 16), so whoever was asked rings me.

use anyhow::{Result, ensure};
use lab::Version;
use operator::{ConsultationStage, Evidence, Verb};

use super::Office;
use crate::on_both;
use crate::seat::done;

on_both!(whoever_was_asked_rings_me_when_the_caller_hangs_up);

async fn whoever_was_asked_rings_me_when_the_caller_hangs_up(version: Version) -> Result<()> {
    let mut office = Office::open(version).await?;
    office.talks().await?;
    let outcome = office.does(Verb::Swap, None).await?;
    ensure!(outcome == done(Evidence::Together), "{outcome:?}");
    office.stage(ConsultationStage::Back).await?;
    office.hears_music("102").await?;
    let hangup = [("Action", "Hangup"), ("Channel", &office.jane.key)];
    office.pbx.truth().action(&hangup).await?;
    office.pbx.truth().wait_gone("trunk").await?;
    office.stage(ConsultationStage::Left).await?;
    office.anna.wait_ringing().await?;
    office.anna.answer().await?;
    office.pbx.truth().wait_talking("101", "102").await?;
    office.over().await?;
    office.seat.agrees_with(&office.pbx).await
}
