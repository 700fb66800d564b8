//! The program of `src/openai.rs` with async-openai 0.43.

use async_openai::types::chat::{
    ChatCompletionRequestMessageContentPartImageArgs, ChatCompletionRequestMessageContentPartTextArgs,
    ChatCompletionRequestSystemMessageArgs, ChatCompletionRequestUserMessageArgs,
    CreateChatCompletionRequestArgs, ImageDetail, ImageUrlArgs,
};
use async_openai::types::files::{CreateFileRequestArgs, FileInput, FilePurpose};
use async_openai::{Client, config::OpenAIConfig, error::OpenAIError};
use futures::StreamExt;

/// Answers a question.
pub async fn ask(client: &Client<OpenAIConfig>, question: &str) -> Result<Option<String>, OpenAIError> {
    let system =
        ChatCompletionRequestSystemMessageArgs::default().content("Answer in one sentence.").build()?;
    let user = ChatCompletionRequestUserMessageArgs::default().content(question).build()?;
    let chat = CreateChatCompletionRequestArgs::default()
        .model("gpt-5")
        .messages([system.into(), user.into()])
        .temperature(0.2)
        .build()?;
    let answer = client.chat().create(chat).await?;
    Ok(answer.choices.into_iter().next().and_then(|choice| choice.message.content))
}

/// Answers a question, piece by piece.
pub async fn tell(
    client: &Client<OpenAIConfig>,
    question: &str,
    mut write: impl FnMut(&str),
) -> Result<(), OpenAIError> {
    let user = ChatCompletionRequestUserMessageArgs::default().content(question).build()?;
    let chat = CreateChatCompletionRequestArgs::default().model("gpt-5").messages([user.into()]).build()?;
    let mut events = client.chat().create_stream(chat).await?;
    while let Some(event) = events.next().await {
        for choice in event?.choices {
            write(&choice.delta.content.unwrap_or_default());
        }
    }
    Ok(())
}

/// Describes an image.
pub async fn describe(client: &Client<OpenAIConfig>, url: &str) -> Result<Option<String>, OpenAIError> {
    let text =
        ChatCompletionRequestMessageContentPartTextArgs::default().text("What is in this image?").build()?;
    let image = ImageUrlArgs::default().url(url).detail(ImageDetail::Low).build()?;
    let image = ChatCompletionRequestMessageContentPartImageArgs::default().image_url(image).build()?;
    let user =
        ChatCompletionRequestUserMessageArgs::default().content(vec![text.into(), image.into()]).build()?;
    let chat = CreateChatCompletionRequestArgs::default()
        .model("gpt-4o")
        .messages([user.into()])
        .max_completion_tokens(300_u32)
        .build()?;
    let answer = client.chat().create(chat).await?;
    Ok(answer.choices.into_iter().next().and_then(|choice| choice.message.content))
}

/// Uploads lines of JSON for training, and returns the file's id.
pub async fn upload(client: &Client<OpenAIConfig>, lines: String) -> Result<String, OpenAIError> {
    let file = FileInput::from_vec_u8("lines.jsonl".to_string(), lines.into_bytes());
    let request = CreateFileRequestArgs::default().file(file).purpose(FilePurpose::FineTune).build()?;
    Ok(client.files().create(request).await?.id)
}
