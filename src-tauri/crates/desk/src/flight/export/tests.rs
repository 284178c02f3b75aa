use ami::Frame;
use operator::{Remembered, Unsettled};

use super::*;

fn frame(text: &str) -> Frame {
    Frame::parse(text.as_bytes()).expect("a frame")
}

fn flight() -> Flight {
    let mut flight = Flight::default();
    flight.frame(
        frame(
            "Event: Newchannel\nPrivilege: call,all\nChannel: PJSIP/+4930123456-0000002a\nChannelState: 4\nCallerIDNum: +4930123456\n\
             CallerIDName: Erika Mustermann\nConnectedLineNum: <unknown>\nAccountCode: K-4711\nContext: from-trunk\nExten: 101\n\
             Uniqueid: 1795200000.2\nLinkedid: 1795200000.2\nChanVariable(SIPCALLID): erika@example.org\n",
        ),
        10,
    );
    flight.frame(
        frame(
            "Event: DialBegin\nChannel: PJSIP/+4930123456-0000002a\nUniqueid: 1795200000.2\nDestChannel: PJSIP/101-0000002b\n\
             DestUniqueid: 1795200000.3\nDestCallerIDNum: 101\nDestCallerIDName: Anna Rossi\nDestConnectedLineName: Erika Mustermann\n\
             DialString: 101/sip:101@192.0.2.7\n",
        ),
        20,
    );
    flight.said(
        [
            "Action: Redirect",
            "ActionID: a-1",
            "Channel: 1795200000.2",
            "Context: internal",
            "Exten: 103",
            "Secret: hush",
        ]
        .map(str::to_owned)
        .to_vec(),
        30,
    );
    flight.operation(operation(), 31);
    flight.mark(Mark::Lost, 40);
    flight.mark(Mark::Back { restarted: true }, 50);
    flight
}

fn operation() -> operator::OperationView {
    let kept = json!({
        "id": "operation:lab:00000000-0000-0000-0000-000000000007", "operation": "00000000-0000-0000-0000-000000000007",
        "verb": "transfer", "legs": ["leg:lab:1795200000.2"], "target": "extension:lab:103@hints", "since": 29, "expected": [],
        "preview": {"verb": "transfer", "about": [], "at": null, "released": [], "warnings": [], "refusal": null, "journeys": [{
            "who": {"leg": "leg:lab:1795200000.2", "name": "Erika Mustermann", "number": "+4930123456", "me": false},
            "to": {"target": "extension:lab:103@hints", "name": "Marco Bianchi", "number": "103", "state": "idle"}}]},
    });
    let kept: Remembered = serde_json::from_value(kept).expect("as a journal has it");
    Unsettled::new(kept, 31).view()
}

#[test]
fn an_export_can_be_followed_and_names_nobody() {
    let pbx = PbxId::new("lab").expect("an id");
    let text = lines(&flight(), &pbx, Some("22.10.1"));
    let mut shown = text.lines();
    assert!(
        shown
            .next()
            .expect("a head")
            .contains("\"asterisk\":\"22.10.1\"")
    );
    let expected = [
        r##"{"at":10,"event":["Event: Newchannel","Privilege: call,all","Channel: PJSIP/#1..56-0000002a","ChannelState: 4","CallerIDNum: #1..56","CallerIDName: name-1","ConnectedLineNum: <unknown>","AccountCode: …","Context: from-trunk","Exten: #2..01","Uniqueid: 1795200000.2","Linkedid: 1795200000.2","ChanVariable(SIPCALLID): …"]}"##,
        r##"{"at":20,"event":["Event: DialBegin","Channel: PJSIP/#1..56-0000002a","Uniqueid: 1795200000.2","DestChannel: PJSIP/#2..01-0000002b","DestUniqueid: 1795200000.3","DestCallerIDNum: #2..01","DestCallerIDName: name-2","DestConnectedLineName: name-1","DialString: …"]}"##,
        r##"{"action":["Action: Redirect","ActionID: a-1","Channel: 1795200000.2","Context: internal","Exten: #3..03","Secret: …"],"at":30}"##,
    ];
    for expected in expected {
        assert_eq!(shown.next(), Some(expected));
    }
    let operation = shown.next().expect("an operation");
    for part in [
        r#""leg":"leg:lab:1795200000.2""#,
        r##""name":"name-1","number":"#1..56""##,
        r##""name":"name-3","number":"#3..03""##,
        r##""target":"extension:lab:#3..03@hints""##,
        r#""outcome":"unknown""#,
    ] {
        assert!(operation.contains(part), "{part} in {operation}");
    }
    assert_eq!(shown.next(), Some(r#"{"at":40,"link":"lost"}"#));
    assert_eq!(
        shown.next(),
        Some(r#"{"at":50,"link":"back","restarted":true}"#)
    );
    for secret in [
        "Erika",
        "Mustermann",
        "Rossi",
        "Marco",
        "4930123",
        "hush",
        "4711",
        "example.org",
        "192.0.2.7",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

/// Callers choose their names: whatever a real Asterisk passed on of them, none comes out again.
#[test]
fn hostile_names_of_a_real_asterisk_never_come_out() {
    let path = format!(
        "{}/../../../tests/transcripts/22/names-hostile.ami",
        env!("CARGO_MANIFEST_DIR")
    );
    let text =
        String::from_utf8_lossy(&std::fs::read(&path).expect("a transcript")).replace("\r\n", "\n");
    let mut flight = Flight::default();
    let mut names = Vec::new();
    for frame in text
        .split("\n\n")
        .filter_map(|text| Frame::parse(text.as_bytes()))
    {
        let of = |header: &str| frame.get(header).map(|value| value.text().into_owned());
        names.extend(
            of("CallerIDName")
                .into_iter()
                .chain(of("ConnectedLineName")),
        );
        flight.frame(frame, 1);
    }
    let pbx = PbxId::new("lab").expect("an id");
    let out = lines(&flight, &pbx, None);
    names.retain(|name| name.len() > 7 && name != "<unknown>");
    assert!(names.len() > 100, "{}", names.len());
    for name in names {
        let quoted = serde_json::to_string(&name).expect("JSON");
        assert!(!out.contains(quoted.trim_matches('"')), "{name:?}");
    }
}
