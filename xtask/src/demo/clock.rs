//! The time of day, as the tools take it: RFC 3339, in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds of an hour.
pub(super) const HOUR: u64 = 3600;

/// Seconds of a day.
pub(super) const DAY: u64 = 24 * HOUR;

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    // A clock before 1970 is as wrong as one at its start.
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| it.as_secs())
}

/// A moment such as `2026-01-31T14:30:00Z`.
pub(super) fn moment(seconds: u64) -> String {
    let (hour, minute, second) = (seconds / HOUR % 24, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", day(seconds))
}

/// The day of a moment, such as `2026-01-31`.
pub(super) fn day(seconds: u64) -> String {
    let mut rest = seconds / DAY;
    let mut year = 1970;
    while rest >= days_of_year(year) {
        rest -= days_of_year(year);
        year += 1;
    }
    let mut month = 1;
    while rest >= days_of_month(year, month) {
        rest -= days_of_month(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", rest + 1)
}

fn days_of_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(moment(seconds), text);
        }
    }
}
