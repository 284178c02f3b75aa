//! Where this program keeps its journal: apart from the window's, since both may run at once.

use std::path::{Path, PathBuf};

/// The folder, by what the environment says; `read` reads a variable. None: nothing is kept.
pub(crate) fn folder(read: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = PathBuf::from(read(name)?);
        path.is_absolute().then_some(path)
    };
    let below = |home: &Path| home.join(".local").join("share");
    let data = absolute("XDG_DATA_HOME").or_else(|| absolute("LOCALAPPDATA"));
    let data = data.or_else(|| Some(below(&absolute("HOME")?)));
    Some(data?.join("cordboardctl"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_journal_lies_where_data_of_programs_lies() {
        let read = |known: &'static [(&str, &str)]| {
            let value = |name: &str| known.iter().find(|(known, _)| *known == name);
            folder(move |name| value(name).map(|(_, value)| (*value).to_owned()))
        };
        let at_home = Some(PathBuf::from("/h/.local/share/cordboardctl"));
        assert_eq!(read(&[("HOME", "/h")]), at_home);
        assert_eq!(
            read(&[("HOME", "/h"), ("XDG_DATA_HOME", "relative")]),
            at_home
        );
        let elsewhere = Some(PathBuf::from("/d/cordboardctl"));
        assert_eq!(read(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]), elsewhere);
        assert_eq!(read(&[]), None);
    }
}
