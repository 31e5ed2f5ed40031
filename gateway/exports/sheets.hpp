#pragma once

#include "gateway/exports/material.hpp"
#include "gateway/exports/sheet.hpp"

/// What the README says of the columns is said here once.
namespace witan::exports {

/// `rows`: of topic `meetings/<id>`.
Sheet agenda_sheet(const Rows& rows, const std::string& origin);
/// `rows`: of topic `minutes/<meeting>`. One row for each text, decision, action and correction.
Sheet minutes_sheet(const Rows& rows, const std::string& origin);
/// `everybodys`, `members`: of topics `decisions/<body>` and `body-decisions/<body>`, which may be empty; the latest first.
Sheet decisions_sheet(const Rows& body, const Rows& everybodys, const Rows& members, const std::string& origin);
/// `open`, `closed`: of topics `body-actions/<body>` and `closed-actions/<body>`; open ones first.
Sheet actions_sheet(const Rows& body, const Rows& open, const Rows& closed, const std::string& origin);

}  // namespace witan::exports
