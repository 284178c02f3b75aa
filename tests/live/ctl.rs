//! `cordboardctl` as a process on the lab.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
    actions_and_their_exit_codes,
    an_action_file_is_answered_action_by_action,
    an_action_that_stops_the_pbx_is_unknown_and_the_rest_not_sent,
    a_call_file_rings_now,
    a_call_file_rings_at_its_time
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

/// What an action file came to: its exit code, and the lines of its report.
async fn run_file(pbx: &Pbx, user: &str, file: &Path, words: &[&str]) -> Result<(i32, Vec<Value>)> {
    let file = file.to_str().context("text")?;
    let words: Vec<_> = ["action", file, "--json"]
        .iter()
        .chain(words)
        .copied()
        .collect();
    let Output { status, stdout, .. } = ctl(pbx, user, &words)?.output().await?;
    let lines = String::from_utf8(stdout)?;
    let lines = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    Ok((status.code().unwrap_or(-1), lines))
}

fn outcomes(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .filter_map(|line| line["outcome"].as_str())
        .collect()
}

async fn an_action_file_is_answered_action_by_action(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("look.ami");
    let text = "# what a night watch asks\nAction: Ping\n\nAction: CoreStatus\n\nAction: QueueStatus\n\n\
                Action: NoSuchThing\n\nAction: ExtensionStateList\nActionID: hints\n";
    std::fs::write(&file, text)?;
    let (code, lines) = run_file(&pbx, "cordboard", &file, &["--out"]).await?;
    ensure!(
        code == 4 && outcomes(&lines) == ["accepted", "accepted", "accepted", "failed", "accepted"],
        "{code} {lines:#?}"
    );
    ensure!(lines[0]["response"]["Ping"] == "Pong", "{}", lines[0]);
    ensure!(
        lines[1]["response"]["CoreStartupDate"].is_string(),
        "{}",
        lines[1]
    );
    let queues = lines[2]["items"].as_array().context("a list")?;
    let sales = |item: &&Value| item["Event"] == "QueueParams" && item["Queue"] == "sales";
    ensure!(queues.iter().filter(sales).count() == 1, "{queues:#?}");
    ensure!(
        lines[3]["message"]
            .as_str()
            .is_some_and(|text| text.starts_with("Invalid/unknown command")),
        "{}",
        lines[3]
    );
    let hints = lines[4]["items"].as_array().context("a list")?.len();
    ensure!(lines[4]["actionID"] == "hints" && hints >= 20, "{hints}");
    let kept = std::fs::read_to_string(folder.path().join("look.ami.out"))?;
    ensure!(kept.lines().count() == lines.len(), "{kept}");
    std::fs::write(&file, "Action: Ping\n\nAction: QueueReset\nQueue: sales\n")?;
    let (code, lines) = run_file(&pbx, "cordboard", &file, &[]).await?;
    ensure!(
        code == 3 && outcomes(&lines) == ["refused"],
        "{code} {lines:#?}"
    );
    let (code, lines) = run_file(&pbx, "cordboard", &file, &["--allow-dangerous"]).await?;
    ensure!(
        code == 0 && outcomes(&lines) == ["accepted"; 2],
        "{code} {lines:#?}"
    );
    let (code, lines) = run_file(&pbx, "blocked", &file, &["--allow-dangerous"]).await?;
    ensure!(
        code == 1 && outcomes(&lines) == ["notSent"; 2],
        "{code} {lines:#?}"
    );
    Ok(())
}

async fn an_action_that_stops_the_pbx_is_unknown_and_the_rest_not_sent(
    version: Version,
) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("stop.ami");
    let text = "Action: Ping\n\nAction: Command\nCommand: core stop now\n\nAction: Ping\n";
    std::fs::write(&file, text)?;
    let (code, lines) = run_file(&pbx, "admin", &file, &["--allow-dangerous"]).await?;
    ensure!(
        code == 5 && outcomes(&lines) == ["accepted", "unknown", "notSent"],
        "{code} {lines:#?}"
    );
    Ok(())
}

/// Leaves a call from Anna to Marco in the spool.
async fn leave_call(pbx: &Pbx, words: &[&str]) -> Result<Value> {
    let spool = pbx.outgoing_spool();
    let spool = spool.to_str().context("text")?;
    let start = [
        "call-file",
        "--json",
        "--spool",
        spool,
        "--from",
        "PJSIP/101",
        "--to",
        "102",
    ];
    let more = [
        "--context",
        "internal",
        "--caller-name",
        "Call back",
        "--owner",
        "0:0",
    ];
    let output = Command::new(program()?)
        .args(start.iter().chain(&more).chain(words))
        .kill_on_drop(true)
        .stdin(Stdio::null())
        .output()
        .await?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {stderr}", output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}

async fn a_call_file_rings_now(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let (anna, marco) = tokio::try_join!(pbx.phone("101"), pbx.phone("102"))?;
    let left = leave_call(&pbx, &["--ring", "20"]).await?;
    ensure!(
        left["outcome"] == "spooled" && left["at"].is_null(),
        "{left}"
    );
    anna.wait_ringing().await?;
    let ringing = pbx.truth().channel_of("101").await?;
    ensure!(
        (ringing.caller.as_str(), ringing.caller_name.as_str()) == ("102", "Call back"),
        "{ringing:?}"
    );
    anna.answer().await?;
    marco.wait_ringing().await?;
    marco.answer().await?;
    pbx.truth().wait_talking("101", "102").await?;
    anna.hangup().await?;
    pbx.truth().wait_silent().await?;
    let path = PathBuf::from(left["file"].as_str().context("a path")?);
    wait_taken(&path).await
}

async fn a_call_file_rings_at_its_time(version: Version) -> Result<()> {
    let pbx = Pbx::start(version).await?;
    let anna = pbx.phone("101").await?;
    let due = jiff::Timestamp::from_second(unix_now()?.as_secs().cast_signed() + 3)?;
    let left = leave_call(&pbx, &["--at", &due.to_string()]).await?;
    ensure!(left["at"] == due.to_string().as_str(), "{left}");
    let path = PathBuf::from(left["file"].as_str().context("a path")?);
    anna.wait_ringing().await?;
    let rang = unix_now()?.as_secs().cast_signed();
    ensure!(
        (due.as_second()..due.as_second() + 5).contains(&rang),
        "due {due}, rang at {rang}"
    );
    anna.reject().await?;
    pbx.truth().wait_silent().await?;
    wait_taken(&path).await
}

fn unix_now() -> Result<Duration> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?)
}

/// Asterisk deletes what it has carried out: it is not called again.
async fn wait_taken(path: &Path) -> Result<()> {
    let mut look = tokio::time::interval(Duration::from_millis(50));
    let gone = async {
        while path.exists() {
            look.tick().await;
        }
    };
    timeout(PATIENCE, gone)
        .await
        .with_context(|| format!("{} is still there", path.display()))
}
