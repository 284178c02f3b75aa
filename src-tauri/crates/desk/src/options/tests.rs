use clap::Parser;

use super::*;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    connection: ConnectionOptions,
}

fn environment(name: &str) -> Option<String> {
    match name {
        "AMI" => Some("s3cret".to_owned()),
        "EMPTY" => Some(String::new()),
        "LINES" => Some("s3cret\r\nAction: Logoff".to_owned()),
        _ => None,
    }
}

fn choose(line: &str) -> Result<Choice, OptionsError> {
    let words = std::iter::once("test").chain(line.split_whitespace());
    Line::try_parse_from(words)
        .expect("the options are known")
        .connection
        .choose(environment)
}

fn profile(line: &str) -> Profile {
    match choose(line) {
        Ok(Choice::Pbx { profile, .. } | Choice::Practice { profile }) => profile,
        other => panic!("{line} makes no profile: {other:?}"),
    }
}

fn error(line: &str) -> String {
    choose(line)
        .expect_err("these options cannot be meant")
        .to_string()
}

#[test]
fn no_option_names_no_connection() {
    assert!(matches!(choose(""), Ok(Choice::Nothing)));
}

#[test]
fn host_and_user_are_enough_and_the_rest_has_defaults() {
    let made = profile("--host pbx.example.org --user desk7");
    assert_eq!(made.pbx.as_str(), "pbx-example-org");
    assert_eq!(
        (made.name.as_str(), made.port, made.context.as_str()),
        ("pbx.example.org", 5038, "default")
    );
    assert_eq!(
        (made.protection, made.me, made.conferences),
        (Protection::Plain, None, vec![])
    );
}

#[test]
fn every_option_reaches_the_profile() {
    let made = profile(
        "--host [::1] --port 15039 --tls --user desk7 --me 201 --context office --conference 800 --conference 801",
    );
    assert_eq!(
        (made.host.as_str(), made.port, made.user.as_str()),
        ("::1", 15039, "desk7")
    );
    assert_eq!(
        (made.me.as_deref(), made.context.as_str()),
        (Some("201"), "office")
    );
    assert_eq!(made.conferences, ["800", "801"]);
    assert_eq!(
        made.protection,
        Protection::Tls {
            trust: Trust::Nobody
        }
    );
}

#[test]
fn the_boxes_may_be_in_a_context_of_their_own() {
    let made = profile("--host h --user u --voicemail * --voicemail-context staff");
    let context = made.rules.voicemail_context.as_deref();
    assert_eq!(context, Some("staff"));
    let bad = error("--host h --user u --voicemail-context a)b");
    assert!(bad.contains("--voicemail-context"), "{bad}");
}

#[test]
fn tls_moves_the_usual_port_and_is_implied_by_pin_and_ca() {
    let pin = "ab:".repeat(32);
    assert_eq!(profile("--host h --user u --tls").port, 5039);
    let pinned = profile(&format!("--host h --user u --pin {pin}"));
    assert_eq!(
        (pinned.port, pinned.protection),
        (
            5039,
            Protection::Tls {
                trust: Trust::Pin { sha256: pin }
            }
        )
    );
    let by_ca = profile("--host h --user u --ca ca.pem");
    assert_eq!(
        (by_ca.port, by_ca.protection),
        (
            5039,
            Protection::Tls {
                trust: Trust::Ca {
                    path: "ca.pem".to_owned()
                }
            }
        )
    );
}

#[test]
fn the_secret_comes_from_the_named_variable_only() {
    let Ok(Choice::Pbx {
        secret: Some(secret),
        ..
    }) = choose("--host h --user u --secret-env AMI")
    else {
        panic!("a secret is named")
    };
    assert_eq!(secret.reveal(), "s3cret");
    assert!(matches!(
        choose("--host h --user u"),
        Ok(Choice::Pbx { secret: None, .. })
    ));
    assert!(
        Line::try_parse_from(["test", "--secret", "s3cret"]).is_err(),
        "no secret on the command line"
    );
}

#[test]
fn what_cannot_be_meant_is_told_in_words() {
    let table = [
        ("--user u", "--host is missing"),
        ("--me 201", "--host is missing"),
        ("--host h", "--user is missing"),
        ("--host h --user u --pin zz", "64 hex digits"),
        ("--host http://h --user u", "a host name or address"),
        ("--host h --user u --me 2&1", "--me \"2&1\" cannot be used"),
        ("--host h --user u --context a,b", "a context's name"),
        ("--host h --user u --conference 8(00", "--conference"),
        (
            "--host h --user u --secret-env NOWHERE",
            "--secret-env NOWHERE: no such environment variable",
        ),
        (
            "--host h --user u --secret-env EMPTY",
            "the variable is empty",
        ),
        ("--host h --user u --secret-env LINES", "a line break"),
        (
            "--practice --host h",
            "--practice and --host exclude each other",
        ),
        (
            "--practice --secret-env AMI",
            "--practice and --secret-env exclude each other",
        ),
    ];
    for (line, words) in table {
        assert!(error(line).contains(words), "{line}: {}", error(line));
    }
    let both = format!("--host h --user u --ca ca.pem --pin {}", "0".repeat(64));
    assert!(error(&both).contains("--pin and --ca exclude each other"));
}

#[test]
fn no_message_repeats_a_secret() {
    assert!(!error("--host h --user u --secret-env LINES").contains("s3cret"));
}

#[test]
fn practice_takes_who_i_am_from_the_line() {
    let made = profile("--practice --me 205 --conference 900");
    assert_eq!(
        (made.pbx.as_str(), made.me.as_deref()),
        ("practice", Some("205"))
    );
    assert_eq!(made.conferences, ["680", "900"]);
    assert_eq!(profile("--practice"), practice_profile());
}

#[test]
fn any_host_makes_a_pbx_id() {
    for (host, id) in [
        ("PBX.Example.org", "pbx-example-org"),
        ("::1", "1"),
        ("10.0.0.1", "10-0-0-1"),
        ("…", "main"),
        ("", "main"),
    ] {
        assert_eq!(pbx_id(host).as_str(), id, "{host}");
    }
    assert_eq!(pbx_id(&"long-name.".repeat(9)).as_str().len(), 32);
}
