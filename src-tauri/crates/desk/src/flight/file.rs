//! An export as a file of its own, for its owner alone.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use board::{Millis, PbxId};

use crate::journal::{make_folder, new_private};

/// Writes an export below this folder, under a name with the PBX, the date and the time of day in UTC.
pub(crate) fn write(folder: &Path, pbx: &PbxId, at: Millis, text: &str) -> io::Result<PathBuf> {
    make_folder(folder)?;
    let stamp = stamp(at);
    for number in 1..100 {
        let more = match number {
            1 => String::new(),
            _ => format!("-{number}"),
        };
        let path = folder.join(format!("flight-{pbx}-{stamp}{more}.jsonl"));
        match new_private(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(ErrorKind::AlreadyExists))
}

/// `2026-11-26T20-07-31Z`: sorts as it was made, and every file system takes it.
fn stamp(at: Millis) -> String {
    let seconds = at / 1000;
    let (day, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(day);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}-{minute:02}-{second:02}Z")
}

/// Year, month and day of a day since 1 January 1970.
fn date(mut day: u64) -> (u64, u64, u64) {
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if day < length {
            break;
        }
        (day, year) = (day - length, year + 1);
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if day < length {
            break;
        }
        (day, month) = (day - length, month + 1);
    }
    (year, month, day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_the_calendar_has_it() {
        let table = [
            (0, "1970-01-01T00-00-00Z"),
            (951_782_400_000, "2000-02-29T00-00-00Z"),
            (1_735_689_599_999, "2024-12-31T23-59-59Z"),
            (1_795_723_651_000, "2026-11-26T20-07-31Z"),
            (4_107_542_400_000, "2100-03-01T00-00-00Z"),
        ];
        for (at, expected) in table {
            assert_eq!(stamp(at), expected);
        }
    }

    #[test]
    fn two_exports_in_one_second_are_two_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let pbx = PbxId::new("lab").expect("an id");
        let paths = [1, 2].map(|_| write(folder.path(), &pbx, 0, "text").expect("written"));
        assert_ne!(paths[0], paths[1]);
        for path in paths {
            assert_eq!(std::fs::read_to_string(&path).expect("a file"), "text");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = std::fs::metadata(&path)
                    .expect("a file")
                    .permissions()
                    .mode();
                assert_eq!(mode & 0o777, 0o600);
            }
        }
    }
}
