//! What the webview may do, written down a second time: whoever widens it must do it here as well, and will be asked why.

use serde_json::{Value, json};

use crate::command_names::COMMANDS;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn config() -> Value {
    parsed(include_str!("../tauri.conf.json"))
}

#[test]
fn the_window_may_call_our_commands_and_nothing_of_tauris() {
    let capability = parsed(include_str!("../capabilities/main.json"));
    let permissions: Vec<String> = COMMANDS
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    assert_eq!(capability["permissions"], json!(permissions));
    assert_eq!(capability["windows"], json!(["main"]));
    assert_eq!(capability.get("remote"), None);
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities"))
        .expect("listed")
        .count();
    assert_eq!(files, 1, "one window, one capability");
}

/// There is no `frame-src`: Tauri adds the isolation frame's scheme, new at each start, to `default-src`, and nothing else may be framed.
#[test]
fn the_page_is_locked_down() {
    let expected = json!({
        "freezePrototype": true,
        "pattern": { "use": "isolation", "options": { "dir": "isolation" } },
        "capabilities": ["main"],
        "csp": {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self' 'sha256-YEercZJImS+vUX2bz7vkQ0aA4rtBIPLuCEWz+yraQ/g='",
            "img-src": "'self'",
            "font-src": "'self'",
            "connect-src": "ipc: http://ipc.localhost",
            "media-src": "'none'",
            "worker-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "object-src": "'none'"
        }
    });
    let app = &config()["app"];
    assert_eq!(app["security"], expected);
    assert_eq!(app["withGlobalTauri"], json!(false));
    assert_eq!(app["windows"], json!([]));
}

/// The page's policy allows this one inline style by its hash. Another text from Tauri needs another hash, or the frame shows.
#[test]
fn the_isolation_frame_is_hidden_by_the_style_we_allow() {
    let style = tauri::utils::pattern::isolation::IFRAME_STYLE;
    assert_eq!(style, "#__tauri_isolation__ { display: none !important }");
}

#[test]
fn every_list_of_our_commands_is_the_same() {
    let source = include_str!("commands.rs");
    let after_mark = source.split("#[tauri::command]\nasync fn ").skip(1);
    let mut written: Vec<&str> = after_mark
        .filter_map(|rest| rest.split('(').next())
        .collect();
    written.sort_unstable();
    assert_eq!(written, COMMANDS);
    let isolation = include_str!("../isolation/index.js");
    let quoted: Vec<&str> = isolation
        .lines()
        .filter_map(|line| line.trim().strip_prefix('\'')?.strip_suffix("',"))
        .collect();
    let fetch = "plugin:__TAURI_CHANNEL__|fetch";
    assert_eq!(
        quoted,
        COMMANDS.iter().copied().chain([fetch]).collect::<Vec<_>>()
    );
}

#[test]
fn the_page_knows_each_command_by_its_name() {
    let map = include_str!("../../ui/src/host/commands.ts");
    let keys = map
        .lines()
        .filter(|line| line.contains(": { args: {") || line.contains(": { args: Record"));
    let mut named: Vec<&str> = keys
        .filter_map(|line| line.trim().split(':').next())
        .collect();
    // Its channel makes it differ from host to host.
    named.push("subscribe");
    named.sort_unstable();
    assert_eq!(named, COMMANDS);
}
