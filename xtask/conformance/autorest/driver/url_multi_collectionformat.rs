//! Lists as repeated parameters of the query.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: url_multi_collectionformat::Client = run.client(url_multi_collectionformat::Client::builder());
    let items = ["ArrayQuery1", "begin!*'();:@ &=+$,/?#[]end", "", ""].map(|item| Some(item.to_owned()));
    calls! { run:
        api.queries_array_string_multi_null() => Same(()),
        api.queries_array_string_multi_empty().array_query([""; 0]) => Same(()),
        api.queries_array_string_multi_valid().array_query(&items) => Same(()),
    }
}
