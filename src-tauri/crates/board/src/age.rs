//! Which of two channels is older: a call is named after its oldest, from events and from lists alike.

/// Order of birth, read out of the Uniqueid: `[system-]seconds.counter`. Ids of another form sort after the others, by text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Age {
    seconds: u64,
    counter: u64,
    id: String,
}

impl Age {
    pub(crate) fn of(uniqueid: &str) -> Self {
        let (seconds, counter) = parse(uniqueid).unwrap_or((u64::MAX, u64::MAX));
        Self {
            seconds,
            counter,
            id: uniqueid.to_owned(),
        }
    }
}

fn parse(uniqueid: &str) -> Option<(u64, u64)> {
    let (head, counter) = uniqueid.rsplit_once('.')?;
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some((head[digits..].parse().ok()?, counter.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::Age;

    #[test]
    fn uniqueids_sort_by_time_then_counter_with_or_without_system_name() {
        let ids = ["9.99", "pbx-10.2", "10.10", "11.0", "strange"];
        assert!(
            ids.windows(2)
                .all(|pair| Age::of(pair[0]) < Age::of(pair[1]))
        );
    }
}
