//! XML, which stays text. The XML of each response is sent back to the server. Also an operation
//! with JSON.

use crate::run::{Is, Json, Run, Same, calls};
use runtime::serde_json::json;
use xml_service::models::JsonInput;

/// Fetches XML, checks its root element, and sends it back.
macro_rules! round_trips {
    ($run:ident: $($get:expr, $root:literal => |$text:ident| $put:expr),* $(,)?) => {
        $(
            let got = $get.send().await;
            let $text = got.as_deref().unwrap_or_default().to_owned();
            $run.check(stringify!($get), got, Is(|text: &String| text.contains($root)));
            $run.check(stringify!($put), $put.send().await, Same(()));
        )*
    };
}

pub(crate) async fn drive(run: &mut Run) {
    let api: xml_service::Client = run.client(xml_service::Client::builder());
    round_trips! { run:
        api.xml_get_service_properties("properties", "service"), "<StorageServiceProperties>"
            => |text| api.xml_put_service_properties("properties", "service", &text),
        api.xml_get_acls("acl", "container"), "<SignedIdentifiers>"
            => |text| api.xml_put_acls("acl", "container", &text),
        api.xml_get_simple(), "<slideshow" => |text| api.xml_put_simple(&text),
        api.xml_get_wrapped_lists(), "<AppleBarrel>" => |text| api.xml_put_wrapped_lists(&text),
        api.xml_get_empty_list(), "<slideshow/>" => |text| api.xml_put_empty_list(&text),
        api.xml_get_empty_wrapped_lists(), "<AppleBarrel>" => |text| api.xml_put_empty_wrapped_lists(&text),
        api.xml_get_root_list(), "<bananas>" => |text| api.xml_put_root_list(&text),
        api.xml_get_root_list_single_item(), "<bananas>" => |text| api.xml_put_root_list_single_item(&text),
        api.xml_get_empty_root_list(), "<bananas/>" => |text| api.xml_put_empty_root_list(&text),
        api.xml_get_empty_child_element(), "<banana>" => |text| api.xml_put_empty_child_element(&text),
        api.xml_get_complex_type_ref_no_meta(), "<RootWithRefAndNoMeta>"
            => |text| api.xml_put_complex_type_ref_no_meta(&text),
        api.xml_get_complex_type_ref_with_meta(), "<RootWithRefAndMeta>"
            => |text| api.xml_put_complex_type_ref_with_meta(&text),
        api.xml_get_bytes(), "<ModelWithByteProperty>" => |text| api.xml_put_binary(&text),
        api.xml_get_uri(), "<ModelWithUrlProperty>" => |text| api.xml_put_uri(&text),
    }
    calls! { run:
        api.xml_get_xms_text() => Is(|text: &String| text.contains("I am text")),
        api.xml_list_containers("list") => Is(|text: &String| text.contains("<Name>audio</Name>")),
        api.xml_list_blobs("list", "container") => Is(|text: &String| text.contains("<Name>blob3.txt</Name>")),
        api.xml_json_input(JsonInput::new().with_id(42)) => Same(()),
        api.xml_json_output() => Json(json!({ "id": 42 })),
    }
}
