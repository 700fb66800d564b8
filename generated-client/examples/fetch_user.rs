//! Fetches one user of a conversation service, and prints it.
//!
//! ```text
//! TWILIO_ACCOUNT_SID=AC… TWILIO_AUTH_TOKEN=… cargo run --example fetch_user -- IS… alice@example.com
//! ```

use generated_client::{
    Auth, Client, Error,
    models::{ErrorBody, ServiceUser},
};
use std::{env, error::Error as _, ffi::OsString, process::ExitCode};

const USAGE: &str = "\
usage: fetch_user SERVICE USER

  SERVICE  the SID of a conversation service: IS…
  USER     the SID of one of its users, US…, or the user's identity

environment:
  TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN   credentials: an account's
  TWILIO_API_KEY, TWILIO_API_KEY_SECRET   credentials: or an API key's
  TWILIO_SERVER                           another server, as http://127.0.0.1:4010";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Result<Vec<String>, _> =
        env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok([service, user]) = arguments.as_deref() else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let Some(auth) = credentials() else {
        eprintln!("error: the environment has no credentials\n\n{USAGE}");
        return ExitCode::FAILURE;
    };
    match fetch(auth, service, user).await {
        Ok(user) => {
            print(&user);
            ExitCode::SUCCESS
        }
        Err(error) => {
            explain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn fetch(auth: Auth, service: &str, user: &str) -> Result<ServiceUser, Error> {
    let mut client = Client::builder().auth(auth);
    if let Some(server) = variable("TWILIO_SERVER") {
        client = client.server(server);
    }
    client
        .build()?
        .fetch_service_user(service, user)
        .send()
        .await
}

/// Returns the credentials of an API key, or else of an account.
fn credentials() -> Option<Auth> {
    let pairs = [
        ("TWILIO_API_KEY", "TWILIO_API_KEY_SECRET"),
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ];
    pairs
        .into_iter()
        .find_map(|(user, password)| Some(Auth::basic(variable(user)?, variable(password)?)))
}

/// Returns the value of an environment variable, unless it is unset or empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Prints a user, one line for each property that is present.
fn print(user: &ServiceUser) {
    line("user", user.sid.as_ref());
    line("identity", user.identity.as_ref());
    line("name", user.friendly_name.as_ref());
    line("online", user.is_online);
    line("notifiable", user.is_notifiable);
    line("created", user.date_created.as_ref());
    line("updated", user.date_updated.as_ref());
    line("attributes", user.attributes.as_ref());
    line("role", user.role_sid.as_ref());
    line("service", user.chat_service_sid.as_ref());
    line("account", user.account_sid.as_ref());
    line("url", user.url.as_ref());
    for (name, url) in user.links.iter().flatten() {
        line("link", url.as_ref().map(|url| format!("{name}: {url}")));
    }
}

/// Prints a line without control characters, because a name may contain terminal escapes.
fn line(name: &str, value: Option<impl ToString>) {
    if let Some(value) = value {
        println!(
            "{name:<10}  {}",
            value.to_string().replace(char::is_control, "\u{fffd}")
        );
    }
}

/// Prints what went wrong, why, and what to do.
fn explain(error: &Error) {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    let body = error.body::<ErrorBody>().unwrap_or_default();
    if let Some(code) = body.code {
        let page = body.more_info.map(|url| format!(", see {url}"));
        eprintln!("  Twilio's code: {code}{}", page.unwrap_or_default());
    }
    if let Some(id) = error.request_id() {
        eprintln!("  request id: {id}");
    }
    if let Some(advice) = advice(error) {
        eprintln!("  what to do: {advice}");
    }
}

fn advice(error: &Error) -> Option<String> {
    match error.status()?.as_u16() {
        401 => Some(
            "check that SID and secret belong together, and that neither was revoked".to_owned(),
        ),
        404 => Some("check the service's SID, and that the user is one of this service".to_owned()),
        429 => Some(match error.retry_after() {
            Some(wait) => format!("try again in {} s", wait.as_secs()),
            None => "try again in a while".to_owned(),
        }),
        _ => None,
    }
}
