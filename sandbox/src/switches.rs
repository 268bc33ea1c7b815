//! Which faults the sandbox shows on demand.

/// The switches, each with what it does.
pub(crate) const KNOWN: &[(&str, &str)] = &[
    (
        "rate_limit=N",
        "every request after the first N is answered 429",
    ),
    (
        "fail=STATUS",
        "every request is answered with this status and the vendor's error body",
    ),
    ("fail_once=STATUS", "so is the first one, then all is well"),
    ("html", "every request is answered 200 with an HTML page"),
];

/// The switches that are set.
#[derive(Default)]
pub(crate) struct Switches {
    /// How many requests are answered before the limit is reached.
    pub(crate) rate_limit: Option<usize>,
    pub(crate) fail: Option<u16>,
    pub(crate) fail_once: Option<u16>,
    pub(crate) html: bool,
}

impl Switches {
    /// Reads switches of the form `NAME` or `NAME=VALUE`.
    pub(crate) fn read(switches: &[String]) -> Result<Self, String> {
        let mut read = Self::default();
        for switch in switches {
            let (name, value) = switch.split_once('=').unwrap_or((switch, ""));
            match name {
                "rate_limit" => read.rate_limit = Some(number(switch, value)?),
                "fail" => read.fail = Some(status(switch, value)?),
                "fail_once" => read.fail_once = Some(status(switch, value)?),
                "html" if value.is_empty() => read.html = true,
                _ => return Err(unknown(switch)),
            }
        }
        Ok(read)
    }
}

fn number(switch: &str, value: &str) -> Result<usize, String> {
    value
        .parse()
        .map_err(|_| format!("`{switch}`: a number of requests must follow, as in `rate_limit=5`"))
}

fn status(switch: &str, value: &str) -> Result<u16, String> {
    let status = value
        .parse()
        .ok()
        .filter(|status| (400..600).contains(status));
    status.ok_or_else(|| {
        format!("`{switch}`: a status from 400 to 599 must follow, as in `fail=503`")
    })
}

fn unknown(switch: &str) -> String {
    let known: Vec<String> = KNOWN
        .iter()
        .map(|(form, effect)| format!("`{form}` ({effect})"))
        .collect();
    format!(
        "the sandbox has no switch `{switch}`; it has {}",
        known.join(", ")
    )
}
