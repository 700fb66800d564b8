//! Uses a client that `build.rs` generates from `openapi.yaml` at each build.

include!(concat!(env!("OUT_DIR"), "/pets.rs"));

use pets::{Auth, Client, Error};

/// Returns the name of a pet.
///
/// # Errors
///
/// The call fails.
pub async fn name(token: &str, id: &str) -> Result<String, Error> {
    name_by(&Client::new(Auth::bearer(token))?, id).await
}

async fn name_by(client: &Client, id: &str) -> Result<String, Error> {
    Ok(client.fetch_pet(id).send().await?.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pets::transport::Memory;

    #[tokio::test]
    async fn the_client_calls() {
        let memory = Memory::new().reply(200, r#"{"name": "Rex"}"#);
        let auth = Auth::bearer("token");
        let client = Client::builder().auth(auth).transport(memory.clone()).build().unwrap();
        assert_eq!(name_by(&client, "a/b").await.unwrap(), "Rex");
        assert_eq!(memory.requests()[0].target(), "/pets/a%2Fb");
    }
}
