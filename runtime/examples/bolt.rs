//! A vendor's program over the hand-made vendor whose API is guarded in many ways, with its sandbox; or, where a test says so, with a
//! listener of the test in its place.

#[path = "../tests/program/bolt.rs"]
mod bolt;

/// What the sandbox is made from.
const SANDBOX: &str = include_str!("../tests/program/bolt.sandbox.json");

fn main() -> std::process::ExitCode {
    runtime::main(
        &bolt::VENDOR,
        Some(|order| {
            if let Ok(base_url) = std::env::var("BOLT_SANDBOX") {
                return Ok(listener(base_url));
            }
            let order = sandbox::Order {
                seed: order.seed,
                switches: order.switches,
                tls: order.tls,
            };
            let running = sandbox::start(SANDBOX, &order)?;
            Ok(runtime::SandboxAt {
                base_url: running.base_url,
                credentials: running.credentials,
                certificate: running.certificate,
            })
        }),
    )
}

fn listener(base_url: String) -> runtime::SandboxAt {
    let names = ["api_key", "session", "client_id", "client_secret"];
    let made_up = |name: &str| (name.to_owned(), format!("made-up-{name}"));
    runtime::SandboxAt {
        base_url,
        credentials: names.map(made_up).to_vec(),
        certificate: None,
    }
}
