//! The program of a vendor, end to end: as a process, against a listener that plays the vendor's API.

// Named as test code, in which a panic is how things fail, although cargo compiles it for nothing else.
#[cfg(test)]
mod acme;
#[cfg(test)]
mod api;
#[cfg(test)]
mod client;

#[cfg(test)]
mod calls;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod composites;
#[cfg(test)]
mod discovery;
#[cfg(test)]
mod guarded;
#[cfg(test)]
mod http;
#[cfg(test)]
mod manners;
#[cfg(test)]
mod stdio;
