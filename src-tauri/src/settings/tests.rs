//! The settings file: written whole, old ones read, strange ones put aside.

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn one(paused: bool) -> Saved {
    let profile = desk::practice_profile();
    Saved { profile, paused }
}

fn annex(paused: bool) -> Saved {
    let mut annex = one(paused);
    annex.profile.pbx = desk::pbx_id("annex");
    annex.profile.host = "10.0.0.2".to_owned();
    annex
}

fn replace(file: &SettingsFile, settings: &Settings) -> io::Result<()> {
    file.change(|current| *current = settings.clone())
}

fn write(folder: &Path, text: &str) {
    fs::write(folder.join("settings.json"), text).expect("written");
}

#[test]
fn without_a_file_the_defaults_hold() {
    let folder = folder();
    let file = SettingsFile::open(folder.path());
    assert_eq!(file.current(), Settings::default());
    assert_eq!(file.kept(), None);
}

#[test]
fn what_is_saved_is_read_again_and_no_scrap_is_left() {
    let folder = folder();
    let settings = Settings {
        connections: vec![one(false), annex(true)],
        theme: Theme::Contrast,
        palette: Palette::RedBusy,
        density: Density::Dense,
        columns: vec![340.5, 600.0],
        keys: BTreeMap::from([("park".to_owned(), vec!["Num *".to_owned()])]),
        transfer: TransferBy::Consult,
        ..Settings::default()
    };
    let file = SettingsFile::open(&folder.path().join("not/there/yet"));
    replace(&file, &settings).expect("saved");
    assert_eq!(
        SettingsFile::open(&folder.path().join("not/there/yet")).current(),
        settings
    );
    let names = fs::read_dir(folder.path().join("not/there/yet"))
        .expect("listed")
        .count();
    assert_eq!(names, 1);
}

#[test]
fn the_file_reads_as_the_window_does() {
    let text = serde_json::to_value(Settings::default()).expect("JSON");
    let expected = serde_json::json!({ "version": 2, "connections": [], "theme": "system", "palette": "standard", "density": "comfortable", "columns": [], "keys": {}, "transfer": "blind" });
    assert_eq!(text, expected);
}

#[test]
fn a_file_from_before_one_could_change_the_keys_loads_with_the_usual_ones() {
    let folder = folder();
    write(
        folder.path(),
        r#"{ "version": 2, "connections": [], "theme": "dark", "density": "dense", "columns": [] }"#,
    );
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!(
        (read.theme, read.keys.len(), read.transfer),
        (Theme::Dark, 0, TransferBy::Blind)
    );
}

/// Word for word what the first Cordboard wrote.
#[test]
fn a_file_that_knew_one_pbx_still_loads_and_its_pbx_keeps_its_id() {
    let folder = folder();
    let first = r#"{ "version": 1, "profile": { "pbx": "main", "name": "Hotel", "host": "pbx.example.org", "port": 5039,
        "protection": { "kind": "tls", "trust": { "by": "pin", "sha256": "ab" } }, "user": "cordboard", "me": "201", "context": "internal" },
        "theme": "dark", "density": "compact", "columns": [340.0, 300.0] }"#;
    write(folder.path(), first);
    let file = SettingsFile::open(folder.path());
    assert_eq!(file.kept(), None);
    let read = file.current();
    assert_eq!(
        (read.version, read.theme, read.density),
        (2, Theme::Dark, Density::Compact)
    );
    assert_eq!(read.columns, [340.0, 300.0]);
    let [saved] = read.connections.as_slice() else {
        panic!("one PBX: {:?}", read.connections);
    };
    assert!(!saved.paused);
    assert_eq!(
        (saved.profile.pbx.as_str(), saved.profile.host.as_str()),
        ("main", "pbx.example.org")
    );
    file.change(|settings| settings.theme = Theme::Light)
        .expect("saved");
    let again = SettingsFile::open(folder.path()).current();
    assert_eq!(
        (again.connections, again.theme),
        (read.connections, Theme::Light)
    );
}

#[test]
fn a_first_file_without_a_pbx_loads_too() {
    let folder = folder();
    write(
        folder.path(),
        r#"{ "version": 1, "profile": null, "theme": "light" }"#,
    );
    let read = SettingsFile::open(folder.path()).current();
    assert_eq!((read.connections.len(), read.theme), (0, Theme::Light));
}

#[test]
fn an_id_that_stands_twice_in_the_file_is_made_two() {
    let folder = folder();
    let settings = Settings {
        connections: vec![one(false), one(true)],
        ..Settings::default()
    };
    write(
        folder.path(),
        &serde_json::to_string(&settings).expect("JSON"),
    );
    let read = SettingsFile::open(folder.path()).current().connections;
    assert_eq!(read.len(), 2);
    assert_ne!(read[0].profile.pbx, read[1].profile.pbx);
}

#[test]
fn a_broken_file_is_kept_aside_and_told() {
    let folder = folder();
    let pink = "{\"version\": 1, \"theme\": \"pink\"}";
    let nameless = "{\"version\": 2, \"connections\": [{\"paused\": true}]}";
    for text in ["", pink, nameless, "\u{0}", "[]"] {
        write(folder.path(), text);
        let file = SettingsFile::open(folder.path());
        let kept = file.kept().expect("told");
        assert_eq!(fs::read_to_string(kept).expect("kept"), text);
        assert_eq!(file.current(), Settings::default());
    }
}

#[test]
fn a_newer_file_survives_an_older_program() {
    let folder = folder();
    let newer = "{\"version\": 3, \"rooms\": []}";
    write(folder.path(), newer);
    let file = SettingsFile::open(folder.path());
    replace(&file, &Settings::default()).expect("saved");
    let kept = folder.path().join("settings.v3-1.json");
    assert_eq!(file.kept(), Some(kept.as_path()));
    assert_eq!(fs::read_to_string(kept).expect("kept"), newer);
}

#[test]
fn a_file_that_can_be_neither_read_nor_moved_is_never_overwritten() {
    let folder = folder();
    fs::create_dir(folder.path().join("settings.json")).expect("a folder in its place");
    for n in 1..100 {
        fs::write(folder.path().join(format!("settings.broken-{n}.json")), "x").expect("written");
    }
    let file = SettingsFile::open(folder.path());
    let dark = Settings {
        theme: Theme::Dark,
        ..Settings::default()
    };
    assert!(replace(&file, &dark).is_err());
    assert_eq!(file.current(), dark, "this session still goes by it");
    assert!(folder.path().join("settings.json").is_dir());
}
