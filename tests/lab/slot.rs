//! A place for one PBX: a number, the ports that belong to it, and the lock which
//! keeps every other process of this machine out of it.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The slot of `cordboard-lab up`; tests never take it.
pub const FIXED: u16 = 0;

const LAST: u16 = 24;
const FIRST_PORT: u16 = 12_000;
const PORTS_PER_SLOT: u16 = 800;
/// Outside calls one PBX can have at a time.
pub(crate) const LINES: u16 = 40;
const PATIENCE: Duration = Duration::from_secs(300);

/// One place for a PBX, ours until dropped.
#[derive(Debug)]
pub(crate) struct Slot {
    number: u16,
    _lock: File,
}

impl Slot {
    /// Any free slot; waits when all are taken.
    pub(crate) fn any(cache: &Path) -> Result<Self> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            for number in (FIXED + 1)..=LAST {
                if let Some(slot) = Self::attempt(cache, number)? {
                    return Ok(slot);
                }
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("all {LAST} slots of the lab are taken")
    }

    /// The slot with the documented ports.
    pub(crate) fn fixed(cache: &Path) -> Result<Self> {
        Self::attempt(cache, FIXED)?.context("the lab's fixed ports are taken: is it up already?")
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }

    pub(crate) fn ports(&self) -> Ports {
        Ports::of(self.number)
    }

    fn attempt(cache: &Path, number: u16) -> Result<Option<Self>> {
        let dir = cache.join("slots");
        fs::create_dir_all(&dir)?;
        let lock = File::create(dir.join(format!("{number}.lock")))?;
        // A lab with another cache folder locks elsewhere, but its PBX shows.
        let is_free = lock.try_lock().is_ok() && !is_taken(Ports::of(number).ami());
        Ok(is_free.then_some(Self {
            number,
            _lock: lock,
        }))
    }
}

fn is_taken(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_err()
}

/// The ports of one slot, all on 127.0.0.1 except the trunk's far end on 127.0.0.2.
/// All lie below the kernel's ephemeral range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    base: u16,
}

impl Ports {
    /// The block of a slot.
    #[must_use]
    pub const fn of(slot: u16) -> Self {
        Self {
            base: FIRST_PORT + slot * PORTS_PER_SLOT,
        }
    }

    /// AMI in the clear.
    #[must_use]
    pub const fn ami(self) -> u16 {
        self.base + 38
    }

    /// AMI over TLS.
    #[must_use]
    pub const fn ami_tls(self) -> u16 {
        self.base + 39
    }

    /// Asterisk's web server.
    #[must_use]
    pub const fn http(self) -> u16 {
        self.base + 88
    }

    /// Asterisk's web server over TLS.
    #[must_use]
    pub const fn https(self) -> u16 {
        self.base + 89
    }

    /// Where Asterisk listens for SIP.
    #[must_use]
    pub const fn sip(self) -> u16 {
        self.base + 60
    }

    /// Where the old SIP driver of Asterisk 16 listens, when it is loaded.
    #[must_use]
    pub const fn chan_sip(self) -> u16 {
        self.base + 61
    }

    /// Where Asterisk listens for IAX2, when that is loaded.
    #[must_use]
    pub const fn iax(self) -> u16 {
        self.base + 62
    }

    /// Where the outside world listens for SIP, on 127.0.0.2.
    #[must_use]
    pub const fn trunk(self) -> u16 {
        self.base + 80
    }

    /// Control socket of `cordboard-lab up`.
    #[must_use]
    pub const fn control(self) -> u16 {
        self.base + 90
    }

    /// First and last RTP port of Asterisk.
    #[must_use]
    pub const fn rtp(self) -> (u16, u16) {
        (self.base + 200, self.base + 379)
    }

    /// SIP port of a phone, counted from 0. The next port is the phone's too (TLS).
    #[must_use]
    pub(crate) const fn phone_sip(self, index: u16) -> u16 {
        self.base + 130 + 2 * index
    }

    /// Control port of a phone, counted from 0.
    #[must_use]
    pub(crate) const fn phone_control(self, index: u16) -> u16 {
        self.base + 100 + index
    }

    /// First and last RTP port of a phone, counted from 0.
    #[must_use]
    pub(crate) const fn phone_rtp(self, index: u16) -> (u16, u16) {
        (self.base + 380 + 10 * index, self.base + 389 + 10 * index)
    }

    /// SIP, media and control port of an outside line, counted from 0, on 127.0.0.2.
    #[must_use]
    pub(crate) const fn line(self, index: u16) -> (u16, u16, u16) {
        let index = index % LINES;
        // Asterisk and the phones take RTP on every address: media stays clear of theirs.
        (
            self.base + 760 + index,
            self.base + 600 + 4 * index,
            self.base + 100 + index,
        )
    }
}
