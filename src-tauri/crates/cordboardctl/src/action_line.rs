//! One action of a file and what became of it, as it is printed: text for people, one line of JSON for programs.

use ami::Frame;
use ami::script::{Danger, ScriptAction};
use desk::{ScriptOutcome, ScriptReport};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::output::tame;

/// What the wire needs and nobody wants to read.
const OURS: [&str; 3] = ["ActionID", "EventList", "Response"];

/// What is printed of an action.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    line: usize,
    action: String,
    #[serde(rename = "actionID", skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_objects::one"
    )]
    response: Option<Pairs>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_objects::all"
    )]
    items: Option<Vec<Pairs>>,
}

type Pairs = Vec<(String, String)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Outcome {
    Accepted,
    Failed,
    Unknown,
    NotSent,
    Refused,
}

impl Line {
    /// As it went.
    pub(crate) fn of(action: &ScriptAction, report: &ScriptReport) -> Self {
        let words = || {
            let reply = report.reply.as_ref()?;
            Some(reply.get("Message")?.text().trim().to_owned())
        };
        let (outcome, message) = match &report.outcome {
            ScriptOutcome::Accepted => (Outcome::Accepted, None),
            ScriptOutcome::Failed => (Outcome::Failed, words()),
            ScriptOutcome::Unknown(why) => (Outcome::Unknown, Some(why.to_string())),
            ScriptOutcome::NotSent => (Outcome::NotSent, None),
        };
        let lists = report
            .reply
            .as_ref()
            .is_some_and(|reply| reply.get("EventList").is_some());
        Self {
            response: report.reply.as_ref().map(pairs),
            items: lists.then(|| report.items.iter().map(pairs).collect()),
            ..Self::without_answer(action, outcome, message)
        }
    }

    /// Held back, and so the whole file.
    pub(crate) fn refused(action: &ScriptAction, danger: &Danger) -> Self {
        Self::without_answer(action, Outcome::Refused, Some(danger.why.to_owned()))
    }

    /// Not written, for this reason.
    pub(crate) fn not_sent(action: &ScriptAction, why: &str) -> Self {
        Self::without_answer(action, Outcome::NotSent, Some(why.to_owned()))
    }

    fn without_answer(action: &ScriptAction, outcome: Outcome, message: Option<String>) -> Self {
        Self {
            line: action.line(),
            action: action.name().to_owned(),
            label: action.label().map(str::to_owned),
            outcome,
            message,
            response: None,
            items: None,
        }
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        let items = self.items.as_ref().map(|items| match items.len() {
            1 => ", 1 item".to_owned(),
            count => format!(", {count} items"),
        });
        let outcome = match self.outcome {
            Outcome::Accepted => "accepted",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown, not sent again",
            Outcome::NotSent => "not sent",
            Outcome::Refused => "refused",
        };
        let label = self.label.as_ref().map(|label| format!(" ({label})"));
        let why = self.message.as_ref().map(|message| format!(": {message}"));
        let parts = [label, Some(format!("  {outcome}")), items, why];
        let parts: String = parts.into_iter().flatten().collect();
        let mut text = tame(&format!("line {}  {}{parts}", self.line, self.action));
        let blocks = self.response.iter().chain(self.items.iter().flatten());
        for (at, block) in blocks.filter(|block| !block.is_empty()).enumerate() {
            if at > 0 {
                text.push('\n');
            }
            for (key, value) in block {
                text.push_str("\n    ");
                text.push_str(&tame(&format!("{key}: {value}")));
            }
        }
        text
    }
}

fn pairs(frame: &Frame) -> Pairs {
    let read = frame.pairs().filter_map(|(key, value)| {
        let key = String::from_utf8_lossy(key).into_owned();
        let ours = OURS.iter().any(|name| key.eq_ignore_ascii_case(name));
        (!ours).then(|| (key, value.text().trim_end().to_owned()))
    });
    read.collect()
}

/// A header is a text; one that came more than once a list of texts.
fn object(pairs: &Pairs) -> Map<String, Value> {
    let mut object = Map::new();
    for (key, value) in pairs {
        let value = Value::from(value.as_str());
        let Some(before) = object.get_mut(key) else {
            object.insert(key.clone(), value);
            continue;
        };
        if let Value::Array(all) = before {
            all.push(value);
        } else {
            *before = Value::Array(vec![before.take(), value]);
        }
    }
    object
}

mod as_objects {
    use serde::{Serialize, Serializer};

    use super::{Pairs, object};

    pub(super) fn one<S: Serializer>(pairs: &Option<Pairs>, to: S) -> Result<S::Ok, S::Error> {
        pairs.as_ref().map(object).serialize(to)
    }

    pub(super) fn all<S: Serializer>(all: &Option<Vec<Pairs>>, to: S) -> Result<S::Ok, S::Error> {
        let objects = all.iter().flatten().map(object);
        to.collect_seq(objects)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::{LinkError, Unanswered};

    fn action() -> ScriptAction {
        let text = b"# one\nAction: QueueStatus\nActionID: mine\n";
        ami::script::parse(text).expect("a file").remove(0)
    }

    fn frame(text: &str) -> Frame {
        Frame::parse(text.as_bytes()).expect("a frame")
    }

    fn listed() -> ScriptReport {
        let reply = "Response: Success\nActionID: x-1\nEventList: start\nMessage: follows\n";
        let item = "Event: QueueParams\nActionID: x-1\nQueue: sa\u{1b}les\n";
        ScriptReport {
            outcome: ScriptOutcome::Accepted,
            reply: Some(frame(reply)),
            items: vec![frame(item)],
        }
    }

    #[test]
    fn a_list_is_printed_whole_and_harmless() {
        let line = Line::of(&action(), &listed());
        assert_eq!(
            line.text(),
            "line 2  QueueStatus (mine)  accepted, 1 item\n    Message: follows\n\n    Event: QueueParams\n    Queue: sa\u{fffd}les"
        );
    }

    #[test]
    fn a_program_gets_one_object_with_what_the_pbx_said() {
        let json = serde_json::to_string(&Line::of(&action(), &listed())).expect("JSON");
        assert_eq!(
            json,
            r#"{"line":2,"action":"QueueStatus","actionID":"mine","outcome":"accepted","response":{"Message":"follows"},"items":[{"Event":"QueueParams","Queue":"sa\u001bles"}]}"#
        );
        let report = ScriptReport {
            outcome: ScriptOutcome::Accepted,
            reply: Some(frame(
                "Response: Success\nOutput: a\nOutput: b\nOutput: c\n",
            )),
            items: Vec::new(),
        };
        let json = serde_json::to_value(Line::of(&action(), &report)).expect("JSON");
        assert_eq!(
            json["response"]["Output"],
            serde_json::json!(["a", "b", "c"])
        );
        assert_eq!(json.get("items"), None);
    }

    #[test]
    fn each_end_has_its_words() {
        let end = |outcome, reply: Option<&str>| {
            let report = ScriptReport {
                outcome,
                reply: reply.map(frame),
                items: Vec::new(),
            };
            Line::of(&action(), &report).text()
        };
        let lost = Unanswered::Link(LinkError::Closed);
        let error = "Response: Error\nMessage: Permission denied\n";
        let said = [
            end(ScriptOutcome::Failed, Some(error)),
            end(ScriptOutcome::Unknown(Unanswered::Late), None),
            end(ScriptOutcome::Unknown(lost), None),
            end(ScriptOutcome::NotSent, None),
            Line::not_sent(&action(), "no connection").text(),
        ];
        let start = "line 2  QueueStatus (mine)  ";
        let wanted = [
            "failed: Permission denied\n    Message: Permission denied",
            "unknown, not sent again: no answer came in time",
            "unknown, not sent again: the PBX closed the connection",
            "not sent",
            "not sent: no connection",
        ];
        assert_eq!(said, wanted.map(|end| format!("{start}{end}")));
    }
}
