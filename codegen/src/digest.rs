//! The digest that ties `generated/<vendor>` to `specs/<vendor>`; build.rs computes the same one with std alone.

/// FNV-1a, 128 bits (draft-eastlake-fnv), over each file's name and text in order of names.
///
/// Carriage returns are left out, so that a checkout with other line ends has the same digest.
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_unstable();
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for (name, text) in files {
        let bytes = name
            .bytes()
            .chain([0])
            .chain(text.bytes().filter(|it| *it != b'\r'))
            .chain([0]);
        for byte in bytes {
            hash =
                (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn is_blind_to_order_and_line_ends() {
        let unix = digest([("a", "1\n2"), ("b", "3")]);
        assert_eq!(unix, digest([("b", "3"), ("a", "1\r\n2")]));
        assert_ne!(unix, digest([("a", "1\n23"), ("b", "")]));
    }
}
