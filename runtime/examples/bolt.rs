//! A vendor's program over the hand-made vendor whose API is guarded in many ways. The tests play its sandbox.

#[path = "../tests/program/bolt.rs"]
mod bolt;

fn main() -> std::process::ExitCode {
    runtime::main(
        &bolt::VENDOR,
        Some(|_| {
            let made_up = |name: &str| (name.to_owned(), format!("made-up-{name}"));
            Ok(runtime::SandboxAt {
                base_url: std::env::var("BOLT_SANDBOX").map_err(|it| it.to_string())?,
                credentials: ["api_key", "session", "client_id", "client_secret"]
                    .map(made_up)
                    .to_vec(),
                certificate: None,
            })
        }),
    )
}
