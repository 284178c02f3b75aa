//! Who is let in, who is not, and what each may see.

use anyhow::{Result, ensure};

use super::scenario::{Scenario, scenarios};
use super::stage::Stage;

pub(super) const SCENARIOS: &[Scenario] = scenarios![
    "login-plain" => plain: "A login in clear text, what the account may do, and every list of an idle PBX",
    "login-md5" => md5: "A login by challenge, and a farewell",
    "login-wrong-secret" => wrong_secret: "Refused after a second, and closed",
    "login-wrong-key" => wrong_key: "A wrong answer to the challenge",
    "login-unknown-user" => unknown_user: "An account that does not exist",
    "login-blocked" => blocked: "The right secret from the wrong address",
    "login-action-before" => action_before: "A list asked for before the login",
    "login-readonly" => readonly: "A call as seen by an account without write rights, whose lists are refused",
    "login-restricted" => restricted: "A call as seen with the class call only",
    "login-nosystem" => nosystem: "A call as seen without the class system: no FullyBooted, no endpoints",
    "login-noevents" => noevents: "An account that may read nothing",
    "login-events-off" => events_off: "A login that asked for no events",
    "login-while-booting" => while_booting: "The start-up as it is told before FullyBooted",
];

async fn plain(stage: &mut Stage) -> Result<()> {
    stage.tape.connect().await?;
    stage.act(&login("cordboard", "cordboard-secret")).await?;
    stage.tape.booted().await?;
    stage.tape.rights().await?;
    stage.tape.sync().await
}

async fn md5(stage: &mut Stage) -> Result<()> {
    stage.begin().await?;
    stage.tape.rights().await?;
    let reply = stage.tape.request(&[("Action", "Logoff")]).await?;
    ensure!(reply.get("Response") == "Goodbye", "{reply:?}");
    stage.tape.closed().await
}

async fn wrong_secret(stage: &mut Stage) -> Result<()> {
    shut_out(stage, "cordboard", "not-the-secret").await
}

async fn unknown_user(stage: &mut Stage) -> Result<()> {
    shut_out(stage, "nobody", "nobody-secret").await
}

async fn blocked(stage: &mut Stage) -> Result<()> {
    shut_out(stage, "blocked", "blocked-secret").await
}

async fn wrong_key(stage: &mut Stage) -> Result<()> {
    stage.tape.connect().await?;
    let challenge = [("Action", "Challenge"), ("AuthType", "MD5")];
    stage.act(&challenge).await?;
    let key = [
        ("Action", "Login"),
        ("AuthType", "MD5"),
        ("Username", "cordboard"),
        ("Key", "00000000000000000000000000000000"),
    ];
    stage.refused(&key).await?;
    stage.tape.closed().await
}

async fn action_before(stage: &mut Stage) -> Result<()> {
    stage.tape.connect().await?;
    stage.refused(&[("Action", "CoreShowChannels")]).await?;
    stage.act(&login("cordboard", "cordboard-secret")).await?;
    stage.tape.booted().await
}

async fn readonly(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "readonly", "on").await
}

async fn restricted(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "restricted", "on").await
}

async fn nosystem(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "nosystem", "on").await
}

async fn noevents(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "noevents", "on").await
}

async fn events_off(stage: &mut Stage) -> Result<()> {
    seen_by(stage, "cordboard", "off").await
}

/// Login succeeds before the PBX is ready; what comes before FullyBooted is the start-up.
async fn while_booting(stage: &mut Stage) -> Result<()> {
    let [_anna, _marco] = stage.phones(["101", "102"]).await?;
    stage.pbx.kill9();
    stage.pbx.power_on()?;
    stage.begin().await?;
    stage.pbx.wait_booted().await
}

/// A short call as that account sees it, lists included or refused.
async fn seen_by(stage: &mut Stage, user: &str, events: &str) -> Result<()> {
    let [anna, marco] = stage.phones(["101", "102"]).await?;
    stage.tape.connect().await?;
    let reply = stage.tape.log_in_md5(user, events).await?;
    ensure!(reply.get("Response") == "Success", "{reply:?}");
    stage.tape.rights().await?;
    stage.tape.sync().await?;
    stage.connect(&anna, &marco).await?;
    stage.tape.mark("answered").await?;
    anna.hangup().await?;
    stage.over().await
}

async fn shut_out(stage: &mut Stage, user: &str, secret: &str) -> Result<()> {
    stage.tape.connect().await?;
    stage.refused(&login(user, secret)).await?;
    stage.tape.closed().await
}

fn login<'a>(user: &'a str, secret: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("Action", "Login"),
        ("Username", user),
        ("Secret", secret),
        ("Events", "on"),
    ]
}
