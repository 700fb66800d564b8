//! What it costs to read and write a model, beside serde's derive on the same fields.
//!
//!     cargo bench --package generated-client --bench shapes
//!
//! Four shapes of JSON: a whole user; one with nulls, as Twilio sends them; one with properties that the document does
//! not declare, which the model keeps and the derived struct drops; and a list of 10 MB. Derived structs are read by
//! `serde_json::from_str` and written by `serde_json::to_string`. Models are read and written in two ways: as a call
//! does it, and by serde_json. The figures are medians of the CPU time of rounds in which both sides take their turn.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops at the first surprise"
)]

use cpu_time::ThreadTime;
use generated_client::models::ServiceUser;
use generated_client::serde_json::{from_str, to_string};
use runtime::model::{self, Decode, Encode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, hint::black_box};

/// Rounds of each shape.
const ROUNDS: usize = 31;

/// Bytes that are read in a round.
const ROUND_BYTES: usize = 4 << 20;

/// The fields of [`ServiceUser`].
#[derive(Debug, Deserialize, Serialize)]
struct Derived {
    #[serde(skip_serializing_if = "Option::is_none")]
    account_sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_service_sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    friendly_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_notifiable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_online: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<BTreeMap<String, Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

const FULL: &str = r#"{"sid":"US0123456789abcdef0123456789abcdef","account_sid":"AC0123456789abcdef0123456789abcdef","chat_service_sid":"IS0123456789abcdef0123456789abcdef","role_sid":"RL0123456789abcdef0123456789abcdef","identity":"alice","friendly_name":"Alice","attributes":"{}","is_online":true,"is_notifiable":false,"date_created":"2019-12-16T22:18:37Z","date_updated":"2019-12-16T22:18:38Z","url":"https://conversations.twilio.com/v1/Services/IS0123456789abcdef0123456789abcdef/Users/US0123456789abcdef0123456789abcdef","links":{"user_conversations":"https://conversations.twilio.com/v1/Services/IS0123456789abcdef0123456789abcdef/Users/US0123456789abcdef0123456789abcdef/Conversations"}}"#;

fn main() {
    let nulls = FULL
        .replace(r#""Alice""#, "null")
        .replace(r#":true"#, ":null")
        .replace(r#":false"#, ":null")
        .replace(r#""2019-12-16T22:18:38Z""#, "null");
    let undeclared = FULL.replacen(
        '{',
        r#"{"is_verified":true,"region":{"name":"us1","zone":4},"tags":["a","b"],"#,
        1,
    );
    let list = format!("[{}]", vec![FULL; 10_000_000 / FULL.len()].join(","));
    println!(
        "| | decode, in a call | decode, by serde_json | encode, in a call | encode, by serde_json |"
    );
    println!("| --- | --- | --- | --- | --- |");
    row::<ServiceUser, Derived>("full", FULL);
    row::<ServiceUser, Derived>("with nulls", &nulls);
    row::<ServiceUser, Derived>("with undeclared properties", &undeclared);
    row::<Vec<ServiceUser>, Vec<Derived>>("list of 10 MB", &list);
}

/// Prints the ratios of a shape.
fn row<M, D>(name: &str, json: &str)
where
    M: Decode + Encode + DeserializeOwned + Serialize,
    D: DeserializeOwned + Serialize,
{
    let times = (ROUND_BYTES / json.len()).max(1);
    let (model, derived): (M, D) = (from_str(json).unwrap(), from_str(json).unwrap());
    let decode = |read: fn(&str) -> M| {
        ratio(
            || repeat(times, || drop(black_box(read(black_box(json))))),
            || {
                repeat(times, || {
                    drop(black_box(from_str::<D>(black_box(json)).unwrap()))
                })
            },
        )
    };
    let encode = |write: fn(&M) -> String| {
        ratio(
            || repeat(times, || drop(black_box(write(black_box(&model))))),
            || {
                repeat(times, || {
                    drop(black_box(to_string(black_box(&derived)).unwrap()))
                })
            },
        )
    };
    let figures = [
        decode(|json| model::from_json(json).unwrap()),
        decode(|json| from_str(json).unwrap()),
        encode(|value| model::to_json(value).unwrap()),
        encode(|value| to_string(value).unwrap()),
    ];
    println!(
        "| {name} | {} |",
        figures.map(|figure| format!("{figure:.2}")).join(" | ")
    );
}

/// Returns the median of the rounds' ratios of CPU time.
fn ratio(model: impl Fn(), derived: impl Fn()) -> f64 {
    let time = |work: &dyn Fn()| {
        let start = ThreadTime::now();
        work();
        start.elapsed().as_secs_f64()
    };
    let mut ratios: Vec<f64> = (0..ROUNDS).map(|_| time(&model) / time(&derived)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ROUNDS / 2).copied().unwrap()
}

fn repeat(times: usize, work: impl Fn()) {
    for _ in 0..times {
        work();
    }
}
