//! The program of `src/github.rs` with octocrab 0.54.

use futures::TryStreamExt;
use octocrab::{Error, Octocrab, models, params};

/// Returns the titles of all open issues with a label.
pub async fn open_issues(
    client: &Octocrab,
    owner: &str,
    repo: &str,
    label: &str,
) -> Result<Vec<String>, Error> {
    let issues = client.issues(owner, repo);
    let labels = [label.to_string()];
    let page = issues.list().state(params::State::Open).labels(&labels).per_page(100).send().await?;
    let mut issues = std::pin::pin!(page.into_stream(client));
    let mut titles = Vec::new();
    while let Some(issue) = issues.try_next().await? {
        titles.push(issue.title);
    }
    Ok(titles)
}

/// Creates an issue, and returns its number.
pub async fn report(
    client: &Octocrab,
    owner: &str,
    repo: &str,
    title: &str,
    body: &str,
) -> Result<u64, Error> {
    let issues = client.issues(owner, repo);
    let labels = vec!["bug".to_string(), "triage".to_string()];
    Ok(issues.create(title).body(body).labels(labels).send().await?.number)
}

/// Returns an issue, or nothing if the repository does not have it.
pub async fn find(
    client: &Octocrab,
    owner: &str,
    repo: &str,
    number: u64,
) -> Result<Option<models::issues::Issue>, Error> {
    match client.issues(owner, repo).get(number).await {
        Ok(issue) => Ok(Some(issue)),
        Err(Error::GitHub { source, .. }) if source.status_code == 404 => {
            eprintln!("{}", source.message);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Uploads a file of a release, and returns where it can be downloaded.
pub async fn upload(
    client: &Octocrab,
    owner: &str,
    repo: &str,
    release: u64,
    zip: Vec<u8>,
) -> Result<String, Error> {
    let repo = client.repos(owner, repo);
    let releases = repo.releases();
    let upload = releases.upload_asset(release, "tool.zip", zip.into()).label("The tool");
    Ok(upload.send().await?.browser_download_url.to_string())
}

/// Returns the address of an archive of a branch.
pub async fn archive(
    client: &Octocrab,
    owner: &str,
    repo: &str,
    branch: &str,
) -> Result<Option<String>, Error> {
    // `download_zipball` follows the redirect.
    let response = client._get(format!("/repos/{owner}/{repo}/zipball/{branch}")).await?;
    let location = response.headers().get("location");
    Ok(location.and_then(|location| location.to_str().ok()).map(str::to_string))
}
