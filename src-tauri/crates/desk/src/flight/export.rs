//! The recorder as text: JSON, a line for each record, with names and numbers taken out.

use board::PbxId;
use serde_json::json;

use super::redact::Redactor;
use super::ring::{Flight, Mark, Record, What};

/// All of it. `version`: Asterisk's, where it is known.
pub(crate) fn lines(flight: &Flight, pbx: &PbxId, version: Option<&str>) -> String {
    let mut redactor = Redactor::default();
    let head = json!({
        "recorder": pbx.as_str(),
        "cordboard": env!("CARGO_PKG_VERSION"),
        "asterisk": version,
        "redacted": "the same name or number always has the same word; of a number the last two digits are shown",
    });
    let mut text = format!("{head}\n");
    for record in flight.records() {
        text.push_str(&line(record, &mut redactor));
        text.push('\n');
    }
    text
}

fn line(record: &Record, redactor: &mut Redactor) -> String {
    let at = record.at;
    let value = match &record.what {
        What::Frame(frame) => {
            let headers = frame.pairs().map(|(name, value)| {
                let name = String::from_utf8_lossy(name);
                let value = redactor.header(&name, &value.text());
                format!("{name}: {value}")
            });
            json!({"at": at, "event": headers.collect::<Vec<_>>()})
        }
        What::Said(words) => {
            let words: Vec<_> = words.iter().map(|line| redactor.line(line)).collect();
            json!({"at": at, "action": words})
        }
        What::Operation(view) => {
            let mut view = json!(view);
            redactor.value("", &mut view);
            json!({"at": at, "operation": view})
        }
        What::Mark(Mark::Lost) => json!({"at": at, "link": "lost"}),
        What::Mark(Mark::Back { restarted }) => {
            json!({"at": at, "link": "back", "restarted": restarted})
        }
    };
    value.to_string()
}

#[cfg(test)]
mod tests;
