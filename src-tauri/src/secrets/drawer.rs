//! A keyring for tests: open, in memory, and empty at first.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use keyring::Error;

use super::Vault;

/// The entries by name.
#[derive(Default)]
pub(crate) struct Drawer {
    entries: Mutex<BTreeMap<String, String>>,
}

impl std::fmt::Debug for Drawer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Drawer")
    }
}

impl Drawer {
    /// What lies in it, by name.
    pub(crate) fn names(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Lays an entry into it.
    pub(crate) fn put(&self, name: &str, text: &str) {
        self.lock().insert(name.to_owned(), text.to_owned());
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for Drawer {
    fn get(&self, entry: &str) -> keyring::Result<String> {
        self.lock().get(entry).cloned().ok_or(Error::NoEntry)
    }

    fn set(&self, entry: &str, text: &str) -> keyring::Result<()> {
        self.put(entry, text);
        Ok(())
    }

    fn delete(&self, entry: &str) -> keyring::Result<()> {
        self.lock().remove(entry).map(|_| ()).ok_or(Error::NoEntry)
    }
}
