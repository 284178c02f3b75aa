use clap::Parser;
use serde_json::Value;

use super::*;
use crate::options::{Command, Options};

struct Ran {
    exit: Result<Exit, Trouble>,
    out: String,
    folder: tempfile::TempDir,
}

impl Ran {
    fn json(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect(line))
            .collect()
    }

    fn code(&self) -> u8 {
        match &self.exit {
            Ok(exit) => *exit as u8,
            Err(trouble) => trouble.tell() as u8,
        }
    }

    fn beside(&self) -> PathBuf {
        self.folder.path().join("a.ami.out")
    }
}

/// Runs a file at the practice PBX, or where `words` say.
async fn ran(text: &str, words: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.ami");
    std::fs::write(&file, text).expect("written");
    let file = file.to_str().expect("text");
    let line = ["cordboardctl", "action", file]
        .into_iter()
        .chain(words.split_whitespace());
    let options = Options::try_parse_from(line).expect(words);
    let link = Link::from_options(&options, |_| Some("secret".to_owned())).expect(words);
    let Command::Action(script) = &options.command else {
        panic!("{words}");
    };
    let mut out = Vec::new();
    let exit = run(link, script, options.json, &mut out).await;
    Ran {
        exit,
        out: String::from_utf8(out).expect("text"),
        folder,
    }
}

fn outcomes(ran: &Ran) -> Vec<String> {
    let text = |line: Value| format!("{} {}", line["action"], line["outcome"]).replace('"', "");
    ran.json().into_iter().map(text).collect()
}

#[tokio::test]
async fn a_file_is_carried_out_and_the_worst_outcome_is_the_exit_code() {
    let ran = ran("Action: Ping\n\nAction: QueueStatus\n", "--practice --json").await;
    assert_eq!(
        (ran.code(), outcomes(&ran)),
        (
            0,
            vec!["Ping accepted".into(), "QueueStatus accepted".into()]
        )
    );
    let items = ran.json()[1]["items"].as_array().expect("a list").len();
    assert!(items > 1, "{}", ran.out);
    assert!(!ran.beside().exists());
    let ran = self::ran("Action: NoSuchThing\n\nAction: Ping\n", "--practice --json").await;
    assert_eq!(
        (ran.code(), outcomes(&ran)),
        (4, vec!["NoSuchThing failed".into(), "Ping accepted".into()])
    );
}

#[tokio::test]
async fn what_is_printed_is_also_kept_beside_the_file() {
    for words in ["--practice --out", "--practice --out --json"] {
        let ran = ran("Action: Ping\n\nAction: CoreStatus\n", words).await;
        assert_eq!(ran.code(), 0);
        assert!(!ran.out.is_empty());
        let kept = std::fs::read_to_string(ran.beside()).expect("kept");
        assert_eq!(kept, ran.out);
    }
}

#[tokio::test]
async fn a_dangerous_action_holds_the_whole_file_back_until_it_is_allowed() {
    let text = "Action: Ping\n\nAction: QueueReset\nQueue: sales\n";
    let held = ran(text, "--practice --json --out").await;
    assert_eq!(
        (held.code(), outcomes(&held)),
        (3, vec!["QueueReset refused".into()])
    );
    assert_eq!(
        std::fs::read_to_string(held.beside()).expect("kept"),
        held.out
    );
    let allowed = ran(text, "--practice --json --allow-dangerous").await;
    assert_eq!(outcomes(&allowed)[0], "Ping accepted");
    assert_eq!(allowed.json().len(), 2);
}

#[tokio::test]
async fn a_file_that_cannot_be_meant_is_2_and_names_the_line() {
    let ran = ran("Action: Ping\n\nwhat\n", "--practice --out").await;
    assert_eq!((ran.code(), ran.out.as_str()), (2, ""));
    let said = ran.exit.expect_err("refused").to_string();
    assert!(
        said.contains("a.ami: line 3: a line is `Key: Value`"),
        "{said}"
    );
    assert!(said.ends_with("nothing was sent"), "{said}");
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent_and_each_line_says_so() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let words = format!("--host 127.0.0.1 --port {port} --user u --secret-env S --json --out");
    let ran = ran("Action: Ping\n", &words).await;
    assert_eq!(
        (ran.code(), outcomes(&ran)),
        (1, vec!["Ping notSent".into()])
    );
    assert_eq!(
        std::fs::read_to_string(ran.beside()).expect("kept"),
        ran.out
    );
}

#[tokio::test]
async fn who_stops_reading_stops_nothing() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let actions = ami::script::parse(b"Action: Ping\n\nAction: Ping\n").expect("a file");
    let connection = Connection {
        profile: desk::practice_profile(),
        secret: desk::practice_secret(),
        dialer: desk::practice_dialer(),
    };
    let (mut out, within) = (Closed, Duration::from_secs(5));
    let mut printed = Printed::new(&mut out, false);
    let exit = carry_out(Ok(connection), &actions, within, &mut printed).await;
    assert_eq!(exit, Exit::Done);
    let lines = String::from_utf8(printed.all).expect("text");
    assert_eq!(lines.matches("Ping  accepted").count(), 2, "{lines}");
    assert!(unshown(printed.trouble).is_none());
}

#[tokio::test]
async fn a_file_that_cannot_be_kept_is_told_without_hiding_what_happened() {
    for (text, code) in [("Action: Ping\n", 6), ("Action: NoSuchThing\n", 4)] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.ami");
        std::fs::write(&file, text).expect("written");
        // A folder in the place of FILE.out cannot be replaced by a file.
        std::fs::create_dir(folder.path().join("a.ami.out")).expect("in the way");
        let words = ["cordboardctl", "action", "--practice", "--out"];
        let words = words.into_iter().chain([file.to_str().expect("text")]);
        let options = Options::try_parse_from(words).expect("words");
        let link = Link::from_options(&options, |_| None).expect("practice");
        let Command::Action(script) = &options.command else {
            panic!("an action");
        };
        let exit = run(link, script, false, &mut Vec::new()).await;
        assert_eq!(exit.expect("carried out") as u8, code, "{text}");
    }
}
