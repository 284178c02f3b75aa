//! What strangers call themselves is text, and nothing else.

use anyhow::{Result, ensure};
use lab::{Pbx, Version};

use crate::page::Page;

#[tokio::test]
async fn a_hostile_name_is_only_text() -> Result<()> {
    let pbx = Pbx::start(Version::V22).await?;
    let (page, _reception) =
        tokio::try_join!(Page::on_board(pbx.ami_port()), pbx.answering_phone("101"))?;
    let name = "<img src=x onerror=document.title=1>\u{202e}gpj.exe<b>Eve</b>";
    let _caller = pbx.trunk_call("4930555003", "+49301234567", name).await?;
    pbx.truth().wait_talking("trunk", "101").await?;
    let call = "[data-region=mine] [data-kind=call]";
    page.wait_words(call, "<img src=x").await?;
    page.click_at(page.grip(call).await?).await?;
    page.wait_words("[data-region=detail]", "<img src=x")
        .await?;
    page.picture("hostile-name").await?;
    let made = page.count("img[onerror], .board img, .board b").await?;
    ensure!(made == 0, "a name became an element");
    ensure!(page.ask("document.title").await? != "1", "a name was run");
    let turned = page
        .ask("document.body.innerText.includes('\\u202e')")
        .await?;
    ensure!(turned == false, "a name turns the text around it");
    Ok(())
}
