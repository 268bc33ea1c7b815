//! Joins programs for several processors of macOS into one, since a bundle does not tell processors apart.
//!
//! The format is a table of the programs, and then each of them as it is; so no machine with macOS is needed to join them.

use anyhow::{Context, ensure};

/// How a file of several programs begins.
const MANY: u32 = 0xcafe_babe;
/// How a program of 64 bits begins, little-endian.
const ONE: [u8; 4] = 0xfeed_facf_u32.to_le_bytes();
/// Each program begins at a multiple of this power of two: the pages of Apple's processors.
const ALIGN: u32 = 14;
/// Bytes of the table's head, and of each of its rows.
const HEAD: usize = 8;
const ROW: usize = 20;

/// One file out of several programs, in the order of their processors.
///
/// # Errors
/// If one is no program of macOS, or two are for one processor.
pub(crate) fn universal(programs: &[&[u8]]) -> anyhow::Result<Vec<u8>> {
    let mut slices = programs
        .iter()
        .map(|it| Ok((processor(it)?, *it)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    slices.sort();
    let is_twice = slices.windows(2).any(|it| it[0].0 == it[1].0);
    ensure!(
        !is_twice,
        "two programs of macOS are for the same processor"
    );
    let mut file = Vec::new();
    file.extend(MANY.to_be_bytes());
    file.extend(u32::try_from(slices.len())?.to_be_bytes());
    let mut start = aligned(HEAD + ROW * slices.len());
    for ([kind, variant], bytes) in &slices {
        let row = [
            *kind,
            *variant,
            u32::try_from(start)?,
            u32::try_from(bytes.len())?,
            ALIGN,
        ];
        file.extend(row.iter().flat_map(|it| it.to_be_bytes()));
        start = aligned(start + bytes.len());
    }
    for (_, bytes) in slices {
        file.resize(aligned(file.len()), 0);
        file.extend(bytes);
    }
    Ok(file)
}

/// Kind and variant of the processor that a program is for.
fn processor(program: &[u8]) -> anyhow::Result<[u32; 2]> {
    let word = |at: usize| program.get(at..at + 4)?.try_into().ok();
    ensure!(
        word(0) == Some(ONE),
        "it is no program of macOS of 64 bits: it does not begin as one"
    );
    let numbers = word(4).zip(word(8)).context("it ends too soon")?;
    Ok([u32::from_le_bytes(numbers.0), u32::from_le_bytes(numbers.1)])
}

fn aligned(at: usize) -> usize {
    at.next_multiple_of(1 << ALIGN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(kind: u32, size: usize) -> Vec<u8> {
        let mut bytes = ONE.to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend(3_u32.to_le_bytes());
        bytes.resize(size, 7);
        bytes
    }

    #[test]
    fn each_program_is_found_where_the_table_says() {
        let (arm, intel) = (program(0x0100_000c, 20_000), program(0x0100_0007, 40));
        let file = universal(&[&arm, &intel]).unwrap();
        assert_eq!(file, universal(&[&intel, &arm]).unwrap());
        let word = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
        assert_eq!((word(0), word(4)), (0xcafe_babe, 2));
        for (row, expected) in [(8, &intel), (28, &arm)] {
            let kind = u32::from_le_bytes(expected[4..8].try_into().unwrap());
            assert_eq!((word(row), word(row + 4), word(row + 16)), (kind, 3, 14));
            let (start, size) = (word(row + 8) as usize, word(row + 12) as usize);
            assert_eq!(start % 16_384, 0);
            assert_eq!(&file[start..start + size], expected.as_slice());
        }
    }

    #[test]
    fn what_cannot_be_joined_is_refused() {
        let arm = program(0x0100_000c, 40);
        let told = |programs: &[&[u8]]| universal(programs).unwrap_err().to_string();
        assert!(told(&[&arm, &arm]).contains("same processor"));
        assert!(told(&[b"\x7fELF\x02\x01\x01"]).contains("no program of macOS"));
        assert!(told(&[&arm[..6]]).contains("ends too soon"));
    }
}
