//! Starting anew in our own place with another environment: WebKit's processes inherit ours, and a running program cannot safely change it.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::Command;

const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
const HANDED_OVER: &str = "CORDBOARD_SECRET_ON_STDIN";
/// No AMI secret is as long, and a pipe takes as much without a reader.
const LONGEST: usize = 4096;

/// What must be otherwise in the environment.
#[derive(Debug, Default)]
pub(crate) struct Wishes<'a> {
    /// WebKit is to paint without the graphics card.
    pub(crate) software_rendering: bool,
    /// The variable that holds the AMI secret: the page's process must not inherit it.
    pub(crate) secret_variable: Option<&'a str>,
}

/// Comes back only if the environment is as it must be, or if this system cannot start us anew.
pub(crate) fn with_wishes(wishes: &Wishes<'_>) -> io::Result<()> {
    match again(wishes, |name| std::env::var_os(name))? {
        Some(mut again) => in_place(again.args(std::env::args_os().skip(1))),
        None => Ok(()),
    }
}

fn again(
    wishes: &Wishes<'_>,
    read: impl Fn(&str) -> Option<OsString>,
) -> io::Result<Option<Command>> {
    let mut again = Command::new(std::env::current_exe()?);
    let mut changed = false;
    if wishes.software_rendering && read(NO_DMABUF).is_none() {
        again.env(NO_DMABUF, "1");
        changed = true;
    }
    let value = wishes
        .secret_variable
        .and_then(|name| Some((name, read(name)?.into_string().ok()?)));
    if let Some((name, secret)) = value.filter(|(_, secret)| secret.len() <= LONGEST) {
        let (reader, mut writer) = io::pipe()?;
        writer.write_all(secret.as_bytes())?;
        again.env_remove(name).env(HANDED_OVER, "1").stdin(reader);
        changed = true;
    }
    Ok(changed.then_some(again))
}

/// An environment variable; after a restart the secret's comes from the pipe.
pub(crate) fn variable(name: &str) -> Option<String> {
    let value = std::env::var(name).ok();
    if value.is_some() || std::env::var_os(HANDED_OVER).is_none() {
        return value;
    }
    let mut handed_over = String::new();
    io::stdin().read_to_string(&mut handed_over).ok()?;
    Some(handed_over).filter(|secret| !secret.is_empty())
}

#[cfg(unix)]
fn in_place(again: &mut Command) -> io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(again.exec())
}

#[cfg(not(unix))]
fn in_place(_again: &mut Command) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(name: &str) -> Option<OsString> {
        (name == "AMI").then(|| OsString::from("s3cret"))
    }

    fn changes(wishes: &Wishes<'_>) -> Vec<(String, bool)> {
        let again = again(wishes, environment).expect("possible");
        let envs = again.iter().flat_map(Command::get_envs);
        envs.map(|(name, value)| (name.to_string_lossy().into_owned(), value.is_some()))
            .collect()
    }

    #[test]
    fn nothing_to_change_means_no_restart() {
        assert!(changes(&Wishes::default()).is_empty());
        assert!(
            changes(&Wishes {
                secret_variable: Some("UNSET"),
                ..Wishes::default()
            })
            .is_empty()
        );
    }

    #[test]
    fn the_secret_leaves_the_environment_before_webkit_starts() {
        let wishes = Wishes {
            secret_variable: Some("AMI"),
            ..Wishes::default()
        };
        assert_eq!(
            changes(&wishes),
            [("AMI".to_owned(), false), (HANDED_OVER.to_owned(), true)]
        );
    }

    #[test]
    fn software_rendering_is_asked_of_webkit_by_its_variable() {
        let wishes = Wishes {
            software_rendering: true,
            ..Wishes::default()
        };
        assert_eq!(changes(&wishes), [(NO_DMABUF.to_owned(), true)]);
    }
}
