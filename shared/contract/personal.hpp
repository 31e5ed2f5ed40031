#pragma once

#include <map>

#include "shared/contract/domain.hpp"

/// Which erasable texts are a person's, so that all of them can be shown to them, and erased at once. What is about
/// somebody, and what they wrote in their own name, is noted here when `present` first sees it.
namespace witan::domain {

/// What stands where a name, or words, have been erased: everywhere.
inline constexpr const char* k_name_removed = "Name removed";
inline constexpr const char* k_text_removed = "This text has been removed.";

void note_personal(const PersonId& person, const Erasable& text, Presenter& presenter);
/// One that nobody is shown, not even the person: a password's hash.
void note_secret(const PersonId& person, const Erasable& text, Presenter& presenter);
/// All that was ever noted; some of it may have been erased already.
std::vector<Erasable> personal_texts(const PersonId& person, const Rows& rows);
/// What is still there and no secret: text id → text.
std::map<std::string, std::string> personal_words(const PersonId& person, const Rows& rows);
/// Forgets which texts they were, once they are erased.
void drop_personal(const PersonId& person, Presenter& presenter);

}  // namespace witan::domain
