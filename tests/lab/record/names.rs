//! Callers who call themselves things a board must show harmlessly.

use anyhow::Result;

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] =
    scenarios!["names-hostile" => hostile: "Callers' names of every nasty kind"];

const NAMES: [(&str, &[u8]); 16] = [
    ("latin-1", b"Latin1 J\xfcrgen"),
    ("broken-utf-8", b"Cut \xe2\x82 off \xf0\x9f"),
    ("markup", b"<img src=x onerror=alert(1)>&amp;</b>"),
    ("right-to-left", "Evil \u{202e}gpj.exe\u{202c} \u{2066}x".as_bytes()),
    ("arabic", "محمد العربي".as_bytes()),
    ("quotes", b"Quote \"Q\" O'Neil \\ back"),
    ("controls", b"Bell\x07 tab\t one\x01 del\x7f esc\x1b[31m"),
    ("header", b"Event: Hangup Uniqueid: 1"),
    ("expansion", b"50% off ${EXTEN} $[1+1]"),
    ("unknown", b"<unknown>"),
    ("nothing", b""),
    ("blank", b"   "),
    ("emoji", "👩‍💻 Ünï ☎️".as_bytes()),
    ("combining", "Z̴̡̛a̸̧͠l̷̢͘g̶̨̛o̵".as_bytes()),
    ("separator", b"a;b,c|d&e=f"),
    (
        "long",
        b"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhh\xc3\xa9\xc3\xa9iiii",
    ),
];

async fn hostile(stage: &mut Stage) -> Result<()> {
    let [anna] = stage.phones(["101"]).await?;
    stage.begin().await?;
    for (what, name) in NAMES {
        let caller = stage
            .pbx
            .trunk_call("4930555003", "+49301234567", name)
            .await?;
        anna.wait_ringing().await?;
        stage.pbx.truth().wait_ringing("101").await?;
        stage.tape.mark(&format!("ringing {what}")).await?;
        caller.hangup()?;
        anna.wait_idle().await?;
        stage.over().await?;
    }
    Ok(())
}
