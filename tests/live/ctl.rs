//! `cordboardctl` as a process on the lab.

use std::path::PathBuf;
use std::process::{Output, Stdio};

use anyhow::{Context, Result, ensure};
use lab::{Pbx, Version};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

use crate::on_both;
use crate::seat::{PATIENCE, connect};

on_both!(
    the_board_and_what_changes_on_it,
    actions_and_their_exit_codes
);

/// Built beside the tests: `cargo build -p cordboardctl`.
fn program() -> Result<PathBuf> {
    let tests = std::env::current_exe()?;
    let folder = tests.ancestors().nth(2).context("a target folder")?;
    let program = folder.join("cordboardctl");
    ensure!(
        program.is_file(),
        "{} is not built: cargo build -p cordboardctl",
        program.display()
    );
    Ok(program)
}

fn ctl(pbx: &Pbx, user: &str, words: &[&str]) -> Result<Command> {
    let mut command = Command::new(program()?);
    command
        .args([
            "--host",
            "127.0.0.1",
            "--port",
            &pbx.ami_port().to_string(),
            "--user",
            user,
        ])
        .args([
            "--secret-env",
            "CORDBOARD_SECRET",
            "--me",
            "101",
            "--context",
            "internal",
        ])
        .args(words)
        .env("CORDBOARD_SECRET", format!("{user}-secret"))
        .kill_on_drop(true)
        .stdin(Stdio::null());
    Ok(command)
}

async fn run(pbx: &Pbx, words: &[&str]) -> Result<(i32, Value)> {
    let Output {
        status,
        stdout,
        stderr,
    } = ctl(pbx, "cordboard", words)?.output().await?;
    let stderr = String::from_utf8_lossy(&stderr);
    let value = serde_json::from_slice(&stdout).with_context(|| format!("{words:?}: {stderr}"))?;
    Ok((status.code().unwrap_or(-1), value))
}

async fn the_board_and_what_changes_on_it(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let mut watch = ctl(&pbx, "cordboard", &["watch", "--json"])?
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(watch.stdout.take().context("its output")?).lines();
    let first = timeout(PATIENCE, lines.next_line())
        .await??
        .context("a line")?;
    let first: Value = serde_json::from_str(&first)?;
    ensure!(
        first["message"] == "snapshot" && first["tiles"].is_array(),
        "{first}"
    );
    connect(&pbx, &anna, &marco).await?;
    let mut rev = first["rev"].as_u64().context("a number")?;
    let talking = async {
        while let Some(line) = lines.next_line().await? {
            let batch: Value = serde_json::from_str(&line)?;
            ensure!(
                batch["message"] == "batch" && batch["rev"].as_u64() == Some(rev + 1),
                "{line}"
            );
            rev += 1;
            if line.contains("\"phase\":\"talking\"") {
                return Ok(());
            }
        }
        anyhow::bail!("watch ended")
    };
    timeout(PATIENCE, talking)
        .await
        .context("no talking call was told")??;
    let (code, board) = run(&pbx, &["board", "--json"]).await?;
    ensure!(
        code == 0 && board["pbx"]["status"]["status"] == "live",
        "{board:#}"
    );
    ensure!(
        board["calls"][0]["phase"] == "talking"
            && board["calls"]
                .as_array()
                .is_some_and(|calls| calls.len() == 1),
        "{board:#}"
    );
    ensure!(
        board["extensions"]
            .as_array()
            .is_some_and(|all| all.len() >= 21),
        "{board:#}"
    );
    let status = ctl(&pbx, "blocked", &["board", "--json"])?
        .stderr(Stdio::null())
        .status()
        .await?;
    ensure!(status.code() == Some(1), "a refused login: {status}");
    Ok(())
}

async fn actions_and_their_exit_codes(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let (_cara, _world) = tokio::try_join!(pbx.answering_phone("103"), pbx.outside())?;
    connect(&pbx, &anna, &marco).await?;
    let leg = pbx.truth().channel_of("102").await?;
    for (to, refusal) in [("109", "targetOffline"), ("199", "noSuchExtension")] {
        let (code, report) = run(
            &pbx,
            &["do", "transfer", "--leg", &leg.uniqueid, "--to", to],
        )
        .await?;
        ensure!(
            code == 3 && report["outcome"] == "refused" && report["refusal"]["refusal"] == refusal,
            "{to}: {code} {report}"
        );
    }
    pbx.truth().wait_talking("101", "102").await?;
    let (code, report) = run(&pbx, &["do", "transfer", "--leg", &leg.name, "--to", "103"]).await?;
    ensure!(code == 0 && report["outcome"] == "done", "{code} {report}");
    pbx.truth().wait_talking("102", "103").await?;
    let (code, report) = run(
        &pbx,
        &[
            "do",
            "transfer",
            "--leg",
            &leg.uniqueid,
            "--to",
            "680",
            "--both",
        ],
    )
    .await?;
    ensure!(
        code == 0 && report["evidence"] == "joined",
        "{code} {report}"
    );
    let (code, report) = run(&pbx, &["do", "hangup", "--leg", &leg.uniqueid]).await?;
    ensure!(
        code == 0 && report["evidence"] == "hungUp",
        "{code} {report}"
    );
    pbx.truth().wait_gone("102").await?;
    let (code, report) = run(&pbx, &["do", "hangup", "--leg", &leg.uniqueid]).await?;
    ensure!(
        code == 3 && report["refusal"]["refusal"] == "gone",
        "{code} {report}"
    );
    let last = pbx.truth().channel_of("103").await?;
    let (code, report) = run(&pbx, &["do", "hangup", "--leg", &last.name]).await?;
    ensure!(code == 0, "{code} {report}");
    pbx.truth().wait_silent().await?;
    let (code, report) = run(&pbx, &["do", "originate", "--from", "103", "--to", "91234"]).await?;
    ensure!(
        code == 4 && report["outcome"] == "failed",
        "{code} {report}"
    );
    Ok(())
}
