//! Cordboard, an operator's desktop switchboard for Asterisk.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    cordboard::run()
}
