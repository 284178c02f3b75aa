//! What people type, as a number that can be dialled.

/// Whether [`dialable`] makes a number of it. Nearly all are plain digits, which it leaves as they are.
pub(crate) fn is_dialable(typed: &str) -> bool {
    let plain = (1..=64).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    plain || dialable(typed).is_some()
}

/// What people write between digits goes; what a dialplan could misread (`&`, `,`, `$`, `/`, `@`, line ends) makes it no number.
pub(crate) fn dialable(typed: &str) -> Option<String> {
    let number: String = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '(' | ')'))
        .collect();
    let digits_first = number.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    let number: String = if digits_first {
        number
            .chars()
            .filter(|c| !matches!(c, '-' | '.' | '/'))
            .collect()
    } else {
        number
    };
    let legal =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '#' | '+' | '.' | '_' | '-');
    let fits =
        (1..=64).contains(&number.len()) && number.chars().all(legal) && !number.starts_with('_');
    fits.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{dialable, is_dialable};

    #[test]
    fn what_people_type_becomes_a_number() {
        assert_eq!(
            dialable("+49 (30) 123-45/6").as_deref(),
            Some("+4930123456")
        );
        assert_eq!(dialable("*102").as_deref(), Some("*102"));
        assert_eq!(dialable("anna-desk").as_deref(), Some("anna-desk"));
        for good in ["1", "+49 (30) 1", "*102", &"1".repeat(64)] {
            assert!(is_dialable(good), "{good:?}");
        }
    }

    #[test]
    fn what_a_dialplan_could_misread_is_no_number() {
        for bad in [
            "",
            " ",
            "102\r\nAction: Originate",
            "102&103",
            "102,1",
            "${EXTEN}",
            "102@x",
            "_X.",
            "a/b",
            &"1".repeat(65),
        ] {
            assert_eq!(dialable(bad), None, "{bad:?}");
            assert!(!is_dialable(bad), "{bad:?}");
        }
    }
}
