//! Which moment `@now-2h` is, and how it is written. All times are UTC.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}

/// Reads `@now`, `@now-90m`, `@date-3d` (a date) or `@day-1d 14:30` (a time of that day), as of `now`.
///
/// A `.` after the word, as in `@now.-5m`, writes it as `2025-05-22 20:59:07.014093` instead.
pub(crate) fn read(text: &str, now: i64) -> Result<String, String> {
    let fail =
        || format!("`{text}` is not a time such as `@now-90m`, `@date-3d` or `@day-1d 14:30`");
    let rest = text.strip_prefix('@').ok_or_else(fail)?;
    if let Some(rest) = rest.strip_prefix("now") {
        let (plain, rest) = rest
            .strip_prefix('.')
            .map_or((false, rest), |rest| (true, rest));
        let at = now + offset(rest).ok_or_else(fail)?;
        return Ok(if plain { spaced(at) } else { zulu(at) });
    }
    if let Some(rest) = rest.strip_prefix("date") {
        return Ok(date(now + offset(rest).ok_or_else(fail)?));
    }
    let rest = rest.strip_prefix("day").ok_or_else(fail)?;
    let (plain, rest) = rest
        .strip_prefix('.')
        .map_or((false, rest), |rest| (true, rest));
    let (days, time) = rest.split_once(' ').ok_or_else(fail)?;
    let (hours, minutes) = time.split_once(':').ok_or_else(fail)?;
    let (Ok(hours), Ok(minutes)) = (hours.parse::<i64>(), minutes.parse::<i64>()) else {
        return Err(fail());
    };
    let day = now + offset(days).ok_or_else(fail)?;
    let at = day - day.rem_euclid(DAY) + hours * 3600 + minutes * 60;
    Ok(if plain { spaced(at) } else { zulu(at) })
}

/// `-90m`, `+2h`, `-3d`, or nothing.
fn offset(text: &str) -> Option<i64> {
    if text.is_empty() { Some(0) } else { span(text) }
}

/// A number of seconds such as `90m`, `2h` or `3d`.
pub(crate) fn span(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let amount: i64 = text.strip_suffix(unit)?.parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => DAY,
        _ => return None,
    };
    amount.checked_mul(seconds)
}

/// `2025-05-22T20:59:07Z`
pub(crate) fn zulu(at: i64) -> String {
    format!("{}T{}Z", date(at), time(at))
}

/// `2025-05-22 20:59:07.014093`: no zone, and a fraction that follows from the second.
pub(crate) fn spaced(at: i64) -> String {
    format!(
        "{} {}.{:06}",
        date(at),
        time(at),
        at.wrapping_mul(7919).rem_euclid(1_000_000)
    )
}

/// `2025-05-22`
pub(crate) fn date(at: i64) -> String {
    // Days since 1970 to the civil calendar, counting years from March: https://howardhinnant.github.io/date_algorithms.html
    let days = at.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Reads `2016-08-20T18:04:26Z` or `2016-08-20`, and nothing else.
pub(crate) fn utc(text: &str) -> Option<i64> {
    match text.len() {
        10 => day(text),
        20 if text.ends_with('Z') => parse(text),
        _ => None,
    }
}

/// Reads a time in any of the forms in which records hold one; a fraction of a second is dropped.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let day = day(text.get(..10)?)?;
    let Some(rest) = text.get(10..).filter(|rest| !rest.is_empty()) else {
        return Some(day);
    };
    let clock = rest.strip_prefix(['T', ' '])?;
    let mut parts = clock
        .get(..8)?
        .split(':')
        .map(|part| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    if hours > 23
        || minutes > 59
        || seconds > 60
        || [hours, minutes, seconds].iter().any(|part| *part < 0)
    {
        return None;
    }
    let zone = clock
        .get(8..)?
        .trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    let shift = match zone {
        "" | "Z" | "z" => 0,
        zone => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let shift = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
            if zone.starts_with('-') { -shift } else { shift }
        }
    };
    Some(day + hours * 3600 + minutes * 60 + seconds - shift)
}

/// The first second of a day written `2016-08-20`.
fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (shifted_year, shifted_month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let at = (era * 146_097 + day_of_era - 719_468) * DAY;
    // A day that the calendar does not have comes back as another.
    (date(at) == text).then_some(at)
}

fn time(at: i64) -> String {
    let seconds = at.rem_euclid(DAY);
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        let now = 1_709_212_447; // 2024-02-29T13:14:07Z
        let cases = [
            ("@now", "2024-02-29T13:14:07Z"),
            ("@now-90m", "2024-02-29T11:44:07Z"),
            ("@now+1d", "2024-03-01T13:14:07Z"),
            ("@date-60d", "2023-12-31"),
            ("@day-1d 14:30", "2024-02-28T14:30:00Z"),
            ("@now.-7s", "2024-02-29 13:14:00.312360"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, now).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(parse("2024-02-29T15:14:07.5+02:00"), Some(now));
        assert_eq!(parse("2024-02-29 13:14:07.312360"), Some(now));
        assert_eq!(utc("2024-02-29"), Some(1_709_164_800));
        for text in [
            "2024-02-30",
            "2024-02-29T13:14:07",
            "2024-02-29T13:14:07.5Z",
            "today",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
        for text in ["@never", "@now-2y", "@day-1d", "@now-x"] {
            assert!(read(text, now).is_err(), "{text}");
        }
    }
}
