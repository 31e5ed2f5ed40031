#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "shared/base/json.hpp"

/// What a template sees of a topic. The browser builds the same object from the same rows
/// (web-client/src/view_model.ts); both are held to the fixtures in tests/contract/view-model.
namespace witan::pages {

using Entities = std::map<std::string, json::value>;

/// A key of one segment becomes an object (`meeting`), `list/<id>` an element of a list,
/// `list/<id>/inner/<id>` an element of a list inside that element, and so on. Elements carry their value's
/// members and `key`, `dom_id` (the key with `-` for `/`), `topic` and `by_me` (the value's `by` is
/// `person`); a row with a `session` also `is_current` (it is the reader's own `session`). Lists are in the
/// byte order of `sort`, then key. The whole has `topic`, `audience` and `is_<audience>`. Numbers become text, because the two template engines disagree about whether 0 is true.
/// Rows that are not objects, and rows inside an element that is not there, are left out.
json::object view_model(std::string_view topic, std::string_view audience, const Entities& entities,
                        std::string_view person, std::string_view session = {});

/// The newest version of each paper that the reader has opened, by the rows of their topic `reading/…`.
using Opened = std::map<std::string, std::int64_t, std::less<>>;
Opened opened_in(const Entities& entities);
/// Says at the papers of an agenda, to who has a part in the meeting, which of them they have not opened as they are now: `is_unread`, or
/// `is_read`; with `was_read` where it was some version.
void mark_papers(json::object& agenda, const Opened& opened);

}  // namespace witan::pages
