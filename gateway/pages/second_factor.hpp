#pragma once

#include "shared/base/json.hpp"

namespace witan::pages {

/// A key for an authenticator app and ten recovery codes, as the pages for them show it: `{secret_key, key_in_groups, uri,
/// qr, secret_codes, codes: [{code}]}`, `qr` being an SVG element. Those of the form that comes back after a refusal, which
/// the person may have saved by now; otherwise fresh ones. They stand in this page only, until it is sent.
json::object drawn_second_factor(const json::object& context);

}  // namespace witan::pages
