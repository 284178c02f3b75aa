use proptest::prelude::*;

use super::*;
use crate::frame::Frame;

fn written(action: &ScriptAction) -> String {
    let bytes = action.encode(&ActionId::new("t-1".into()));
    String::from_utf8(bytes).expect("text")
}

fn problem(text: &str) -> (usize, ScriptProblem) {
    let error = parse(text.as_bytes()).expect_err(text);
    (error.line, error.problem)
}

#[test]
fn actions_stand_one_below_the_other_with_empty_lines_between() {
    let text = "\u{feff}# a day's work\r\n\r\nAction: Ping\r\n\r\n\r\n; who serves\r\nAction: QueueStatus\r\n# which\r\n  Queue:sales  \r\nActionID: mine\r\n";
    let actions = parse(text.as_bytes()).expect("a file");
    let seen: Vec<_> = actions
        .iter()
        .map(|action| (action.line(), action.name(), action.label()))
        .collect();
    assert_eq!(seen, [(3, "Ping", None), (7, "QueueStatus", Some("mine"))]);
    assert_eq!(
        written(&actions[1]),
        "Action: QueueStatus\r\nActionID: t-1\r\nQueue: sales\r\n\r\n"
    );
}

#[test]
fn a_value_may_hold_what_only_begins_a_comment() {
    let actions = parse(b"Action: UserEvent\nNote: a # b ; c: d\nEmpty:\n").expect("a file");
    assert_eq!(
        written(&actions[0]),
        "Action: UserEvent\r\nActionID: t-1\r\nNote: a # b ; c: d\r\nEmpty: \r\n\r\n"
    );
}

#[test]
fn each_error_names_its_line() {
    let table = [
        ("", (1, ScriptProblem::NoAction)),
        ("# nothing\n\n", (3, ScriptProblem::NoAction)),
        ("\nQueue: sales\n", (2, ScriptProblem::NoName)),
        ("Action: Ping\n\nQueue: sales\n", (3, ScriptProblem::NoName)),
        (
            "Action: Ping\nAction: Ping\n",
            (2, ScriptProblem::NameBelow),
        ),
        ("Action:\n", (1, ScriptProblem::BadName)),
        ("Action: Queue Status\n", (1, ScriptProblem::BadName)),
        ("Action: Ping\nwhat?\n", (2, ScriptProblem::NoKey)),
        ("Action: Ping\n: value\n", (2, ScriptProblem::NoKey)),
        ("Action: Ping\nQueue : sales\n", (2, ScriptProblem::BadKey)),
        (
            "Action: Ping\nNote: a\rb\n",
            (2, ScriptProblem::ControlCharacter("Note".into())),
        ),
        (
            "Action: Ping\nNote: a\u{85}b\n",
            (2, ScriptProblem::ControlCharacter("Note".into())),
        ),
    ];
    for (text, wanted) in table {
        assert_eq!(problem(text), wanted, "{text:?}");
    }
    let error = parse(b"Action: Ping\nNote: J\xFCrgen\n").expect_err("Latin-1");
    assert_eq!(
        error.to_string(),
        "line 2: this is not UTF-8 text: save the file as UTF-8"
    );
}

#[test]
fn limits_of_asterisk_are_kept() {
    let value = "x".repeat(LONGEST_LINE - "Note: ".len());
    let fits = format!("Action: UserEvent\nNote: {value}\n");
    assert!(parse(fits.as_bytes()).is_ok());
    assert_eq!(
        problem(&format!("Action: UserEvent\nNote: {value}x\n")),
        (2, ScriptProblem::TooLong)
    );
    let many = |count| format!("Action: UserEvent\n{}", "V: 1\n".repeat(count));
    assert!(parse(many(126).as_bytes()).is_ok());
    assert_eq!(problem(&many(127)), (128, ScriptProblem::TooManyHeaders));
}

fn danger(text: &str) -> Option<usize> {
    let actions = parse(text.as_bytes()).expect(text);
    actions[0].danger().map(|danger| danger.line)
}

#[test]
fn what_could_do_harm_is_known_by_its_line() {
    let table = [
        ("Action: command\nCommand: core stop now", 1),
        ("Action: Originate\nAsync: true\nApplication: System", 3),
        ("Action: Originate\nAsync: true\nDATA: x", 3),
        (
            "Action: Originate\nVariable: X=${SHELL(id)}\nAsync: true",
            2,
        ),
        ("Action: Originate\nPreDialGoSub: a\nAsync: true", 2),
        ("Action: Originate\nChannel: PJSIP/101", 1),
        ("Action: Originate\nChannel: PJSIP/101\nAsync: false", 3),
        ("Action: Setvar\nVariable: X\nValue: 1", 1),
        ("Action: Setvar\nChannel:\nVariable: X\nValue: 1", 1),
        (
            "Action: Setvar\nChannel:\nChannel: a\nVariable: X\nValue: 1",
            1,
        ),
        (
            "Action: Setvar\nChannel: a\nVariable: FILE(/x)\nValue: 1",
            3,
        ),
        ("Action: Getvar\nVariable: SHELL(id)", 2),
        ("Action: Getvar\nVariable: LEN(${SHELL(id)})", 2),
        ("Action: Getvar\nVariable: CALLERID(SHELL(id))", 2),
        ("Action: Status\nVariables: A,SHELL(id)", 2),
        ("Action: Hangup\nChannel: /^PJSIP/", 2),
        ("Action: ConfbridgeKick\nConference: 680\nChannel: ALL", 3),
        ("Action: MixMonitor\nFile: a.wav\nCommand: touch x", 3),
        ("Action: MixMonitor\nFile: a.wav,,touch x", 2),
        ("Action: MixMonitor\nFile: /etc/a.wav", 2),
        ("Action: MixMonitor\nFile: a.wav\nOptions: r(/etc/x)", 3),
        ("Action: ConfbridgeStartRecord\nRecordFile: ../a", 2),
        ("Action: Bridge\nChannel1: a\nChannel2: A", 3),
        ("Action: SorceryMemoryCacheExpire\nCache: x", 1),
    ];
    for (text, line) in table {
        assert_eq!(danger(text), Some(line), "{text}");
    }
    for name in [
        "DBPut",
        "DBDel",
        "DBDelTree",
        "UpdateConfig",
        "CreateConfig",
        "ModuleLoad",
        "Reload",
        "QueueReset",
        "QueueReload",
        "BridgeDestroy",
        "BridgeKick",
        "Filter",
        "Logoff",
        "AGI",
        "GetConfig",
        "PJSIPShowEndpoint",
        "PJSIPShowRegistrationsOutbound",
        "PJSIPRegister",
        "PRIDebugFileSet",
        "Events",
        "WaitEvent",
    ] {
        assert_eq!(danger(&format!("Action: {name}")), Some(1), "{name}");
    }
}

#[test]
fn what_only_looks_or_moves_one_call_is_let_through() {
    for text in [
        "Action: Ping",
        "Action: QueueStatus",
        "Action: NoSuchThing",
        "Action: Hangup\nChannel: PJSIP/101-00000001",
        "Action: Redirect\nChannel: a\nContext: b\nExten: c\nPriority: 1",
        "Action: Originate\nChannel: PJSIP/101\nContext: internal\nExten: 102\nPriority: 1\nAsync: Yes",
        "Action: Setvar\nChannel: PJSIP/101-00000001\nVariable: NOTE\nValue: ${x}",
        "Action: Getvar\nVariable: DIALPLAN_EXISTS(internal,102,1)",
        "Action: Getvar\nVariable: NOTE",
        "Action: MixMonitor\nFile: day/a.wav\nOptions: b",
        "Action: Bridge\nChannel1: a\nChannel2: b",
        "Action: ConfbridgeMute\nConference: 680\nChannel: PJSIP/101-00000001",
    ] {
        assert_eq!(danger(text), None, "{text}");
    }
}

#[test]
fn a_danger_says_line_action_and_why() {
    let actions = parse(b"\nAction: Command\n").expect("a file");
    let said = actions[0].danger().map(|danger| danger.to_string());
    assert_eq!(
        said.as_deref(),
        Some("line 2: Command is dangerous: it can run any command, also of the system")
    );
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_stumble(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(parse(&bytes));
    }

    #[test]
    fn what_is_accepted_goes_out_as_one_message_and_comes_back(
        name in "[A-Za-z]{1,12}",
        headers in prop::collection::vec(("[A-Za-z][A-Za-z0-9_]{0,8}", "\\PC{0,40}|[\\x00-\\x7f]{0,20}"), 0..6),
    ) {
        let lines: Vec<_> = headers.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        let Ok(actions) = parse(format!("Action: {name}\n{}", lines.concat()).as_bytes()) else {
            return Ok(());
        };
        for action in &actions {
            let bytes = action.encode(&ActionId::new("t-1".into()));
            let ends = bytes.windows(4).filter(|end| *end == b"\r\n\r\n").count();
            prop_assert_eq!(ends, 1);
            let frame = Frame::parse(&bytes).expect("one frame");
            prop_assert_eq!(frame.pairs().count(), action.headers.len() + 2);
            for (header, (_, value)) in action.headers.iter().zip(frame.pairs().skip(2)) {
                let read = value.text();
                prop_assert_eq!(read.trim(), header.value.trim());
            }
        }
    }
}
