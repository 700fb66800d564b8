//! Parameters in the path and in the query, of each type and style.

use crate::run::{Fails, Run, Same, calls};
use runtime::ErrorKind::InvalidInput;
use runtime::model::Base64;

const RESERVED: &str = "begin!*'();:@ &=+$,/?#[]end";
const WIDE: &str = "啊齄丂狛狜\u{f9f1}\u{f92c}\u{f9f1}\u{fa0c}\u{fa29}";

pub(crate) async fn drive(run: &mut Run) {
    let api: url::Client = run.client(url::Client::builder());
    paths(run, &api).await;
    queries(run, &api).await;
    lists(run, &api).await;
    shared(run, &api).await;
}

async fn paths(run: &mut Run, api: &url::Client) {
    calls! { run:
        api.paths_get_boolean_true(true) => Same(()),
        api.paths_get_boolean_false(false) => Same(()),
        api.paths_get_int_one_million(1_000_000) => Same(()),
        api.paths_get_int_negative_one_million(-1_000_000) => Same(()),
        api.paths_unix_time_url(1_460_505_600) => Same(()),
        api.paths_get_ten_billion(10_000_000_000) => Same(()),
        api.paths_get_negative_ten_billion(-10_000_000_000) => Same(()),
        api.paths_float_scientific_positive(1.034e20) => Same(()),
        api.paths_float_scientific_negative(-1.034e-20) => Same(()),
        api.paths_double_decimal_positive(9_999_999.999) => Same(()),
        api.paths_double_decimal_negative(-9_999_999.999) => Same(()),
        api.paths_string_unicode(WIDE) => Same(()),
        api.paths_string_url_encoded(RESERVED) => Same(()),
        api.paths_string_url_non_encoded("begin!*'();:@&=+$,end") => Same(()),
        // Without the parameter, the path is that of another resource.
        api.paths_string_empty("") => Fails(InvalidInput),
        api.paths_base64_url("bG9yZW0") => Same(()),
        api.paths_enum_valid("green color") => Same(()),
        api.paths_byte_multi_byte(&Base64::from(WIDE)) => Same(()),
        api.paths_byte_empty("") => Fails(InvalidInput),
        api.paths_date_valid("2012-01-01") => Same(()),
        api.paths_date_time_valid("2012-01-01T01:01:01Z") => Same(()),
        api.paths_array_csv_in_path(["ArrayPath1", RESERVED, "", ""]) => Same(()),
    }
}

async fn queries(run: &mut Run, api: &url::Client) {
    calls! { run:
        api.queries_get_boolean_true(true) => Same(()),
        api.queries_get_boolean_false(false) => Same(()),
        api.queries_get_boolean_null() => Same(()),
        api.queries_get_int_one_million(1_000_000) => Same(()),
        api.queries_get_int_negative_one_million(-1_000_000) => Same(()),
        api.queries_get_int_null() => Same(()),
        api.queries_get_ten_billion(10_000_000_000) => Same(()),
        api.queries_get_negative_ten_billion(-10_000_000_000) => Same(()),
        api.queries_get_long_null() => Same(()),
        api.queries_float_scientific_positive(1.034e20) => Same(()),
        api.queries_float_scientific_negative(-1.034e-20) => Same(()),
        api.queries_float_null() => Same(()),
        api.queries_double_decimal_positive(9_999_999.999) => Same(()),
        api.queries_double_decimal_negative(-9_999_999.999) => Same(()),
        api.queries_double_null() => Same(()),
        api.queries_string_unicode(WIDE) => Same(()),
        api.queries_string_url_encoded(RESERVED) => Same(()),
        api.queries_string_empty("") => Same(()),
        api.queries_string_null() => Same(()),
        api.queries_enum_valid().enum_query("green color") => Same(()),
        api.queries_enum_null() => Same(()),
        api.queries_byte_multi_byte().byte_query(&Base64::from(WIDE)) => Same(()),
        api.queries_byte_empty("") => Same(()),
        api.queries_byte_null() => Same(()),
        api.queries_date_valid("2012-01-01") => Same(()),
        api.queries_date_null() => Same(()),
        api.queries_date_time_valid("2012-01-01T01:01:01Z") => Same(()),
        api.queries_date_time_null() => Same(()),
    }
}

async fn lists(run: &mut Run, api: &url::Client) {
    let items = ["ArrayQuery1", RESERVED, "", ""];
    calls! { run:
        api.queries_array_string_csv_valid().array_query(items) => Same(()),
        api.queries_array_string_csv_null() => Same(()),
        // RFC 6570 leaves out an empty list (§2.3). The server wants the name without a value.
        api.queries_array_string_csv_empty().array_query([""]) => Same(()),
        api.queries_array_string_no_collection_format_empty().array_query(["hello", "nihao", "bonjour"])
            => Same(()),
        // A space in an item would separate two.
        api.queries_array_string_ssv_valid().array_query(items) => Fails(InvalidInput),
        api.queries_array_string_tsv_valid().array_query(items) => Same(()),
        api.queries_array_string_pipes_valid().array_query(items) => Same(()),
    }
}

/// Calls operations with parameters of the document, of the path and of the operation.
async fn shared(run: &mut Run, api: &url::Client) {
    let (global, path, local) = ("globalStringPath", "pathItemStringPath", "localStringPath");
    calls! { run:
        api.path_items_get_all_with_values(global, path, local)
            .path_item_string_query("pathItemStringQuery")
            .global_string_query("globalStringQuery")
            .local_string_query("localStringQuery") => Same(()),
        api.path_items_get_global_query_null(global, path, local)
            .path_item_string_query("pathItemStringQuery")
            .local_string_query("localStringQuery") => Same(()),
        api.path_items_get_global_and_local_query_null(global, path, local)
            .path_item_string_query("pathItemStringQuery") => Same(()),
        api.path_items_get_local_path_item_query_null(global, path, local)
            .global_string_query("globalStringQuery") => Same(()),
    }
}
