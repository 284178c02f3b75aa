//! The repository tests itself: rules that matter are checked by a machine, not remembered.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crates that do no I/O, read no clock and spawn no task.
const PURE: [&str; 4] = ["ami", "board", "operator", "practice"];

/// Who may depend on whom (`src-tauri/ARCHITECTURE.md`). Arrows point one way.
const ARROWS: [(&str, &[&str]); 6] = [
    ("ami", &[]),
    ("board", &["ami"]),
    ("operator", &["ami", "board"]),
    ("practice", &["ami"]),
    ("desk", &["ami", "board", "operator", "practice"]),
    ("cordboardctl", &["ami", "board", "operator", "desk"]),
];

/// A file longer than this is more than one idea.
const LONGEST_FILE: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files git knows or would take, below a folder, with one of these endings.
fn files(below: &str, endings: &[&str]) -> Vec<String> {
    let output = Command::new("git")
        .current_dir(root())
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--",
            below,
        ])
        .output()
        .expect("git runs");
    let names = String::from_utf8(output.stdout).expect("paths are text");
    let wanted = |name: &&str| endings.iter().any(|ending| name.ends_with(ending));
    let there = |name: &&str| root().join(name).is_file();
    names
        .lines()
        .filter(wanted)
        .filter(there)
        .map(str::to_owned)
        .collect()
}

/// Tests of the UI name what they bar.
fn is_test(file: &str) -> bool {
    file.ends_with(".test.ts")
}

fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut section = String::new();
    let mut names = BTreeSet::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line.to_owned();
        } else if section == "[dependencies]"
            && let Some(name) = line
                .split(['.', '=', ' '])
                .next()
                .filter(|name| !name.is_empty() && !name.starts_with('#'))
        {
            names.insert(name.to_owned());
        }
    }
    names
}

fn complain(rule: &str, offenders: &[String]) {
    assert!(
        offenders.is_empty(),
        "{rule}:\n  {}",
        offenders.join("\n  ")
    );
}

#[test]
fn arrows_between_crates_point_one_way() {
    let ours: BTreeSet<_> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    for (name, allowed) in ARROWS {
        let found = dependencies(&read(format!("src-tauri/crates/{name}/Cargo.toml")));
        let wrong: Vec<_> = found
            .intersection(&ours)
            .filter(|used| !allowed.contains(&used.as_str()))
            .cloned()
            .collect();
        complain(&format!("{name} must not depend on"), &wrong);
    }
}

#[test]
fn pure_crates_know_no_runtime_and_no_window() {
    for name in PURE {
        let found = dependencies(&read(format!("src-tauri/crates/{name}/Cargo.toml")));
        let wrong: Vec<_> = found
            .into_iter()
            .filter(|used| used.starts_with("tokio") || used.starts_with("tauri"))
            .collect();
        complain(&format!("{name} must stay pure, without"), &wrong);
    }
}

#[test]
fn pure_crates_read_no_clock_and_do_no_io() {
    const BARRED: [&str; 7] = [
        "Instant::now",
        "SystemTime::now",
        "std::thread",
        "std::net",
        "std::fs",
        "std::io::stdin",
        "std::env",
    ];
    let mut offenders = Vec::new();
    for name in PURE {
        for file in files(&format!("src-tauri/crates/{name}/src"), &[".rs"]) {
            if file.contains("tests") || file.ends_with("laws.rs") {
                continue;
            }
            let text = read(&file);
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            offenders.extend(
                BARRED
                    .iter()
                    .filter(|word| code.contains(**word))
                    .map(|word| format!("{file}: {word}")),
            );
        }
    }
    complain("`now` is an argument, and I/O is the desk's", &offenders);
}

#[test]
fn only_the_desk_clock_reads_the_time() {
    let text = read("src-tauri/crates/clippy.toml");
    for method in [
        "std::time::Instant::now",
        "std::time::SystemTime::now",
        "tokio::time::Instant::now",
        "std::thread::sleep",
    ] {
        assert!(text.contains(method), "clippy.toml no longer bars {method}");
    }
}

#[test]
fn no_file_has_outgrown_one_idea() {
    let code = files(".", &[".rs", ".ts", ".svelte", ".css"]);
    let long = code
        .iter()
        .filter(|file| !file.starts_with("ui/src/wire/"))
        .filter_map(|file| {
            let lines = read(file).lines().count();
            (lines > LONGEST_FILE).then(|| format!("{file}: {lines} lines"))
        });
    complain("files over 800 lines", &long.collect::<Vec<_>>());
}

#[test]
fn only_the_host_folder_knows_tauri() {
    let code = files("ui/src", &[".ts", ".svelte"]);
    let wrong = code.into_iter().filter(|file| {
        !file.starts_with("ui/src/host/") && !is_test(file) && read(file).contains("@tauri-apps/")
    });
    complain(
        "only ui/src/host imports @tauri-apps",
        &wrong.collect::<Vec<_>>(),
    );
}

#[test]
fn callers_text_never_becomes_markup() {
    let code = files("ui/src", &[".ts", ".svelte"]);
    let markup = |file: &String| {
        ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML"]
            .iter()
            .any(|word| read(file).contains(word))
    };
    let shown = code.into_iter().filter(|file| !is_test(file));
    complain(
        "names are text nodes",
        &shown.filter(markup).collect::<Vec<_>>(),
    );
}

#[test]
fn an_originate_never_carries_an_application() {
    let code = files("src-tauri/crates", &[".rs"]);
    let built = |file: &String| {
        let text = read(file);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        // The one that is allowed: a word of ours, and a channel's name that was looked at.
        let code = code.replace("with(\"Application\", \"ChanSpy\")", "");
        [
            "\"Application\",",
            "\"PreDialGoSub\"",
            "with(\"Data\"",
            "with_argument(\"Data\", self",
            "with(\"Variable\", typed",
        ]
        .iter()
        .any(|word| code.contains(word))
            && file.contains("/ami/src/action")
    };
    complain(
        "CVE-2024-42365: built by",
        &code.into_iter().filter(built).collect::<Vec<_>>(),
    );
}

#[test]
fn the_top_level_is_the_users_design_card() {
    const CARD: [&str; 14] = [
        "Cargo.toml",
        "Cargo.lock",
        "src-tauri",
        "ui",
        "icons",
        "tests",
        "README.md",
        "LICENSE",
        "Makefile",
        "deny.toml",
        "rustfmt.toml",
        ".gitignore",
        ".gitattributes",
        "clippy.toml",
    ];
    let top: BTreeSet<String> = files(".", &[""])
        .iter()
        .filter_map(|file| file.split('/').next().map(str::to_owned))
        .collect();
    let strange = top.into_iter().filter(|name| {
        !CARD.contains(&name.as_str())
            && ![".ci", ".cargo", ".config", ".github"].contains(&name.as_str())
    });
    complain("not on the design card", &strange.collect::<Vec<_>>());
}

#[test]
fn the_architecture_names_only_paths_that_exist() {
    let text = read("src-tauri/ARCHITECTURE.md");
    let quoted = text.split('`').skip(1).step_by(2);
    let paths =
        quoted.filter(|word| word.contains('/') && !word.contains([' ', '<', '*', ':', '{', '@']));
    let missing = paths.filter(|path| {
        !root().join(path).exists() && !root().join("src-tauri").join(path).exists()
    });
    complain(
        "ARCHITECTURE.md names",
        &missing.map(str::to_owned).collect::<Vec<_>>(),
    );
}

#[test]
fn no_machine_is_named() {
    let all = files(
        ".",
        &[
            ".rs", ".ts", ".svelte", ".md", ".toml", ".json", "Makefile", "run", ".sh", ".mjs",
            ".conf", ".html",
        ],
    );
    // Put together here, so that this file does not name them itself.
    let hosts = [
        ["deb.", "debian.org"],
        ["registry.", "npmjs"],
        ["static.", "crates.io"],
        ["index.", "crates.io"],
        ["/wo", "rk/"],
        ["/ro", "ot/"],
    ];
    let mut offenders = Vec::new();
    for file in all {
        let text = read(&file);
        offenders.extend(
            hosts
                .iter()
                .map(|parts| parts.concat())
                .filter(|host| text.contains(host.as_str()))
                .map(|host| format!("{file}: {host}")),
        );
    }
    complain(
        "registry hosts and absolute paths of a machine do not belong into the repository",
        &offenders,
    );
}

#[test]
fn makefile_and_readme_agree_on_the_commands() {
    let (makefile, readme) = (read("Makefile"), read("README.md"));
    for target in [
        "setup",
        "run",
        "test",
        "bench",
        "lab",
        "lab-down",
        "record",
        "screenshots",
    ] {
        assert!(
            makefile.contains(&format!("\n{target}:")),
            "Makefile has no {target}"
        );
    }
    for command in ["make run", "make test", "make lab"] {
        assert!(readme.contains(command), "README does not say {command}");
    }
}
