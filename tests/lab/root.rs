//! The chroot folder an Asterisk lives in, unpacked once per version and then
//! shared, read-only in use, by every PBX of that version.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::version::Version;

/// Bumped when the recipe below changes, so that an old cache is not taken for a new one.
const RECIPE: u32 = 1;

/// An unpacked Debian with one version of Asterisk in it.
#[derive(Clone, Debug)]
pub struct Root {
    path: PathBuf,
    version: Version,
}

impl Root {
    /// Why this machine cannot run the lab, in one line; `None` if it can.
    #[must_use]
    pub fn obstacle() -> Option<String> {
        if !rustix::process::geteuid().is_root() {
            return Some("the lab needs root to unpack and enter its chroot".to_owned());
        }
        ["mmdebstrap", "openssl", "baresip", "sipp", "setpriv"]
            .into_iter()
            .find(|tool| !on_path(tool))
            .map(|tool| format!("the lab needs {tool}, which is not installed (make setup)"))
    }

    /// The folder for `version`, built first if this machine does not have it yet.
    /// Blocks; of several processes one builds and the others wait.
    pub fn ensure(version: Version) -> Result<Self> {
        if let Some(obstacle) = Self::obstacle() {
            bail!(obstacle);
        }
        let cache = cache_dir()?;
        fs::create_dir_all(&cache)?;
        let path = folder(version)?;
        let lock = File::create(cache.join(format!("{version}.lock")))?;
        lock.lock().context("waiting for another build")?;
        if !path.is_dir() {
            build(version, &path)?;
        }
        Ok(Self { path, version })
    }

    /// Whether that version is unpacked already, so that a PBX starts at once.
    pub fn is_built(version: Version) -> Result<bool> {
        Ok(folder(version)?.is_dir())
    }

    /// Where the chroot is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The Asterisk inside.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }
}

/// Where unpacked versions and slot locks are kept: `CORDBOARD_LAB_CACHE`, else the
/// user's cache folder.
pub fn cache_dir() -> Result<PathBuf> {
    if let Some(dir) = std::env::var_os("CORDBOARD_LAB_CACHE") {
        return Ok(PathBuf::from(dir));
    }
    let home = std::env::var_os("HOME").context("neither CORDBOARD_LAB_CACHE nor HOME is set")?;
    Ok(Path::new(&home).join(".cache").join("cordboard-lab"))
}

fn folder(version: Version) -> Result<PathBuf> {
    let name = format!("{version}-{}-r{RECIPE}", version.suite());
    Ok(cache_dir()?.join(name))
}

fn build(version: Version, path: &Path) -> Result<()> {
    let partial = path.with_extension("building");
    if partial.exists() {
        fs::remove_dir_all(&partial).context("clearing an interrupted build")?;
    }
    tracing::info!(%version, "unpacking Asterisk, once");
    let output = Command::new("mmdebstrap")
        .args(["--quiet", "--variant=apt", "--mode=root"])
        // The testing suite's Release file is often past its Valid-Until on mirrors.
        .arg("--aptopt=Acquire::Check-Valid-Until \"false\"")
        .arg("--aptopt=APT::Install-Recommends \"false\"")
        .arg(format!("--include={}", version.packages()))
        .arg("--essential-hook=printf '#!/bin/sh\\nexit 101\\n' > \"$1/usr/sbin/policy-rc.d\"")
        .arg("--essential-hook=chmod 755 \"$1/usr/sbin/policy-rc.d\"")
        .arg(version.suite())
        .arg(&partial)
        .arg(mirror()?)
        .output()
        .context("starting mmdebstrap")?;
    ensure!(
        output.status.success(),
        "mmdebstrap: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::rename(&partial, path)?;
    Ok(())
}

/// The Debian mirror this machine's own apt uses.
fn mirror() -> Result<String> {
    let output = Command::new("apt-get")
        .args(["indextargets", "--format", "$(LABEL) $(REPO_URI)"])
        .arg("Created-By: Packages")
        .output()
        .context("asking apt for its mirror")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let by_label = text.lines().find_map(|line| line.strip_prefix("Debian "));
    let by_name = text
        .lines()
        .filter_map(|line| line.rsplit(' ').next())
        .find(|uri| uri.trim_end_matches('/').ends_with("/debian"));
    by_label
        .or(by_name)
        .map(str::to_owned)
        .context("apt knows no Debian mirror: run apt-get update")
}

fn on_path(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| dir.join(tool).is_file())
}
