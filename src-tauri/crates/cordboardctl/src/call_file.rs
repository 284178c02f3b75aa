//! `call-file`: a call left in Asterisk's spool.

use std::io::Write;

use desk::{CallFile, Spool};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Serialize;

use crate::end::{Exit, Trouble};
use crate::moment::moment;
use crate::options::CallWords;
use crate::output;

/// What is printed: that the file is there, and no more.
#[derive(Debug, Serialize)]
struct Left {
    outcome: &'static str,
    file: String,
    at: Option<String>,
}

pub(crate) fn write(
    words: &CallWords,
    context: Option<&str>,
    json: bool,
    out: &mut impl Write,
) -> Result<Exit, Trouble> {
    let at = words.at.as_deref().map(meant).transpose()?;
    let spool = Spool {
        folder: words.spool.clone(),
        making: words.tmp.clone(),
        owner: words.owner,
        mode: words.mode,
    };
    let time = at.as_ref().map(|at| at.timestamp().into());
    let path = desk::spool(&call(words, context), &spool, time)?;
    let left = Left {
        outcome: "spooled",
        file: path.display().to_string(),
        at: at.as_ref().map(|at| at.timestamp().to_string()),
    };
    if json {
        output::json(out, &left)?;
    } else {
        let when = at.map_or_else(|| "now".to_owned(), |at| format!("at {at}"));
        output::line(out, &format!("spooled for {when}: {}", left.file))?;
    }
    Ok(Exit::Done)
}

fn call(words: &CallWords, context: Option<&str>) -> CallFile {
    let number = words.caller_number.as_ref().unwrap_or(&words.to);
    CallFile {
        channel: words.from.clone(),
        context: context.unwrap_or("default").to_owned(),
        exten: words.to.clone(),
        caller_id: Some((words.caller_name.clone(), number.clone())),
        wait: words.ring,
        account: words.account.clone(),
    }
}

fn meant(text: &str) -> Result<Zoned, Trouble> {
    let bad = |why: String| Trouble::Value {
        option: "--at",
        why,
    };
    let now = Timestamp::try_from(desk::wall_clock()).map_err(|error| bad(error.to_string()))?;
    moment(text, &now.to_zoned(TimeZone::system())).map_err(bad)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use clap::Parser;

    use super::*;
    use crate::options::{Command, Options};

    fn wrote(spool: &Path, line: &str) -> (Result<Exit, Trouble>, String) {
        let spool = spool.to_str().expect("text");
        let words = ["cordboardctl", "call-file", "--spool", spool];
        let options = Options::try_parse_from(words.into_iter().chain(line.split_whitespace()));
        let options = options.expect(line);
        let Command::CallFile(words) = &options.command else {
            panic!("{line}");
        };
        let mut out = Vec::new();
        let context = options.connection.context.as_deref();
        let exit = write(words, context, options.json, &mut out);
        (exit, String::from_utf8(out).expect("text"))
    }

    fn spool() -> (tempfile::TempDir, std::path::PathBuf) {
        let home = tempfile::tempdir().expect("a folder");
        let spool = home.path().join("outgoing");
        fs::create_dir(&spool).expect("made");
        (home, spool)
    }

    #[test]
    fn the_words_of_the_line_are_in_the_file() {
        let (_home, spool) = spool();
        let line = "--from PJSIP/101 --to 102 --context internal --ring 20 --account desk --json";
        let (exit, out) = wrote(&spool, line);
        assert_eq!(exit.expect("spooled"), Exit::Done);
        let printed: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(
            (&printed["outcome"], &printed["at"]),
            (&"spooled".into(), &serde_json::Value::Null)
        );
        let path = printed["file"].as_str().expect("a path");
        assert_eq!(
            fs::read_to_string(path).expect("there"),
            "Channel:PJSIP/101\nCallerID:\"\" <102>\nWaitTime:20\nMaxRetries:0\nAccount:desk\nContext:internal\n\
             Extension:102\nPriority:1\n"
        );
    }

    #[test]
    fn a_time_to_come_is_the_files_time() {
        let (_home, spool) = spool();
        let line = "--from PJSIP/101 --to 102 --at 2099-01-01T14:00:00Z --json";
        let (exit, out) = wrote(&spool, line);
        assert_eq!(exit.expect("spooled"), Exit::Done);
        let printed: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(printed["at"], "2099-01-01T14:00:00Z");
        let there = fs::metadata(printed["file"].as_str().expect("a path")).expect("there");
        let wanted: Timestamp = "2099-01-01T14:00:00Z".parse().expect("a time");
        assert_eq!(there.modified().expect("a time"), wanted.into());
    }

    #[test]
    fn what_cannot_be_used_is_2_and_what_cannot_be_put_there_4() {
        let (_home, spool) = spool();
        let table = [
            (spool.clone(), "--from PJSIP/101 --to 1;2", 2),
            (spool.clone(), "--from 101 --to 102", 2),
            (
                spool.clone(),
                "--from PJSIP/101 --to 102 --at 2020-01-01T14:00",
                2,
            ),
            (spool.clone(), "--from PJSIP/101 --to 102 --at soon", 2),
            (spool.join("none"), "--from PJSIP/101 --to 102", 4),
        ];
        for (folder, line, code) in table {
            let (exit, out) = wrote(&folder, line);
            let trouble = exit.expect_err(line);
            assert_eq!(
                (trouble.tell() as u8, out.as_str()),
                (code, ""),
                "{line}: {trouble}"
            );
        }
        assert_eq!(fs::read_dir(&spool).expect("a folder").count(), 0);
    }
}
