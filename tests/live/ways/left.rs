//! The caller hangs up in the middle of a swap, when I and whoever was asked are with the music already: neither of us is left there.

use anyhow::{Result, ensure};
use lab::Version;
use lab::proxy::Mode;
use operator::{ConsultationStage, Outcome, Verb};

use super::{Office, failed, idle};
use crate::on_both;

on_both!(
    a_caller_who_hangs_up_in_a_swap_leaves_nobody_to_the_music,
    nor_is_anybody_left_to_it_across_a_lost_link,
);

/// Anna and Marco hear music, Jane has hung up, and the link still holds what was to bring Jane to Anna.
async fn amid_a_swap(version: Version) -> Result<(Office, lab::Phone, operator::OperationId)> {
    let mut office = Office::open(version).await?;
    let marco = office.pbx.phone("102").await?;
    idle(&mut office.seat, &["102"]).await?;
    office.talks(&marco).await?;
    let intent = office.wish(Verb::Swap, None).await?;
    let id = office.writes(intent, "Bridge").await?;
    office.hears_music("101").await?;
    office.hears_music("102").await?;
    office.jane_leaves().await?;
    Ok((office, marco, id))
}

/// By themselves.
pub(super) async fn talk_again(office: &mut Office) -> Result<()> {
    office.stage(ConsultationStage::Left).await?;
    office.pbx.truth().wait_talking("101", "102").await?;
    office.consultation_is_over().await?;
    office.agrees().await
}

async fn a_caller_who_hangs_up_in_a_swap_leaves_nobody_to_the_music(
    version: Version,
) -> Result<()> {
    let (mut office, _marco, id) = amid_a_swap(version).await?;
    let outcome = office.arrives(id).await?;
    failed(&outcome)?;
    talk_again(&mut office).await
}

async fn nor_is_anybody_left_to_it_across_a_lost_link(version: Version) -> Result<()> {
    let (mut office, _marco, id) = amid_a_swap(version).await?;
    office.proxy.cut();
    office.proxy.set(Mode::Pass);
    let outcome = office.seat.outcome(id).await?;
    // News of her hang-up may just have come through.
    ensure!(!matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
    talk_again(&mut office).await
}
