//! `orderBy` and `fields`: in which order records come, and what of them.

use std::cmp::Ordering;

use super::Names;
use crate::exchange::{Kind, Refusal};
use crate::order::by_value;
use crate::path::{self, Record};

/// The order of a list: paths, each with whether it is downwards.
pub(crate) struct Order(Vec<(String, bool)>);

/// Reads `contact/name asc, id desc`.
pub(crate) fn order(text: &str, names: &Names<'_>) -> Result<Order, Refusal> {
    let keys = text.split(',').map(|key| {
        let mut words = key.split_whitespace();
        let name = words.next().unwrap_or_default();
        let downwards = match words.next().map(str::to_ascii_lowercase).as_deref() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(other) => {
                let message = format!("orderBy: `{other}` is neither asc nor desc.");
                return Err(Refusal::of(Kind::Condition, "orderBy", message));
            }
        };
        Ok((names.path(name)?, downwards))
    });
    keys.collect::<Result<Vec<_>, Refusal>>().map(Order)
}

impl Order {
    /// Compares two records.
    pub(crate) fn compare(&self, left: &Record, right: &Record) -> Ordering {
        let orders = self.0.iter().map(|(path, downwards)| {
            let order = by_value(path::read(left, path), path::read(right, path));
            if *downwards { order.reverse() } else { order }
        });
        orders
            .into_iter()
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// Reads `id,name,status/id`, and answers what keeps only that of a record.
pub(crate) fn partial(
    text: &str,
    names: &Names<'_>,
) -> Result<impl Fn(&Record) -> Record + use<>, Refusal> {
    let paths = text
        .split(',')
        .map(|name| names.path(name.trim()))
        .collect::<Result<Vec<_>, Refusal>>()?;
    Ok(move |record: &Record| {
        let mut part = Record::new();
        paths
            .iter()
            .for_each(|path| path::copy(record, path, &mut part));
        part
    })
}
