//! Input cut into pieces of any size: the last eight bytes say where, so that a recording is a seed as it stands.

/// A small generator of numbers (xorshift): the same input is always cut the same way.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// A number below `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(usize::MAX) % below.max(1)
    }
}

/// The dice for this input.
#[must_use]
pub fn dice(data: &[u8]) -> Dice {
    let last = data.iter().rev().take(8);
    let seed = last.fold(0u64, |seed, byte| (seed << 8) | u64::from(*byte));
    Dice(seed | 1)
}

/// The input in pieces: most are short, some as long as a packet.
pub fn pieces<'d>(data: &'d [u8], dice: &mut Dice) -> Vec<&'d [u8]> {
    let mut rest = data;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let longest = [2, 9, 80, 1448][dice.roll(4)];
        let (piece, after) = rest.split_at((1 + dice.roll(longest)).min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}
