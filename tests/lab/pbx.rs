//! One running Asterisk with a folder and ports of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;

use crate::handset::Handset;
use crate::obedient::ObedientPhone;
use crate::people::Office;
use crate::phone::{Answering, Phone};
use crate::process::{Process, guarded};
use crate::root::{Root, cache_dir};
use crate::slot::{LINES, Ports, Slot};
use crate::trunk::{self, Outside, TrunkCall};
use crate::truth::Truth;
use crate::version::Version;
use crate::{certificate, config};

const BOOT: Duration = Duration::from_secs(30);
/// What a phone plays: ten minutes of 8 kHz mono silence.
const SILENCE_BYTES: u32 = 10 * 60 * 8000 * 2;

/// A fresh PBX. Everything it started dies with it.
#[derive(Debug)]
pub struct Pbx {
    process: Process,
    truth: Truth,
    home: Home,
    lines: AtomicU16,
}

#[derive(Debug)]
struct Home {
    root: Root,
    slot: Slot,
}

impl Pbx {
    /// Starts an Asterisk in any free slot and waits until it is fully booted.
    pub async fn start(version: Version) -> Result<Self> {
        Self::start_office(version, Office::Full).await
    }

    /// The same with as many phones as the office has.
    pub async fn start_office(version: Version, office: Office) -> Result<Self> {
        let prepare = move || Home::prepare(version, Slot::any, office);
        Self::boot_in(tokio::task::spawn_blocking(prepare).await??).await
    }

    /// Starts an Asterisk on the documented ports, of which there is one set.
    pub async fn start_fixed(version: Version) -> Result<Self> {
        let prepare = move || Home::prepare(version, Slot::fixed, Office::Full);
        Self::boot_in(tokio::task::spawn_blocking(prepare).await??).await
    }

    /// The Asterisk inside.
    #[must_use]
    pub fn version(&self) -> Version {
        self.home.root.version()
    }

    /// Every port of this PBX.
    #[must_use]
    pub fn ports(&self) -> Ports {
        self.home.slot.ports()
    }

    /// AMI in the clear, on 127.0.0.1.
    #[must_use]
    pub fn ami_port(&self) -> u16 {
        self.ports().ami()
    }

    /// AMI over TLS, on 127.0.0.1 and for the name localhost.
    #[must_use]
    pub fn tls_port(&self) -> u16 {
        self.ports().ami_tls()
    }

    /// The authority that signed the TLS certificate.
    #[must_use]
    pub fn ca_pem_path(&self) -> PathBuf {
        self.home.etc().join("ca.pem")
    }

    /// Where Asterisk looks for call files.
    #[must_use]
    pub fn outgoing_spool(&self) -> PathBuf {
        self.home.path().join("spool/outgoing")
    }

    /// SHA-256 of the TLS key (SPKI), in lower-case hex.
    pub fn key_fingerprint(&self) -> Result<String> {
        certificate::fingerprint(&self.home.etc())
    }

    /// Gives the PBX another authority, certificate and key, and loads them.
    pub async fn renew_certificate(&self) -> Result<()> {
        certificate::make(&self.home.etc())?;
        // Asterisk looks at the key again only when the file that names it has changed.
        let config = self.home.etc().join("manager.conf");
        let text = fs::read_to_string(&config)?;
        fs::write(&config, text + "; a new key\n")?;
        self.cli("manager reload").await.map(drop)
    }

    /// The witness: what Asterisk says when asked as `admin`.
    #[must_use]
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// Asterisk's log so far.
    pub fn log(&self) -> Result<String> {
        let bytes = fs::read(self.home.path().join("log/messages"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Runs a command on Asterisk's console and gives what it printed.
    pub async fn cli(&self, command: &str) -> Result<String> {
        let output = tokio::process::Command::new("chroot")
            .arg(self.home.root.path())
            .args(["/usr/sbin/asterisk", "-C", &self.home.main_config()])
            .args(["-r", "-x", command])
            .output()
            .await?;
        ensure!(
            output.status.success(),
            "asterisk -rx {command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Rewrites one of Asterisk's configuration files; what reads it must be reloaded.
    pub fn configure(&self, file: &str, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.home.etc().join(file);
        let text = if path.exists() {
            fs::read_to_string(&path)?
        } else {
            String::new()
        };
        fs::write(path, change(text)).with_context(|| file.to_owned())
    }

    /// Asterisk's spool folder: recordings are in `monitor`, messages in `voicemail`.
    #[must_use]
    pub fn spool(&self) -> PathBuf {
        self.home.path().join("spool")
    }

    /// A telephone (130) that can join two calls by REFER.
    #[must_use]
    pub fn handset(&self) -> Handset {
        Handset::at(self)
    }

    /// A desk phone in the place of that number, which obeys SIP NOTIFY.
    pub async fn obedient(&self, number: &str) -> Result<ObedientPhone> {
        ObedientPhone::start(self, number).await
    }

    /// Switches on a phone and waits until it is registered.
    pub async fn phone(&self, number: &str) -> Result<Phone> {
        Phone::start(self, number, Answering::ByHand).await
    }

    /// Switches on a phone which answers every call at once.
    pub async fn answering_phone(&self, number: &str) -> Result<Phone> {
        Phone::start(self, number, Answering::AtOnce).await
    }

    /// A call from the outside world to one of the trunk's numbers. The name may be any
    /// bytes; it goes into the SIP `From` header quoted, but otherwise as it is.
    pub async fn trunk_call(
        &self,
        did: &str,
        from_number: &str,
        from_name: impl AsRef<[u8]>,
    ) -> Result<TrunkCall> {
        let line = self.free_line()?;
        TrunkCall::start(self, line, did, from_number, from_name.as_ref()).await
    }

    /// The outside world which answers calls to 9<number>, until dropped.
    pub async fn outside(&self) -> Result<Outside> {
        Outside::start(self).await
    }

    /// Kills Asterisk as a power cut would. The PBX is down until [`Self::boot`].
    pub fn kill9(&mut self) {
        self.process.kill();
    }

    /// Starts Asterisk again after [`Self::kill9`], on the same folder and ports.
    pub async fn boot(&mut self) -> Result<()> {
        self.power_on()?;
        self.wait_booted().await
    }

    /// Starts Asterisk again without waiting for it.
    pub fn power_on(&mut self) -> Result<()> {
        self.process.kill();
        self.process = self.home.launch()?;
        Ok(())
    }

    /// A power cut and a new start.
    pub async fn restart(&mut self) -> Result<()> {
        self.kill9();
        self.boot().await
    }

    /// Freezes Asterisk: its sockets stay open and say nothing.
    pub fn stop_signal(&self) -> Result<()> {
        self.process.signal(Signal::STOP)
    }

    /// Thaws it again.
    pub fn cont_signal(&self) -> Result<()> {
        self.process.signal(Signal::CONT)
    }

    /// Waits until Asterisk says it is fully booted, after `core restart` for instance.
    pub async fn wait_booted(&mut self) -> Result<()> {
        let booted = self.truth.wait_booted(BOOT).await;
        booted.with_context(|| {
            let log = self.log().unwrap_or_default();
            let tail: Vec<_> = log.lines().rev().take(20).collect();
            let state = if self.process.is_running() {
                "runs"
            } else {
                "died"
            };
            format!(
                "Asterisk {state}; its log, last line first:\n{}",
                tail.join("\n")
            )
        })
    }

    /// A folder of this PBX for phones and lines to keep their files in.
    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.home.path().join(name);
        fs::create_dir_all(&path)?;
        Ok(path)
    }

    /// The sound every phone plays.
    pub(crate) fn silence(&self) -> PathBuf {
        self.home.path().join("silence.wav")
    }

    /// The next outside line nobody talks on.
    fn free_line(&self) -> Result<u16> {
        let next = || self.lines.fetch_add(1, Ordering::Relaxed) % LINES;
        std::iter::repeat_with(next)
            .take(usize::from(LINES))
            .find(|line| !trunk::is_taken(self.ports().line(*line).0))
            .context("every outside line is taken")
    }

    async fn boot_in(home: Home) -> Result<Self> {
        let mut pbx = Self {
            process: home.launch()?,
            truth: Truth::on_port(home.slot.ports().ami()),
            home,
            lines: AtomicU16::new(0),
        };
        pbx.wait_booted().await?;
        Ok(pbx)
    }
}

impl Home {
    fn prepare(version: Version, slot: fn(&Path) -> Result<Slot>, office: Office) -> Result<Self> {
        let root = Root::ensure(version)?;
        let slot = slot(&cache_dir()?)?;
        let home = Self { root, slot };
        let path = home.path();
        if path.exists() {
            fs::remove_dir_all(&path).context("clearing the slot's folder")?;
        }
        for folder in ["etc", "lib/keys", "spool", "log", "run", "cache"] {
            fs::create_dir_all(path.join(folder))?;
        }
        certificate::make(&home.etc())?;
        config::write(&home.etc(), &home.inner(), home.slot.ports(), office)?;
        write_silence(&path.join("silence.wav"))?;
        Ok(home)
    }

    /// Where this PBX lives, seen from the machine.
    fn path(&self) -> PathBuf {
        let inner = self.inner();
        self.root.path().join(inner.trim_start_matches('/'))
    }

    /// Where this PBX lives, seen from inside the chroot.
    fn inner(&self) -> String {
        format!("/lab/{}", self.slot.number())
    }

    fn etc(&self) -> PathBuf {
        self.path().join("etc")
    }

    fn main_config(&self) -> String {
        format!("{}/etc/asterisk.conf", self.inner())
    }

    fn launch(&self) -> Result<Process> {
        let mut command = guarded("chroot");
        command
            .arg(self.root.path())
            .args(["/usr/sbin/asterisk", "-f", "-C", &self.main_config()]);
        Process::spawn(command, &self.path().join("log/console"))
    }
}

/// A sparse WAV file: the header, then nothing.
fn write_silence(path: &Path) -> Result<()> {
    let mut header = Vec::with_capacity(44);
    header.extend(b"RIFF");
    header.extend((36 + SILENCE_BYTES).to_le_bytes());
    header.extend(b"WAVEfmt ");
    header.extend(16u32.to_le_bytes());
    for half in [1u16, 1] {
        header.extend(half.to_le_bytes());
    }
    header.extend(8000u32.to_le_bytes());
    header.extend(16_000u32.to_le_bytes());
    for half in [2u16, 16] {
        header.extend(half.to_le_bytes());
    }
    header.extend(b"data");
    header.extend(SILENCE_BYTES.to_le_bytes());
    fs::write(path, &header)?;
    let file = File::options().write(true).open(path)?;
    file.set_len(u64::from(SILENCE_BYTES) + header.len() as u64)?;
    Ok(())
}
