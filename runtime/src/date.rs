//! Dates and times: RFC 3339 in, dates and UTC seconds out.

use std::fmt::{self, Display};

use serde_json::Value;
use time::{Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::{args::Args, input::Input};

/// A calendar date, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(time::Date);

impl Date {
    /// The date that a text names, if it does.
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
            return None;
        };
        let month = Month::try_from(u8::try_from(digits(&[m1, m2])?).ok()?).ok()?;
        let day = u8::try_from(digits(&[d1, d2])?).ok()?;
        let year = i32::try_from(digits(&[y1, y2, y3, y4])?).ok()?;
        time::Date::from_calendar_date(year, month, day)
            .ok()
            .map(Self)
    }
}

impl Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        write!(formatter, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

impl Input for Date {
    fn read(args: &mut Args) -> Self {
        let date = args.take("a date such as \"2026-01-31\"", |value| {
            value.as_str().and_then(Self::parse)
        });
        date.unwrap_or(Self(time::Date::MIN))
    }

    fn json(self) -> Value {
        self.to_string().into()
    }
}

/// A moment, shown as UTC seconds: `2026-01-31T00:00:00Z`.
///
/// Vendors refuse fractions of a second, so these are cut off; a leap second counts as the second before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(OffsetDateTime);

impl DateTime {
    /// What a message says is expected.
    pub(crate) const EXPECTED: &str =
        "a time with its offset such as \"2026-01-31T14:30:00Z\" or \"2026-01-31T14:30:00+01:00\"";

    /// The moment that an RFC 3339 text names, if it does; with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, clock) = text.split_once(['T', 't'])?;
        let [h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = *clock.as_bytes() else {
            return None;
        };
        let (hour, minute, second) = (digits(&[h1, h2])?, digits(&[m1, m2])?, digits(&[s1, s2])?);
        let time = Time::from_hms(
            u8::try_from(hour).ok()?,
            u8::try_from(minute).ok()?,
            u8::try_from(second.min(59)).ok()?,
        );
        let offset = offset(without_fraction(rest)?)?;
        let moment = PrimitiveDateTime::new(Date::parse(date)?.0, time.ok()?).assume_offset(offset);
        let moment = moment.checked_to_offset(UtcOffset::UTC)?;
        let is_possible = match second {
            ..60 => true,
            60 => (moment.hour(), moment.minute()) == (23, 59),
            _ => false,
        };
        (is_possible && (0..=9999).contains(&moment.year())).then_some(Self(moment))
    }
}

impl Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = self.0.to_hms();
        write!(
            formatter,
            "{}T{hour:02}:{minute:02}:{second:02}Z",
            Date(self.0.date())
        )
    }
}

impl Input for DateTime {
    fn read(args: &mut Args) -> Self {
        let moment = args.take(Self::EXPECTED, |value| value.as_str().and_then(Self::parse));
        moment.unwrap_or(Self(OffsetDateTime::UNIX_EPOCH))
    }

    fn json(self) -> Value {
        self.to_string().into()
    }
}

fn without_fraction(text: &[u8]) -> Option<&[u8]> {
    let Some(fraction) = text.strip_prefix(b".") else {
        return Some(text);
    };
    let length = fraction.iter().take_while(|it| it.is_ascii_digit()).count();
    if length == 0 {
        None
    } else {
        Some(&fraction[length..])
    }
}

fn offset(text: &[u8]) -> Option<UtcOffset> {
    let (sign, h1, h2, m1, m2) = match *text {
        [b'Z' | b'z'] => return Some(UtcOffset::UTC),
        [b'+', h1, h2, b':', m1, m2] => (1, h1, h2, m1, m2),
        [b'-', h1, h2, b':', m1, m2] => (-1, h1, h2, m1, m2),
        _ => return None,
    };
    let (hours, minutes) = (digits(&[h1, h2])?, digits(&[m1, m2])?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    UtcOffset::from_whole_seconds(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?).ok()
}

/// The number that ASCII digits spell.
fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, digit| {
        Some(number * 10 + char::from(*digit).to_digit(10)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for text in ["2026-01-31", "2024-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(
                Date::parse(text).map(|date| date.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in [
            "",
            "2026-02-29",
            "2026-1-31",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "26-01-31",
            "+026-01-31",
            "2026-01-31Z",
            "2026-01-3१",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn moments_become_utc_seconds() {
        for (text, utc) in [
            ("2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z"),
            ("2026-01-31t00:00:00z", "2026-01-31T00:00:00Z"),
            ("2026-01-31T00:30:00+01:00", "2026-01-30T23:30:00Z"),
            ("2026-12-31T23:59:59.999-23:59", "2027-01-01T23:58:59Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("2016-12-31T15:59:60.5-08:00", "2016-12-31T23:59:59Z"),
        ] {
            assert_eq!(
                DateTime::parse(text)
                    .map(|moment| moment.to_string())
                    .as_deref(),
                Some(utc),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_moment() {
        for text in [
            "",
            "2026-01-31",
            "2026-01-31T00:00:00",
            "2026-01-31 00:00:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T00:60:00Z",
            "2026-01-31T00:00:61Z",
            "2026-01-31T12:00:60Z",
            "2026-01-31T00:00:00.Z",
            "2026-01-31T00:00:00+0100",
            "2026-01-31T00:00:00+24:00",
            "2026-01-31T00:00:00+01:60",
            "2026-01-31T00:00:00Z ",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
        ] {
            assert_eq!(DateTime::parse(text), None, "{text}");
        }
    }
}
