//! Which of two channels is older: a call is named after its oldest, from events and from lists alike.

/// Order of birth, read out of the Uniqueid: `[system-]seconds.counter`. Ids of another form sort after the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Age {
    seconds: u64,
    counter: u64,
    /// Where the seconds begin in the id: behind a system's name, or behind whatever an Originate made up.
    head: usize,
}

impl Age {
    pub(crate) fn of(uniqueid: &str) -> Self {
        let (head, seconds, counter) = parse(uniqueid).unwrap_or((usize::MAX, u64::MAX, u64::MAX));
        Self {
            seconds,
            counter,
            head,
        }
    }

    /// The same PBX made up both ids, so that their order means something.
    pub(crate) fn compares_with(&self, other: &Self) -> bool {
        self.head == other.head && self.head != usize::MAX
    }
}

fn parse(uniqueid: &str) -> Option<(usize, u64, u64)> {
    let (head, counter) = uniqueid.rsplit_once('.')?;
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some((digits, head[digits..].parse().ok()?, counter.parse().ok()?))
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

    #[test]
    fn ids_made_up_by_an_originate_do_not_compare_with_those_of_the_pbx() {
        let compare = |a, b| Age::of(a).compares_with(&Age::of(b));
        assert!(compare("10.1", "11.2") && compare("pbx-10.1", "pbx-11.2"));
        assert!(!compare("10.1", "cordboard-11.2") && !compare("x", "y"));
    }
}
