//! Issues, files of releases and archives on GitHub.

use crate::clients::github::{Client, Error, models};

/// Returns the titles of all open issues with a label.
pub async fn open_issues(
    client: &Client,
    owner: &str,
    repo: &str,
    label: &str,
) -> Result<Vec<String>, Error> {
    let mut issues =
        client.issues_list_for_repo(owner, repo).state("open").labels(label).per_page(100).items();
    let mut titles = Vec::new();
    while let Some(issue) = issues.next().await {
        titles.push(issue?.title);
    }
    Ok(titles)
}

/// Creates an issue, and returns its number.
pub async fn report(client: &Client, owner: &str, repo: &str, title: &str, body: &str) -> Result<i64, Error> {
    let new = models::IssuesCreateBody::new(title).with_body(body).with_labels(["bug", "triage"]);
    Ok(client.issues_create(owner, repo, new).send().await?.number)
}

/// Returns an issue, or nothing if the repository does not have it.
pub async fn find(
    client: &Client,
    owner: &str,
    repo: &str,
    number: i64,
) -> Result<Option<models::Issue>, Error> {
    match client.issues_get(owner, repo, number).send().await {
        Ok(issue) => Ok(Some(issue)),
        Err(error) if error.has_status(404) => {
            let why: Option<models::BasicError> = error.body();
            eprintln!("{}", why.and_then(|why| why.message).unwrap_or_default());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Uploads a file of a release, and returns where it can be downloaded.
pub async fn upload(
    client: &Client,
    owner: &str,
    repo: &str,
    release: i64,
    zip: Vec<u8>,
) -> Result<String, Error> {
    let upload = client.repos_upload_release_asset(owner, repo, release, "tool.zip").label("The tool");
    Ok(upload.body("application/zip", zip).send().await?.browser_download_url)
}

/// Returns the address of an archive of a branch.
pub async fn archive(
    client: &Client,
    owner: &str,
    repo: &str,
    branch: &str,
) -> Result<Option<String>, Error> {
    let redirect = client.repos_download_zipball_archive(owner, repo, branch).send().await?;
    Ok(redirect.location().map(str::to_owned))
}
