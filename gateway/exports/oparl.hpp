#pragma once

#include "gateway/exports/table.hpp"

/// What everybody may read, by the names of OParl 1.1 (https://schema.oparl.org/1.1/), below `/oparl/v1/`.
///
/// The site is one Body, and each of its bodies an Organization of it. A paper under an item is joined to it by a Consultation. There are
/// no objects of persons. `created` and `modified` are given where they are known: of meetings that changed their day or place, and of
/// papers and their files.
namespace witan::exports {

std::vector<Export> oparl_table();

}  // namespace witan::exports
