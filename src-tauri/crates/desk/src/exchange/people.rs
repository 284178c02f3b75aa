//! Whose phones they are.

use ami::action::Getvar;
use ami::session::Reply;
use ami::{Action, Value};

use super::Exchange;
use super::sync::Purpose;
use crate::clock::Now;

impl Exchange {
    /// Nothing tells whose phone an idle one is, except the phone's own configuration: one question at a time.
    pub(super) fn ask_for_a_person(&mut self, now: Now) {
        if self.sync.is_asking_for_people() || !self.permissions.allow("Getvar") {
            return;
        }
        while let Some(device) = self.sync.people.pop_front() {
            let Some(endpoint) = device.strip_prefix("PJSIP/") else {
                continue;
            };
            let request = Getvar::endpoint_callerid(endpoint).request();
            if self.sync.asked_people.insert(device.clone())
                && self.ask(&request, Purpose::Person(device), now)
            {
                return;
            }
        }
    }

    pub(super) fn learn(&mut self, device: &str, reply: &Reply) {
        let value = reply
            .frame
            .get("Value")
            .map(Value::text)
            .unwrap_or_default();
        if let Some(name) = caller_name(&value) {
            self.board.learn_person(device, &name);
            self.board_changed();
        }
    }
}

/// The name in `"Anna Rossi" <101>`.
fn caller_name(caller_id: &str) -> Option<String> {
    let name = caller_id.split('<').next()?.trim();
    let name = name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(name)
        .trim();
    let is_number = name.chars().all(|c| c.is_ascii_digit());
    (!is_number && !name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::caller_name;

    #[test]
    fn a_name_is_read_out_of_a_caller_id() {
        assert_eq!(
            caller_name("\"Anna Rossi\" <101>").as_deref(),
            Some("Anna Rossi")
        );
        assert_eq!(
            caller_name("Anna Rossi <101>").as_deref(),
            Some("Anna Rossi")
        );
        for nothing in ["", "<101>", "101", "\"\" <101>"] {
            assert_eq!(caller_name(nothing), None, "{nothing}");
        }
    }
}
