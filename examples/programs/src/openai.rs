//! Conversations and files of OpenAI.

use crate::clients::openai::{Client, Error, Part, models, requests};

/// Answers a question.
pub async fn ask(client: &Client, question: &str) -> Result<Option<String>, Error> {
    let system = models::ChatCompletionRequestSystemMessage::new("Answer in one sentence.");
    let user = models::ChatCompletionRequestUserMessage::new(question);
    let chat =
        models::CreateChatCompletionRequest::new("gpt-5", [system.into(), user.into()]).with_temperature(0.2);
    let answer = client.create_chat_completion(chat).send().await?;
    Ok(answer.choices.into_iter().next().and_then(|choice| choice.message.content))
}

/// Answers a question, piece by piece.
pub async fn tell(client: &Client, question: &str, mut write: impl FnMut(&str)) -> Result<(), Error> {
    let user = models::ChatCompletionRequestUserMessage::new(question);
    let chat = models::CreateChatCompletionRequest::new("gpt-5", [user.into()]);
    let mut events = client.create_chat_completion(chat).send_events().await?;
    while let Some(event) = events.next().await {
        for choice in event?.data.choices {
            write(&choice.delta.content.unwrap_or_default());
        }
    }
    Ok(())
}

/// Describes an image.
pub async fn describe(client: &Client, url: &str) -> Result<Option<String>, Error> {
    let text = models::ChatCompletionRequestMessageContentPartText::new("What is in this image?");
    let image = models::ChatCompletionRequestMessageContentPartImageImageUrl::new(url).with_detail("low");
    let image = models::ChatCompletionRequestMessageContentPartImage::new(image);
    let user = models::ChatCompletionRequestUserMessage::new([text.into(), image.into()]);
    let chat =
        models::CreateChatCompletionRequest::new("gpt-4o", [user.into()]).with_max_completion_tokens(300);
    let answer = client.create_chat_completion(chat).send().await?;
    Ok(answer.choices.into_iter().next().and_then(|choice| choice.message.content))
}

/// Uploads lines of JSON for training, and returns the file's id.
pub async fn upload(client: &Client, lines: String) -> Result<String, Error> {
    let file = Part::new(lines).file_name("lines.jsonl");
    let form = requests::CreateFileForm::new(file, "fine-tune");
    Ok(client.create_file(form).send().await?.id)
}
