//! Headers of requests and of responses, of each type.

use crate::run::{Run, Same, Status, With, calls, read, responses};
use header::models::HeaderParamEnumValue;
use header::requests::*;
use runtime::model::{Base64, Date, DateTime};
use runtime::serde_json::json;

const FOX: &str = "The quick brown fox jumps over the lazy dog";
const WIDE: &str = "啊齄丂狛狜\u{f9f1}\u{f92c}\u{f9f1}\u{fa0c}\u{fa29}";

pub(crate) async fn drive(run: &mut Run) {
    let api: header::Client = run.client(header::Client::builder());
    sent(run, &api).await;
    received(run, &api).await;
}

/// OpenAPI ignores a response header called `Content-Type` (OAS 3.0.4 §4.7.17.1).
const CONTENT_TYPE: runtime::Header<String> = runtime::Header::new("Content-Type");

async fn sent(run: &mut Run, api: &header::Client) {
    let date = |text: &str| read::<Date>(json!(text));
    let moment = |text: &str| read::<DateTime>(json!(text));
    calls! { run:
        api.header_param_existing_key("overwrite") => Same(()),
        // OpenAPI ignores a header parameter called `Content-Type` (OAS 3.0.4 §4.7.12.1).
        api.header_param_protected_key() => Status(400),
        api.header_param_integer("positive", 1) => Same(()),
        api.header_param_integer("negative", -2) => Same(()),
        api.header_param_long("positive", 105) => Same(()),
        api.header_param_long("negative", -2) => Same(()),
        api.header_param_float("positive", 0.07) => Same(()),
        api.header_param_float("negative", -3.0) => Same(()),
        api.header_param_double("positive", 7e120) => Same(()),
        api.header_param_double("negative", -3.0) => Same(()),
        api.header_param_bool("true", true) => Same(()),
        api.header_param_bool("false", false) => Same(()),
        api.header_param_string("valid").value(FOX) => Same(()),
        api.header_param_string("null") => Same(()),
        api.header_param_string("empty").value("") => Same(()),
        api.header_param_enum("valid").value(HeaderParamEnumValue::Grey) => Same(()),
        api.header_param_enum("null") => Same(()),
        api.header_param_date("valid", date("2010-01-01")) => Same(()),
        api.header_param_date("min", date("0001-01-01")) => Same(()),
        api.header_param_datetime("valid", moment("2010-01-01T12:34:56Z")) => Same(()),
        api.header_param_datetime("min", moment("0001-01-01T00:00:00Z")) => Same(()),
        api.header_param_datetime_rfc1123("valid").value("Fri, 01 Jan 2010 12:34:56 GMT") => Same(()),
        api.header_param_datetime_rfc1123("min").value("Mon, 01 Jan 0001 00:00:00 GMT") => Same(()),
        api.header_param_duration("valid", "P123DT22H14M12.011S") => Same(()),
        api.header_param_byte("valid", &Base64::from(WIDE)) => Same(()),
        api.header_custom_request_id()
            .with(|call| call.header("x-ms-client-request-id", "9C4D50EE-2D56-4CD3-8152-34347DC9F2B0"))
            => Same(()),
    }
}

async fn received(run: &mut Run, api: &header::Client) {
    let date = |text: &str| read::<Date>(json!(text));
    let moment = |text: &str| read::<DateTime>(json!(text));
    responses! { run:
        api.header_response_existing_key() => With(HeaderResponseExistingKey::USER_AGENT, "overwrite"),
        api.header_response_protected_key() => With(CONTENT_TYPE, "text/html; charset=utf-8"),
        api.header_response_integer("positive") => With(HeaderResponseInteger::VALUE, 1),
        api.header_response_integer("negative") => With(HeaderResponseInteger::VALUE, -2),
        api.header_response_long("positive") => With(HeaderResponseLong::VALUE, 105),
        api.header_response_long("negative") => With(HeaderResponseLong::VALUE, -2),
        api.header_response_float("positive") => With(HeaderResponseFloat::VALUE, 0.07),
        api.header_response_float("negative") => With(HeaderResponseFloat::VALUE, -3.0),
        api.header_response_double("positive") => With(HeaderResponseDouble::VALUE, 7e120),
        api.header_response_double("negative") => With(HeaderResponseDouble::VALUE, -3.0),
        api.header_response_bool("true") => With(HeaderResponseBool::VALUE, true),
        api.header_response_bool("false") => With(HeaderResponseBool::VALUE, false),
        api.header_response_string("valid") => With(HeaderResponseString::VALUE, FOX),
        api.header_response_string("null") => With(HeaderResponseString::VALUE, "null"),
        api.header_response_string("empty") => With(HeaderResponseString::VALUE, ""),
        api.header_response_enum("valid") => With(HeaderResponseEnum::VALUE, read(json!("GREY"))),
        api.header_response_enum("null") => With(HeaderResponseEnum::VALUE, read(json!(""))),
        api.header_response_date("valid") => With(HeaderResponseDate::VALUE, date("2010-01-01")),
        api.header_response_date("min") => With(HeaderResponseDate::VALUE, date("0001-01-01")),
        api.header_response_datetime("valid")
            => With(HeaderResponseDatetime::VALUE, moment("2010-01-01T12:34:56Z")),
        api.header_response_datetime("min")
            => With(HeaderResponseDatetime::VALUE, moment("0001-01-01T00:00:00Z")),
        api.header_response_datetime_rfc1123("valid")
            => With(HeaderResponseDatetimeRfc1123::VALUE, "Fri, 01 Jan 2010 12:34:56 GMT"),
        api.header_response_datetime_rfc1123("min")
            => With(HeaderResponseDatetimeRfc1123::VALUE, "Mon, 01 Jan 0001 00:00:00 GMT"),
        api.header_response_duration("valid") => With(HeaderResponseDuration::VALUE, "P123DT22H14M12.011S"),
        api.header_response_byte("valid") => With(HeaderResponseByte::VALUE, Base64::from(WIDE)),
    }
}
