//! Prepares what Tauri embeds: the page, the icons, and the permission each of our commands needs.

use std::{fs, path::Path};

use tauri_build::{AppManifest, Attributes};

#[path = "src/command_names.rs"]
mod command_names;

const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>Cordboard</title><p>The page is not built yet: run <code>npm run build</code> in <code>ui</code>.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    place_page(Path::new("../ui/dist"))?;
    let manifest = AppManifest::new().commands(&command_names::COMMANDS);
    tauri_build::try_build(Attributes::new().app_manifest(manifest))?;
    Ok(())
}

/// Cargo alone must be able to build, so a page stands in until Vite has made the real one.
fn place_page(dist: &Path) -> std::io::Result<()> {
    println!("cargo:rerun-if-changed={}", dist.display());
    let index = dist.join("index.html");
    if index.exists() {
        return Ok(());
    }
    fs::create_dir_all(dist)?;
    fs::write(index, PLACEHOLDER)
}
