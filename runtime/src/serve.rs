//! The `serve` command: which transport, who may connect, and when it ends.

use std::{
    io::{self, IsTerminal as _},
    sync::Arc,
};

use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;

use crate::{
    cli::{self, Serve},
    credentials::Secret,
    handler::Handler,
    http::{Doors, Endpoint},
    output::note,
    program::Trouble,
    server::Server,
    setup::{self, Environment},
    stdio,
};

/// Serves until the client goes, or until the process is told to stop.
///
/// # Errors
/// Settings that would open a door by accident, or a transport that broke.
pub(crate) fn serve(
    mut server: Server,
    how: &Serve,
    environment: Environment,
) -> Result<(), Trouble> {
    server.allow_caller_key = how.allow_caller_key;
    server.confirm = how.confirm;
    let runtime = match how.http {
        // Many clients, so every core; one client on a pipe is served fastest without hand-overs.
        Some(_) => Builder::new_multi_thread().enable_all().build(),
        None => Builder::new_current_thread().enable_all().build(),
    };
    let runtime = runtime.map_err(|error| Trouble::Failed(format!("cannot start: {error}")))?;
    let result = runtime.block_on(async {
        let stop = CancellationToken::new();
        stop_on_signal(stop.clone())
            .map_err(|error| Trouble::Failed(format!("cannot hear signals: {error}")))?;
        match how.http {
            Some(address) => {
                let doors = doors(&server, how, environment)?;
                let endpoint = Endpoint::bind(address).await.map_err(Trouble::Failed)?;
                note(format!("listening on http://{}/mcp", endpoint.address));
                if how.sse {
                    note(format!("and for older clients on http://{}/sse", endpoint.address));
                }
                endpoint
                    .serve(Handler::new(Arc::new(server)), doors, stop)
                    .await
                    .map_err(Trouble::Failed)
            }
            None => {
                if std::io::stdin().is_terminal() {
                    note("speaking MCP on stdin and stdout, as a client that starts this program does; Ctrl-D ends it");
                }
                stdio::serve(Handler::new(Arc::new(server)), stop)
                .await
                .map_err(Trouble::Failed)
            }
        }
    });
    // A read of stdin that never comes back must not keep the process alive.
    runtime.shutdown_background();
    result
}

fn doors(server: &Server, how: &Serve, environment: Environment) -> Result<Doors, Trouble> {
    let vendor = server.vendor();
    let variable = cli::variable(vendor, "HTTP_TOKEN");
    let token = setup::secret(environment, &variable).map_err(Trouble::Usage)?;
    let token = token.as_deref().and_then(Secret::new);
    if how.allow_caller_key && vendor.caller_key.is_none() {
        return Err(Trouble::Usage(
            "--allow-caller-key: this vendor's credentials cannot be brought by a caller".into(),
        ));
    }
    let public = how.http.is_some_and(|address| !address.ip().is_loopback());
    if public && !how.listen_publicly {
        return Err(Trouble::Usage(
            "other machines reach that address; insist with --listen-publicly".into(),
        ));
    }
    let own_key = vendor
        .caller_key
        .as_ref()
        .is_some_and(|key| server.credentials.source(key.credential).is_none());
    if public && token.is_none() && !(how.allow_caller_key && own_key) {
        return Err(Trouble::Usage(format!(
            "whoever reaches that address would use the operator's credentials; set {variable}, or serve callers' own \
             keys only, with --allow-caller-key and no key of the operator's"
        )));
    }
    Ok(Doors {
        hosts: how.allow_host.clone(),
        origins: how.allow_origin.clone(),
        token,
        sse: how.sse,
    })
}

/// Cancels `stop` at the first signal to end. The signals are heard from now on: a client that knows where the server
/// listens may send one.
#[cfg(unix)]
fn stop_on_signal(stop: CancellationToken) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}

/// Cancels `stop` at the first signal to end.
#[cfg(not(unix))]
fn stop_on_signal(stop: CancellationToken) -> io::Result<()> {
    tokio::spawn(async move {
        drop(tokio::signal::ctrl_c().await);
        stop.cancel();
    });
    Ok(())
}
