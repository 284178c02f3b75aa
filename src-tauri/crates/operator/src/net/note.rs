//! What this desk knows of a leg and no PBX does: for whom it waits, that it was silenced, that it was put to music.

use std::collections::{BTreeMap, BTreeSet};

use board::{Millis, PbxId, Ref, RefKind};
use serde::Serialize;
use ts_rs::TS;

use super::sight::Sight;
use crate::intent::OperationId;

/// A label is a few words, not a letter.
const LONGEST: usize = 80;
/// A leg that was put to music is on its way there for a moment.
const ARRIVES: Millis = 3_000;
/// More than one PBX has callers.
const MOST: usize = 1_000;

/// What the desk keeps about a leg, for as long as it lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NoteView {
    /// `note:pbx:uniqueid`.
    pub id: Ref,
    /// The leg.
    pub leg: Ref,
    /// Name, as last seen. Hostile text.
    pub name: Option<String>,
    /// Number, as last seen.
    pub number: Option<String>,
    /// For whom, or why, in the operator's words.
    pub label: Option<String>,
    /// Since when this desk has silenced it. No event tells, and nothing can be read back.
    pub muted: Option<Millis>,
    /// Since when it waits to music where this desk has put it: no parking space shows it.
    pub held: Option<Millis>,
    /// When the operator is warned that it has waited for too long.
    pub warn_at: Option<Millis>,
    /// The operation that wrote the note; absent: it was typed.
    pub operation: Option<OperationId>,
}

#[derive(Debug, Clone, Default)]
struct Note {
    name: Option<String>,
    number: Option<String>,
    label: Option<String>,
    muted: Option<Millis>,
    held: Option<Millis>,
    warn_at: Option<Millis>,
    operation: Option<OperationId>,
}

/// All notes, and for the rules of verbs the legs that are silenced.
#[derive(Debug, Default)]
pub(super) struct Notes {
    all: BTreeMap<Ref, Note>,
    pub(super) muted: BTreeSet<Ref>,
}

impl Notes {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn of(&mut self, leg: &Ref) -> Option<&mut Note> {
        let has_room = self.all.len() < MOST || self.all.contains_key(leg);
        has_room.then(|| self.all.entry(leg.clone()).or_default())
    }

    /// An empty label takes it away.
    pub(super) fn label(&mut self, leg: &Ref, text: &str, by: Option<OperationId>) {
        let text = clean(text);
        if let Some(note) = self.of(leg) {
            note.operation = by.filter(|_| text.is_some());
            note.label = text;
        }
        self.tidy();
    }

    pub(super) fn mute(&mut self, leg: &Ref, on: bool, now: Millis) {
        let Some(note) = self.of(leg) else { return };
        note.muted = on.then_some(now);
        if on {
            self.muted.insert(leg.clone());
        } else {
            self.muted.remove(leg);
        }
        self.tidy();
    }

    /// This desk has put it to music.
    pub(super) fn hold(&mut self, leg: &Ref, by: Option<OperationId>, warn: Millis, now: Millis) {
        if let Some(note) = self.of(leg) {
            note.held = Some(now);
            note.warn_at = Some(now + warn);
            note.operation = by.or(note.operation);
        }
    }

    /// It is sent elsewhere.
    pub(super) fn resume(&mut self, leg: &Ref) {
        if let Some(note) = self.all.get_mut(leg) {
            (note.held, note.warn_at) = (None, None);
        }
        self.tidy();
    }

    pub(super) fn is_held(&self, leg: &Ref) -> bool {
        self.all.get(leg).is_some_and(|note| note.held.is_some())
    }

    /// A note lives as long as its leg.
    pub(super) fn observe(&mut self, sight: &Sight<'_>, now: Millis) {
        self.all.retain(|leg, _| sight.is_there(leg));
        self.muted.retain(|leg| sight.is_there(leg));
        for (leg, note) in &mut self.all {
            if let Some(party) = sight.party(leg) {
                (note.name, note.number) = (party.name, party.number);
            }
            let settled = note.held.is_some_and(|since| now >= since + ARRIVES);
            if settled && !sight.is_alone(leg) {
                (note.held, note.warn_at) = (None, None);
            }
        }
        self.tidy();
    }

    fn tidy(&mut self) {
        let says =
            |note: &Note| note.label.is_some() || note.muted.is_some() || note.held.is_some();
        self.all.retain(|_, note| says(note));
    }

    pub(super) fn views<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = NoteView> + 'a {
        self.all.iter().map(move |(leg, note)| NoteView {
            id: Ref::new(RefKind::Note, pbx, leg.key.clone()),
            leg: leg.clone(),
            name: note.name.clone(),
            number: note.number.clone(),
            label: note.label.clone(),
            muted: note.muted,
            held: note.held,
            warn_at: note.warn_at,
            operation: note.operation,
        })
    }
}

/// One line of eighty characters at most, without anything that steers a screen; `None`: nothing is left.
fn clean(text: &str) -> Option<String> {
    let plain = |c: char| match c {
        c if c.is_control() => ' ',
        // Marks that turn the direction of writing would turn the board's as well.
        '\u{061c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => ' ',
        c => c,
    };
    let text: String = text.chars().map(plain).collect();
    let short: String = text.trim().chars().take(LONGEST).collect();
    let short = short.trim_end();
    (!short.is_empty()).then(|| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_short_line_that_steers_nothing() {
        let cases = [
            ("  for Anna ", Some("for Anna")),
            ("a\r\nb\u{7}c", Some("a  b c")),
            ("\u{202e}anna", Some("anna")),
            (" \n\t", None),
            ("", None),
        ];
        for (text, label) in cases {
            assert_eq!(clean(text).as_deref(), label, "{text:?}");
        }
        let long = clean(&"ä".repeat(200)).expect("a label");
        assert_eq!(long.chars().count(), LONGEST);
    }
}
