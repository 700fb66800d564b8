//! The program against OpenAI, on the in-memory transport.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use programs::clients::openai::models::{
    CreateChatCompletionResponse, CreateChatCompletionStreamResponse, OpenAiFile,
};
use programs::clients::openai::testing::sample;
use programs::clients::openai::transport::{Body, Memory};
use programs::clients::openai::{Auth, Client, http, serde_json};
use programs::openai;
use serde_json::{Value, json};

fn client(memory: &Memory) -> Client {
    let builder = Client::builder().auth(Auth::bearer("sk")).header("OpenAI-Organization", "org");
    builder.transport(memory.clone()).build().unwrap()
}

fn answer(text: &str) -> String {
    let choices = json!([{"message": {"content": text}}]);
    let answer: CreateChatCompletionResponse = sample(json!({"choices": choices})).unwrap();
    json!(answer).to_string()
}

fn sent(memory: &Memory) -> Value {
    serde_json::from_slice(memory.requests()[0].body()).unwrap()
}

#[tokio::test]
async fn answers_a_question() {
    let memory = Memory::new().reply(200, answer("Paris."));
    assert_eq!(openai::ask(&client(&memory), "France?").await.unwrap().as_deref(), Some("Paris."));
    let expected = json!({
        "model": "gpt-5", "temperature": 0.2,
        "messages": [
            {"role": "system", "content": "Answer in one sentence."},
            {"role": "user", "content": "France?"}
        ]
    });
    assert_eq!(sent(&memory), expected);
    assert_eq!(memory.requests()[0].target(), "/v1/chat/completions");
    assert_eq!(memory.requests()[0].header("openai-organization"), Some("org"));
}

#[tokio::test]
async fn answers_piece_by_piece() {
    let chunk = |delta: &Value| {
        let chunk: CreateChatCompletionStreamResponse =
            sample(json!({"choices": [{"delta": delta}]})).unwrap();
        format!("data: {}\n\n", json!(chunk))
    };
    let events = [
        chunk(&json!({"role": "assistant", "content": ""})),
        chunk(&json!({"content": "Pa"})),
        chunk(&json!({"content": "ris."})),
        "data: [DONE]\n\n".to_owned(),
    ];
    let response = http::Response::builder().header("content-type", "text/event-stream");
    let memory = Memory::new().respond(response.body(Body::from(events.concat())).unwrap());
    let mut text = String::new();
    openai::tell(&client(&memory), "France?", |piece| text.push_str(piece)).await.unwrap();
    assert_eq!(text, "Paris.");
    // `send_events` requests the stream.
    let expected =
        json!({"model": "gpt-5", "messages": [{"role": "user", "content": "France?"}], "stream": true});
    assert_eq!(sent(&memory), expected);
    assert_eq!(memory.requests()[0].header("accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn describes_an_image() {
    let memory = Memory::new().reply(200, answer("A cat."));
    let text = openai::describe(&client(&memory), "https://example.com/cat.png").await.unwrap();
    assert_eq!(text.as_deref(), Some("A cat."));
    let expected = json!({
        "model": "gpt-4o", "max_completion_tokens": 300,
        "messages": [{"role": "user", "content": [
            {"type": "text", "text": "What is in this image?"},
            {"type": "image_url", "image_url": {"url": "https://example.com/cat.png", "detail": "low"}}
        ]}]
    });
    assert_eq!(sent(&memory), expected);
}

#[tokio::test]
async fn uploads_a_file() {
    let file: OpenAiFile = sample(json!({"id": "file-1"})).unwrap();
    let memory = Memory::new().reply(200, json!(file).to_string());
    assert_eq!(openai::upload(&client(&memory), "{}\n".to_owned()).await.unwrap(), "file-1");
    let request = &memory.requests()[0];
    assert!(request.header("content-type").unwrap().starts_with("multipart/form-data; boundary="));
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    assert!(
        body.contains("name=\"file\"; filename=\"lines.jsonl\"") && body.contains("\r\n\r\n{}\n\r\n"),
        "{body}"
    );
    assert!(body.contains("name=\"purpose\"") && body.contains("\r\n\r\nfine-tune\r\n"), "{body}");
}
