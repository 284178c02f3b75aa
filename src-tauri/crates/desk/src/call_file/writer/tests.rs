use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use super::*;
use crate::CallFileError;

struct Place {
    _home: tempfile::TempDir,
    spool: Spool,
}

fn place() -> Place {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("outgoing");
    fs::create_dir(&folder).expect("made");
    Place {
        spool: Spool {
            folder,
            making: None,
            owner: None,
            mode: 0o660,
        },
        _home: home,
    }
}

fn call() -> CallFile {
    CallFile {
        channel: "PJSIP/101".into(),
        context: "internal".into(),
        exten: "102".into(),
        caller_id: None,
        wait: 30,
        account: None,
    }
}

/// How many files are anywhere below.
fn count(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder");
    let count_one = |entry: io::Result<fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        if path.is_dir() { count(&path) } else { 1 }
    };
    entries.map(count_one).sum()
}

#[test]
fn a_call_file_is_there_whole_with_its_mode_and_its_time() {
    let place = place();
    let at = super::super::wall_clock() + Duration::from_secs(3600);
    let path = spool(&call(), &place.spool, Some(at)).expect("spooled");
    assert_eq!(path.parent(), Some(place.spool.folder.as_path()));
    assert_eq!(
        fs::read_to_string(&path).expect("there"),
        call().text().expect("a call")
    );
    let there = fs::metadata(&path).expect("there");
    assert_eq!(
        (there.mode() & 0o777, there.modified().expect("a time")),
        (0o660, at)
    );
    assert_eq!(count(place.spool.folder.parent().expect("above")), 1);
}

#[test]
fn without_a_time_it_is_for_now() {
    let place = place();
    let path = spool(&call(), &place.spool, None).expect("spooled");
    let written = fs::metadata(&path)
        .expect("there")
        .modified()
        .expect("a time");
    assert!(written <= super::super::wall_clock() + Duration::from_secs(1));
}

#[test]
fn it_is_made_in_tmp_beside_the_spool_if_there_is_one() {
    let place = place();
    let above = fs::canonicalize(place.spool.folder.parent().expect("above")).expect("there");
    assert_eq!(making(&place.spool).expect("a folder"), above);
    fs::create_dir(above.join("tmp")).expect("made");
    assert_eq!(making(&place.spool).expect("a folder"), above.join("tmp"));
}

#[test]
fn each_obstacle_has_its_words_and_leaves_nothing_behind() {
    let place = place();
    let Spool { folder, .. } = place.spool.clone();
    let with = |making: Option<PathBuf>, folder: PathBuf| Spool {
        making,
        folder,
        ..place.spool.clone()
    };
    let obstacle = |spool: &Spool| super::spool(&call(), spool, None).expect_err("an obstacle");
    let missing = obstacle(&with(None, folder.join("none")));
    assert!(matches!(missing, SpoolError::NoFolder(_)), "{missing}");
    let inside = obstacle(&with(Some(folder.clone()), folder.clone()));
    assert!(matches!(inside, SpoolError::InTheSpool(_)), "{inside}");
    let elsewhere = obstacle(&with(Some("/proc".into()), folder.clone()));
    assert!(
        matches!(elsewhere, SpoolError::OtherFileSystem { .. }),
        "{elsewhere}"
    );
    let evil = CallFile {
        exten: "1\n2".into(),
        ..call()
    };
    let evil = spool(&evil, &place.spool, None).expect_err("refused");
    assert!(matches!(
        evil,
        SpoolError::Call(CallFileError::Unsound("Extension"))
    ));
    assert_eq!(count(folder.parent().expect("above")), 0);
}

#[test]
fn what_may_not_be_written_to_is_named() {
    let denied = || io::Error::from(ErrorKind::PermissionDenied);
    let moved = moving(denied(), Path::new("/a"), Path::new("/b"));
    assert_eq!(moved.to_string(), "/b: not writable for this user");
    let across = moving(
        ErrorKind::CrossesDevices.into(),
        Path::new("/a"),
        Path::new("/b"),
    );
    assert!(across.to_string().contains("--tmp"), "{across}");
}
