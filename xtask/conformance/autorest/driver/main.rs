//! Calls the clients of AutoRest's documents.
//!
//! Input: the URL of AutoRest's test server. Output: a line `wrong` for each result other than the
//! expected one, and a line of JSON with the calls and the server's report. Each document has a
//! module of its name.

mod additionalproperties;
mod any_type;
mod body_array;
mod body_binary;
mod body_boolean;
mod body_byte;
mod body_complex;
mod body_date;
mod body_datetime;
mod body_datetime_rfc1123;
mod body_dictionary;
mod body_duration;
mod body_file;
mod body_formdata_urlencoded;
mod body_integer;
mod body_number;
mod body_string;
mod body_time;
mod client_enum;
mod constants;
mod custom_baseurl;
mod custom_baseurl_more_options;
mod error_with_secrets;
mod extensible_enums_swagger;
mod header;
mod httpinfrastructure;
mod incorrect_error_response;
mod media_types;
mod merge_patch;
mod model_flattening;
mod multiple_inheritance;
mod non_string_enum;
mod object_type;
mod parameterized_endpoint;
mod required_optional;
mod reserved_words;
mod run;
mod security_aad;
mod security_key;
mod url;
mod url_multi_collectionformat;
mod validation;
mod xml_service;
mod xms_error_responses;

use run::Run;
use runtime::serde_json::json;
use std::collections::BTreeMap;

/// Calls the operations of each document. After each document, asks the server which scenarios are
/// covered.
macro_rules! documents {
    ($url:ident, $reports:ident: $($document:ident)*) => {{
        let mut rows = Vec::new();
        let mut covered = 0;
        $(
            let mut run = Run::new(&$url, stringify!($document));
            $document::drive(&mut run).await;
            let before = covered;
            covered = seen(&required(&$reports).await);
            rows.push(json!({
                "document": run.document,
                "calls": run.calls,
                "wrong": run.wrong,
                "covered": covered - before,
            }));
        )*
        rows
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = std::env::args().nth(1).expect("an argument, the server's URL");
    let reports: report::Client = Run::new(&url, "report").client(report::Client::builder());
    // Names that the server adds during the calls are no scenarios of its list.
    let scenarios = required(&reports).await;
    let documents = documents!(url, reports:
        additionalproperties
        any_type
        body_array
        body_binary
        body_boolean
        body_byte
        body_complex
        body_date
        body_datetime
        body_datetime_rfc1123
        body_dictionary
        body_duration
        body_file
        body_formdata_urlencoded
        body_integer
        body_number
        body_string
        body_time
        client_enum
        constants
        custom_baseurl
        custom_baseurl_more_options
        error_with_secrets
        extensible_enums_swagger
        header
        httpinfrastructure
        incorrect_error_response
        media_types
        merge_patch
        model_flattening
        multiple_inheritance
        non_string_enum
        object_type
        parameterized_endpoint
        required_optional
        reserved_words
        security_aad
        security_key
        url
        url_multi_collectionformat
        validation
        xml_service
        xms_error_responses
    );
    let optional = reports.get_optional_report().send().await.expect("the server has a report");
    let mut required = required(&reports).await;
    required.retain(|scenario, _| scenarios.contains_key(scenario));
    println!("{}", json!({ "documents": documents, "required": required, "optional": optional }));
}

/// Returns how often the server has seen each required scenario.
async fn required(reports: &report::Client) -> BTreeMap<String, i64> {
    reports.get_report().send().await.expect("the server has a report")
}

fn seen(report: &BTreeMap<String, i64>) -> usize {
    report.values().filter(|times| **times > 0).count()
}
