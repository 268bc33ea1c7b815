//! What a vendor's headers say about its rate limit, in seconds, whatever form the vendor chose.

use std::time::SystemTime;

use reqwest::header::HeaderMap;
use serde_json::{Map, Value};

use crate::table::RateLimit;

/// Above this, a `reset` is a moment (Unix time) and not a number of seconds to wait.
const MOMENT: u64 = 1_000_000_000;
/// Above this, a moment is in milliseconds.
const MILLISECONDS: u64 = 1_000_000_000_000;

/// What a vendor said about its rate limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rate {
    /// Requests allowed in the window.
    pub(crate) limit: Option<u64>,
    /// Requests left in the window.
    pub(crate) remaining: Option<u64>,
    /// Seconds until the window resets.
    pub(crate) reset: Option<u64>,
    /// Seconds to wait.
    pub(crate) retry_after: Option<u64>,
}

impl Rate {
    /// Reads the headers that the vendor's names point at.
    pub(crate) fn read(names: &RateLimit, headers: &HeaderMap, now: SystemTime) -> Self {
        let text = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| headers.get(*name)?.to_str().ok())
                .map(str::trim)
        };
        Self {
            limit: text(names.limit).and_then(number),
            remaining: text(names.remaining).and_then(number),
            reset: text(names.reset).and_then(|text| seconds(text, now)),
            retry_after: text(names.retry_after).and_then(|text| seconds(text, now)),
        }
    }

    /// What is known, as a tool result shows it; `None` if nothing is.
    pub(crate) fn json(self) -> Option<Value> {
        let known = [
            ("limit", self.limit),
            ("remaining", self.remaining),
            ("reset", self.reset),
            ("retry_after", self.retry_after),
        ];
        let object: Map<String, Value> = known
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?.into())))
            .collect();
        (!object.is_empty()).then_some(Value::Object(object))
    }
}

/// The number at the start: `100`, and `100, 100;w=60` of the IETF draft.
fn number(text: &str) -> Option<u64> {
    text.split([',', ';']).next()?.trim().parse().ok()
}

/// Seconds from now: a number of seconds (rounded up), a moment in Unix time, or an HTTP date.
fn seconds(text: &str, now: SystemTime) -> Option<u64> {
    let unix = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    if let Ok(date) = httpdate::parse_http_date(text) {
        return Some(date.duration_since(now).map_or(0, |wait| {
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        }));
    }
    let value = text
        .split([',', ';'])
        .next()?
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|value| *value >= 0.0)?
        .ceil() as u64;
    Some(match value {
        MILLISECONDS.. => (value / 1000).saturating_sub(unix),
        MOMENT.. => value.saturating_sub(unix),
        wait => wait,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NAMES: RateLimit = RateLimit {
        limit: &["x-limit"],
        remaining: &["x-left", "x-remaining"],
        reset: &["x-reset"],
        retry_after: &["retry-after"],
    };

    fn read(headers: &[(&'static str, &str)]) -> Rate {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
            .collect::<Vec<(reqwest::header::HeaderName, reqwest::header::HeaderValue)>>();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        Rate::read(&NAMES, &headers.into_iter().collect(), now)
    }

    #[test]
    fn seconds_moments_and_dates_become_seconds() {
        assert_eq!(read(&[("retry-after", "12")]).retry_after, Some(12));
        assert_eq!(read(&[("retry-after", "0.2")]).retry_after, Some(1));
        assert_eq!(
            read(&[("retry-after", "Fri, 15 Jan 2027 08:00:30 GMT")]).retry_after,
            Some(30)
        );
        assert_eq!(
            read(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]).retry_after,
            Some(0)
        );
        assert_eq!(read(&[("x-reset", "1800000045")]).reset, Some(45));
        assert_eq!(read(&[("x-reset", "1800000045000")]).reset, Some(45));
        assert_eq!(read(&[("x-reset", "soon")]).reset, None);
    }

    #[test]
    fn the_first_header_that_is_there_counts() {
        let rate = read(&[("x-limit", "100;w=60"), ("x-remaining", "0")]);
        assert_eq!((rate.limit, rate.remaining), (Some(100), Some(0)));
        assert_eq!(
            rate.json(),
            Some(serde_json::json!({"limit": 100, "remaining": 0}))
        );
        assert_eq!(read(&[]).json(), None);
    }
}
