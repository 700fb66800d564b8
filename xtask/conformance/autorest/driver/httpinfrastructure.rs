//! Statuses: success, redirects, failures of the client and of the server, retries, and bodies by
//! status.

use crate::run::{Fails, Redirect, Run, Same, Shown, Status, With, calls, error_body, responses};
use httpinfrastructure::models::{D, Error};
use httpinfrastructure::requests::*;
use runtime::ErrorKind::UnexpectedStatus;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: httpinfrastructure::Client = run.client(httpinfrastructure::Client::builder());
    success(run, &api).await;
    redirects(run, &api).await;
    failures(run, &api).await;
    retries(run, &api).await;
    bodies(run, &api).await;
}

async fn success(run: &mut Run, api: &httpinfrastructure::Client) {
    calls! { run:
        api.http_success_delete200().body(true) => Same(()),
        api.http_success_delete202().body(true) => Same(()),
        api.http_success_delete204().body(true) => Same(()),
        api.http_success_get200() => Same(true),
        api.http_success_head200() => Same(()),
        api.http_success_head204() => Same(()),
        api.http_success_head404() => Status(404),
        api.http_success_patch200().body(true) => Same(()),
        api.http_success_patch202().body(true) => Same(()),
        api.http_success_patch204().body(true) => Same(()),
        api.http_success_post200().body(true) => Same(()),
        api.http_success_post201().body(true) => Same(()),
        api.http_success_post202().body(true) => Same(()),
        api.http_success_post204().body(true) => Same(()),
        api.http_success_put200().body(true) => Same(()),
        api.http_success_put201().body(true) => Same(()),
        api.http_success_put202().body(true) => Same(()),
        api.http_success_put204().body(true) => Same(()),
    }
}

/// Calls operations that redirect. A redirect is a result and is not followed. Its address is a
/// header.
async fn redirects(run: &mut Run, api: &httpinfrastructure::Client) {
    responses! { run:
        api.http_redirects_get301()
            => Redirect(301, HttpRedirectsGet301::LOCATION, "/http/success/get/200".into()),
        api.http_redirects_get302()
            => Redirect(302, HttpRedirectsGet302::LOCATION, "/http/success/get/200".into()),
        api.http_redirects_delete307().body(true)
            => Redirect(307, HttpRedirectsDelete307::LOCATION, "/http/success/delete/200".into()),
        api.http_redirects_get300()
            => Redirect(300, HttpRedirectsGet300::LOCATION, "/http/success/get/200".into()),
        api.http_redirects_get307()
            => Redirect(307, HttpRedirectsGet307::LOCATION, "/http/success/get/200".into()),
        api.http_redirects_head300()
            => Redirect(300, HttpRedirectsHead300::LOCATION, "/http/success/head/200".into()),
        api.http_redirects_head301()
            => Redirect(301, HttpRedirectsHead301::LOCATION, "/http/success/head/200".into()),
        api.http_redirects_head302()
            => Redirect(302, HttpRedirectsHead302::LOCATION, "/http/success/head/200".into()),
        api.http_redirects_head307()
            => Redirect(307, HttpRedirectsHead307::LOCATION, "/http/success/head/200".into()),
        api.http_redirects_options307()
            => Redirect(307, HttpRedirectsOptions307::LOCATION, "/http/success/options/200".into()),
        api.http_redirects_patch302().body(true)
            => With(HttpRedirectsPatch302::LOCATION, "/http/failure/500".into()),
        api.http_redirects_patch307().body(true)
            => Redirect(307, HttpRedirectsPatch307::LOCATION, "/http/success/patch/200".into()),
        api.http_redirects_post303().body(true)
            => Redirect(303, HttpRedirectsPost303::LOCATION, "/http/success/get/200".into()),
        api.http_redirects_post307().body(true)
            => Redirect(307, HttpRedirectsPost307::LOCATION, "/http/success/post/200".into()),
        api.http_redirects_put301().body(true)
            => With(HttpRedirectsPut301::LOCATION, "/http/failure/500".into()),
        api.http_redirects_put307().body(true)
            => Redirect(307, HttpRedirectsPut307::LOCATION, "/http/success/put/200".into()),
    }
}

async fn failures(run: &mut Run, api: &httpinfrastructure::Client) {
    calls! { run:
        api.http_client_failure_delete400().body(true) => Status(400),
        api.http_client_failure_delete407().body(true) => Status(407),
        api.http_client_failure_delete417().body(true) => Status(417),
        api.http_client_failure_get400() => Status(400),
        api.http_client_failure_get402() => Status(402),
        api.http_client_failure_get403() => Status(403),
        api.http_client_failure_get411() => Status(411),
        api.http_client_failure_get412() => Status(412),
        api.http_client_failure_get416() => Status(416),
        api.http_client_failure_head400() => Status(400),
        api.http_client_failure_head401() => Status(401),
        api.http_client_failure_head410() => Status(410),
        api.http_client_failure_head429() => Status(429),
        api.http_client_failure_options400() => Status(400),
        api.http_client_failure_options403() => Status(403),
        api.http_client_failure_options412() => Status(412),
        api.http_client_failure_patch400().body(true) => Status(400),
        api.http_client_failure_patch405().body(true) => Status(405),
        api.http_client_failure_patch414().body(true) => Status(414),
        api.http_client_failure_post400().body(true) => Status(400),
        api.http_client_failure_post406().body(true) => Status(406),
        api.http_client_failure_post415().body(true) => Status(415),
        api.http_client_failure_put400().body(true) => Status(400),
        api.http_client_failure_put404().body(true) => Status(404),
        api.http_client_failure_put409().body(true) => Status(409),
        api.http_client_failure_put413().body(true) => Status(413),
        api.http_server_failure_delete505().body(true) => Status(505),
        api.http_server_failure_get501() => Status(501),
        api.http_server_failure_head501() => Status(501),
        api.http_server_failure_post505().body(true) => Status(505),
        api.http_failure_get_empty_error() => error_body::<Error>(400, json!({ "message": "" })),
        api.http_failure_get_no_model_error() => Status(400),
        api.http_failure_get_no_model_empty() => Status(400),
    }
}

/// Calls operations that fail once. The server recognises the second attempt by its cookie. The
/// client retries idempotent methods only, so POST and PATCH are called twice.
async fn retries(run: &mut Run, api: &httpinfrastructure::Client) {
    calls! { run:
        api.http_retry_delete503().body(true) => Same(()),
        api.http_retry_get502() => Same(()),
        api.http_retry_head408() => Same(()),
        api.http_retry_options502() => Fails(UnexpectedStatus),
        api.http_retry_patch500().body(true) => Status(500),
        api.http_retry_patch500().body(true) => Same(()),
        api.http_retry_patch504().body(true) => Status(504),
        api.http_retry_patch504().body(true) => Same(()),
        api.http_retry_post503().body(true) => Status(503),
        api.http_retry_post503().body(true) => Same(()),
        api.http_retry_put500().body(true) => Same(()),
        api.http_retry_put504().body(true) => Same(()),
    }
}

async fn bodies(run: &mut Run, api: &httpinfrastructure::Client) {
    let failed = || error_body::<Error>(400, json!({ "message": "client error" }));
    calls! { run:
        api.multiple_responses_get200_model201_model_default_error200_valid()
            => Shown(r#"Ok(A { statusCode: "200" })"#),
        api.multiple_responses_get200_model201_model_default_error201_valid()
            => Shown(r#"Created(B { statusCode: "201", textStatusCode: "Created" })"#),
        api.multiple_responses_get200_model201_model_default_error400_valid() => failed(),
        api.multiple_responses_get200_model204_no_model_default_error200_valid()
            => Shown(r#"Ok(A { statusCode: "200" })"#),
        api.multiple_responses_get200_model204_no_model_default_error201_invalid()
            => Shown(r#"Ok(A { statusCode: "201" })"#),
        api.multiple_responses_get200_model204_no_model_default_error202_none()
            => Shown(r#"Ok(A { statusCode: "202" })"#),
        api.multiple_responses_get200_model204_no_model_default_error204_valid() => Shown("NoContent"),
        api.multiple_responses_get200_model204_no_model_default_error400_valid() => failed(),
        api.multiple_responses_get200_model_a200_invalid() => Shown("A"),
        api.multiple_responses_get200_model_a200_none() => Fails(UnexpectedStatus),
        api.multiple_responses_get200_model_a200_valid() => Shown(r#"A { statusCode: "200" }"#),
        api.multiple_responses_get200_model_a201_model_c404_model_d_default_error200_valid()
            => Shown(r#"Ok(A { statusCode: "200" })"#),
        api.multiple_responses_get200_model_a201_model_c404_model_d_default_error201_valid()
            => Shown(r#"Created(C { httpCode: "201" })"#),
        api.multiple_responses_get200_model_a201_model_c404_model_d_default_error400_valid() => failed(),
        api.multiple_responses_get200_model_a201_model_c404_model_d_default_error404_valid()
            => error_body::<D>(404, json!({ "httpStatusCode": "404" })),
        api.multiple_responses_get200_model_a202_valid() => Shown(r#"A { statusCode: "200" }"#),
        api.multiple_responses_get200_model_a400_invalid() => Status(400),
        api.multiple_responses_get200_model_a400_none() => Status(400),
        api.multiple_responses_get200_model_a400_valid() => Status(400),
        api.multiple_responses_get202_none204_none_default_error202_none() => Same(()),
        api.multiple_responses_get202_none204_none_default_error204_none() => Same(()),
        api.multiple_responses_get202_none204_none_default_error400_valid() => failed(),
        api.multiple_responses_get202_none204_none_default_none202_invalid() => Same(()),
        api.multiple_responses_get202_none204_none_default_none204_none() => Same(()),
        api.multiple_responses_get202_none204_none_default_none400_invalid() => Status(400),
        api.multiple_responses_get202_none204_none_default_none400_none() => Status(400),
        api.multiple_responses_get_default_model_a200_none() => Fails(UnexpectedStatus),
        api.multiple_responses_get_default_model_a200_valid() => Shown(r#"A { statusCode: "200" }"#),
        api.multiple_responses_get_default_model_a400_none() => Status(400),
        api.multiple_responses_get_default_model_a400_valid() => Status(400),
        api.multiple_responses_get_default_none200_invalid() => Same(()),
        api.multiple_responses_get_default_none200_none() => Same(()),
        api.multiple_responses_get_default_none400_invalid() => Status(400),
        api.multiple_responses_get_default_none400_none() => Status(400),
    }
}
