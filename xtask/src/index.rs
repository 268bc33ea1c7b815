//! Decides when the page over all vendors can be written: once the specs of all of them are without a mistake.

use codegen::Generated;

use crate::specs;

/// Its path below `generated/`.
pub(crate) const PATH: &str = "README.md";

/// The page; none while the specs of a vendor that was not named have a mistake, which that vendor's own run tells.
pub(crate) fn index(known: &[String], named: &[(&String, Generated)]) -> Option<String> {
    let is_other = |it: &&String| !named.iter().any(|(vendor, _)| vendor == it);
    let others = known.iter().filter(is_other).map(|vendor| {
        let sources = specs::read(vendor).ok()?;
        Some((vendor, codegen::generate(&sources, None)))
    });
    let others: Vec<(&String, Generated)> = others.collect::<Option<_>>()?;
    let all = named.iter().chain(&others);
    let plans = all.map(|(vendor, it)| Some((vendor.as_str(), it.plan.as_ref()?)));
    let plans: Vec<_> = plans.collect::<Option<_>>()?;
    Some(codegen::index(&plans))
}
