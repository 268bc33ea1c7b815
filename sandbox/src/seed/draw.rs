//! What the seed decides: a small deterministic generator (SplitMix64), and pools from which names are drawn.

use std::collections::BTreeMap;

/// The source of everything that differs between seeds.
pub(crate) struct Draw {
    state: u64,
    /// Each pool in an order of its own, and how many were taken.
    pools: BTreeMap<String, (Vec<String>, usize)>,
}

impl Draw {
    pub(crate) fn new(seed: u64, pools: &BTreeMap<String, Vec<String>>) -> Self {
        let mut draw = Self {
            state: seed ^ 0x5EED_0F5A_4DB0_0C5E,
            pools: BTreeMap::new(),
        };
        for (name, entries) in pools {
            let entries = draw.shuffled(entries.clone());
            draw.pools.insert(name.clone(), (entries, 0));
        }
        draw
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high
            .saturating_sub(low)
            .max(0)
            .unsigned_abs()
            .saturating_add(1);
        low.saturating_add_unsigned(self.next() % span)
    }

    /// A position in something of this length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        let length = u64::try_from(length.max(1)).unwrap_or(1);
        usize::try_from(self.next() % length).unwrap_or(0)
    }

    /// So many hexadecimal digits.
    pub(crate) fn hex(&mut self, digits: usize) -> String {
        (0..digits)
            .map(|_| format!("{:x}", self.next() % 16))
            .collect()
    }

    /// So many decimal digits, the first not zero.
    pub(crate) fn digits(&mut self, digits: usize) -> String {
        (0..digits)
            .map(|place| self.between(i64::from(place == 0), 9).to_string())
            .collect()
    }

    /// A version 4 UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let variant = ["8", "9", "a", "b"][self.index(4)];
        let (a, b, c, d, e) = (
            self.hex(8),
            self.hex(4),
            self.hex(3),
            self.hex(3),
            self.hex(12),
        );
        format!("{a}-{b}-4{c}-{variant}{d}-{e}")
    }

    /// The next of a pool: no entry comes twice before all came once.
    pub(crate) fn pooled(&mut self, name: &str) -> Option<String> {
        let (entries, taken) = self.pools.get_mut(name)?;
        let entry = entries.get(*taken % entries.len().max(1))?.clone();
        *taken += 1;
        Some(entry)
    }

    fn shuffled(&mut self, mut entries: Vec<String>) -> Vec<String> {
        for last in (1..entries.len()).rev() {
            let other = self.index(last + 1);
            entries.swap(last, other);
        }
        entries
    }
}
