//! Strings, enums of them, and Base64.

use crate::run::{Fails, Json, Run, Same, calls, read};
use body_string::models::{RefColorConstant, RefColors};
use runtime::ErrorKind::{Decode, UnexpectedStatus};
use runtime::model::Base64;
use runtime::serde_json::json;

const SPACES: &str = "    Now is the time for all good men to come to the aid of their country    ";
const WIDE: &str = "啊齄丂狛狜\u{f9f1}\u{f92c}\u{f9f1}\u{fa0c}\u{fa29}ˊ〞〡￤℡㈱‐ー﹡﹢﹫、〓ⅰⅹ⒈€㈠㈩ⅠⅫ！￣ぁんァヶΑ︴АЯаяāɡㄅㄩ─╋︵﹄︻︱︳︴ⅰⅹɑ\u{e7c7}ɡ〇〾⿻⺁\u{e843}䜣\u{e864}€";
const TEXT_AS_BASE64_URL: &str = "YSBzdHJpbmcgdGhhdCBnZXRzIGVuY29kZWQgd2l0aCBiYXNlNjR1cmw";

pub(crate) async fn drive(run: &mut Run) {
    let api: body_string::Client = run.client(body_string::Client::builder());
    calls! { run:
        api.string_get_null() => Same(None),
        api.string_put_null() => Same(()),
        api.string_get_empty() => Json(json!("")),
        api.string_put_empty("") => Same(()),
        api.string_get_mbcs() => Json(json!(WIDE)),
        api.string_put_mbcs(WIDE) => Same(()),
        api.string_get_whitespace() => Json(json!(SPACES)),
        api.string_put_whitespace(SPACES) => Same(()),
        api.string_get_not_provided() => Fails(UnexpectedStatus),
        api.string_get_base64_encoded() => Same(Base64::from("a string that gets encoded with base64")),
        api.string_get_base64_url_encoded() => Same(TEXT_AS_BASE64_URL),
        api.string_put_base64_url_encoded(TEXT_AS_BASE64_URL) => Same(()),
        api.string_get_null_base64_url_encoded() => Same(None),
        api.enum_get_not_expandable() => Json(json!("red color")),
        api.enum_put_not_expandable("red color") => Same(()),
        api.enum_get_referenced() => Same(RefColors::RedColor),
        api.enum_put_referenced(RefColors::RedColor) => Same(()),
        // The server leaves out the property that its document requires.
        api.enum_get_referenced_constant() => Fails(Decode),
        api.enum_put_referenced_constant(read::<RefColorConstant>(json!({ "ColorConstant": "green-color" })))
            => Same(()),
    }
}
