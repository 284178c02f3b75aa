use std::fs;
use std::path::Path;

use board::{PbxId, Ref};
use operator::{OperationId, Remembered};
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::exchange::Boot;
use crate::journal::Asked;

fn id(number: u128) -> OperationId {
    OperationId(Uuid::from_u128(number))
}

fn kept(number: u128) -> Remembered {
    let leg = "leg:lab:1795200000.2";
    let text = json!({
        "id": format!("operation:lab:{}", id(number)), "operation": id(number), "verb": "hangUp", "legs": [leg], "target": null,
        "preview": {"verb": "hangUp", "journeys": [], "about": [], "at": null, "released": [], "warnings": [], "refusal": null},
        "since": 5, "expected": [{"expected": "ended", "leg": "1795200000.2"}],
    });
    serde_json::from_value(text).expect("as a journal has it")
}

fn asked(number: u128) -> Entry {
    let pbx = PbxId::new("lab").expect("an id");
    Entry::Asked(Box::new(Asked {
        subject: Ref::new(board::RefKind::Leg, &pbx, "1795200000.2"),
        pbx,
        boot: Boot::default(),
        user: "cordboard".to_owned(),
        me: Some("101".to_owned()),
        second: None,
        seen: None,
        target_seen: None,
        confirmed: false,
        operation: kept(number),
        actions: vec![vec!["Action: Hangup".to_owned()]],
    }))
}

fn ended(number: u128, open: bool) -> Entry {
    let outcome = json!({"outcome": if open { "unknown" } else { "done" }});
    Entry::Ended {
        operation: id(number),
        open,
        outcome,
    }
}

fn write(book: &mut Book, entries: &[Entry]) {
    let entries: Vec<_> = entries.iter().map(|entry| (7, entry.clone())).collect();
    book.append(&entries).expect("a disk");
}

fn open(folder: &Path) -> (Book, Vec<OperationId>) {
    let (book, reading) = Book::open(folder).expect("a folder");
    assert_eq!(reading.aside, None);
    (book, ids(&reading))
}

fn ids(reading: &Reading) -> Vec<OperationId> {
    let open = reading.open.iter();
    open.map(|open| open.asked.operation.operation).collect()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn what_has_no_end_is_open_after_a_restart_and_nothing_else_is() {
    let folder = folder();
    let (mut book, none) = open(folder.path());
    assert!(none.is_empty());
    write(&mut book, &[asked(1), asked(2), asked(3), asked(4)]);
    write(
        &mut book,
        &[ended(1, false), ended(2, true), ended(3, true)],
    );
    let found = json!({"found": "didNotHappen"});
    write(
        &mut book,
        &[Entry::Settled {
            operation: id(3),
            found,
        }],
    );
    drop(book);
    let (_book, found) = open(folder.path());
    assert_eq!(found, [id(2), id(4)]);
}

#[cfg(unix)]
#[test]
fn folder_and_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let inside = folder.path().join("journal");
    fs::create_dir(&inside).expect("made");
    fs::set_permissions(&inside, fs::Permissions::from_mode(0o755)).expect("as some umask would");
    let (mut book, _) = open(&inside);
    write(&mut book, &[asked(1)]);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&inside), 0o700);
    for file in fs::read_dir(&inside).expect("a folder") {
        assert_eq!(mode(&file.expect("a file").path()), 0o600);
    }
}

/// A crash at any byte: what was whole counts, and the next run writes on behind it.
#[test]
fn a_crash_in_the_middle_of_a_line_loses_that_line_only() {
    let whole = folder();
    let (mut book, _) = open(whole.path());
    write(&mut book, &[asked(1)]);
    let first = book.length;
    write(&mut book, &[asked(2)]);
    drop(book);
    let text = fs::read(whole.path().join("journal.jsonl")).expect("a journal");
    let first = usize::try_from(first).expect("small");
    for end in (first..text.len()).step_by(37) {
        let crashed = folder();
        fs::write(crashed.path().join("journal.jsonl"), &text[..end]).expect("written");
        let (mut book, found) = open(crashed.path());
        assert_eq!(found, [id(1)], "cut at byte {end}");
        write(&mut book, &[asked(3)]);
        drop(book);
        assert_eq!(open(crashed.path()).1, [id(1), id(3)], "cut at byte {end}");
    }
}

#[test]
fn a_line_that_was_changed_puts_the_file_aside_and_its_operations_still_come_back() {
    let folder = folder();
    let (mut book, _) = open(folder.path());
    write(&mut book, &[asked(1), asked(2)]);
    drop(book);
    let path = folder.path().join("journal.jsonl");
    let text = fs::read_to_string(&path).expect("a journal");
    fs::write(&path, text.replacen("cordboard", "somebody ", 1)).expect("written");
    let (mut book, reading) = Book::open(folder.path()).expect("a folder");
    let name = "journal-aside-1.jsonl";
    assert_eq!(
        (reading.aside.as_deref(), ids(&reading)),
        (Some(name), vec![id(1), id(2)])
    );
    assert!(folder.path().join(name).exists() && !path.exists());
    write(&mut book, &[ended(1, false)]);
    drop(book);
    assert_eq!(
        open(folder.path()).1,
        [id(2)],
        "carried over into the new file"
    );
}

#[test]
fn a_line_with_a_number_nobody_counted_puts_the_file_aside_and_its_operation_still_comes_back() {
    for number in [MOST_LINES, u64::MAX - 1, u64::MAX] {
        let folder = folder();
        let path = folder.path().join("journal.jsonl");
        let (line, _) = seal::seal(number, 7, &asked(1), "").expect("JSON");
        fs::write(&path, line).expect("written");
        let (mut book, reading) = Book::open(folder.path()).expect("a folder");
        assert_eq!(
            (reading.aside.as_deref(), ids(&reading)),
            (Some("journal-aside-1.jsonl"), vec![id(1)]),
            "{number}"
        );
        write(&mut book, &[asked(2)]);
        drop(book);
        assert_eq!(open(folder.path()).1, [id(1), id(2)], "{number}");
    }
}

#[test]
fn what_is_no_journal_at_all_is_put_aside_and_never_overwritten() {
    let folder = folder();
    let path = folder.path().join("journal.jsonl");
    fs::write(&path, "\u{0}\u{1}\nnot a journal\n{}\n").expect("written");
    let (book, reading) = Book::open(folder.path()).expect("a folder");
    assert_eq!(
        (reading.aside.as_deref(), reading.open.len()),
        (Some("journal-aside-1.jsonl"), 0)
    );
    drop(book);
    fs::create_dir(&path).expect("a folder in its place");
    let (_book, reading) = Book::open(folder.path()).expect("a folder");
    assert_eq!(reading.aside.as_deref(), Some("journal-aside-2.jsonl"));
}

#[test]
fn a_file_that_has_grown_is_put_away_and_the_open_operation_goes_along() {
    let folder = folder();
    let (mut book, _) = Book::open_with(folder.path(), 4_000).expect("a folder");
    write(&mut book, &[asked(1)]);
    for number in 2..200 {
        write(&mut book, &[asked(number), ended(number, false)]);
    }
    drop(book);
    let files = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(
        files,
        1 + 1 + KEPT as usize,
        "the lock, the journal and those put away"
    );
    let large = fs::metadata(folder.path().join("journal.1.jsonl")).expect("put away");
    assert!(large.len() < 10_000, "{}", large.len());
    assert_eq!(open(folder.path()).1, [id(1)]);
}

#[test]
fn the_seals_go_on_from_file_to_file() {
    let folder = folder();
    let (mut book, _) = Book::open_with(folder.path(), 1).expect("a folder");
    write(&mut book, &[asked(1)]);
    let last = book.seal.clone();
    write(&mut book, &[ended(1, false)]);
    let text = fs::read_to_string(folder.path().join("journal.jsonl")).expect("a journal");
    let first = text.lines().next().expect("a line");
    let first = seal::read(first, "").and_then(|line| line.entry);
    let after = last;
    assert_eq!(
        first,
        Some(Entry::Began {
            version: VERSION,
            after
        })
    );
}

#[test]
fn two_programs_never_write_into_one_file() {
    let folder = folder();
    let (mut first, _) = open(folder.path());
    let (mut second, _) = open(folder.path());
    write(&mut first, &[asked(1)]);
    write(&mut second, &[asked(2)]);
    drop((first, second));
    let (first, found) = open(folder.path());
    assert_eq!(found, [id(1)]);
    assert_eq!(open(folder.path()).1, [id(2)]);
    drop(first);
}

#[test]
fn a_disk_that_refuses_is_told_and_nothing_of_it_is_lost_later() {
    let folder = folder();
    let (mut book, _) = open(folder.path());
    let path = folder.path().join("journal.jsonl");
    fs::create_dir(&path).expect("something in its place");
    assert!(book.append(&[(7, asked(1))]).is_err());
    fs::remove_dir(&path).expect("gone again");
    write(&mut book, &[asked(1), asked(2)]);
    drop(book);
    assert_eq!(open(folder.path()).1, [id(1), id(2)]);
}
