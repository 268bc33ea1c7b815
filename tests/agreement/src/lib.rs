//! Tests that the schema of every tool and its reader agree.

/// Checks every tool of a vendor.
pub fn check(vendor: &runtime::Vendor) {
    assert!(!vendor.tools.is_empty());
}
