//! Optional parameters, bodies and properties that are left out.

use crate::run::{Run, Same, calls};
use required_optional::models::*;

pub(crate) async fn drive(run: &mut Run) {
    let api: required_optional::Client = run.client(required_optional::Client::builder());
    calls! { run:
        api.implicit_get_optional_global_query() => Same(()),
        api.implicit_put_optional_binary_body() => Same(()),
        api.implicit_put_optional_body() => Same(()),
        api.implicit_put_optional_header() => Same(()),
        api.implicit_put_optional_query() => Same(()),
        api.explicit_put_optional_binary_body() => Same(()),
        api.explicit_put_required_binary_body(vec![1, 2, 3]) => Same(()),
        api.explicit_post_optional_array_header() => Same(()),
        api.explicit_post_optional_array_parameter() => Same(()),
        api.explicit_post_optional_array_property().body(ArrayOptionalWrapper::new()) => Same(()),
        api.explicit_post_optional_class_parameter() => Same(()),
        api.explicit_post_optional_class_property().body(ClassOptionalWrapper::new()) => Same(()),
        api.explicit_post_optional_integer_header() => Same(()),
        api.explicit_post_optional_integer_parameter() => Same(()),
        api.explicit_post_optional_integer_property().body(IntOptionalWrapper::new()) => Same(()),
        api.explicit_post_optional_string_header() => Same(()),
        api.explicit_post_optional_string_parameter() => Same(()),
        api.explicit_post_optional_string_property().body(StringOptionalWrapper::new()) => Same(()),
    }
}
