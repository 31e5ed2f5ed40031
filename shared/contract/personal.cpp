#include "shared/contract/personal.hpp"

namespace witan::domain {

namespace {

constexpr std::string_view k_index = "index/personal";

/// `index/personal`, key `<person>/<text>`.
struct PersonalRow {
  Erasable text;
  bool is_secret = false;
};
BOOST_DESCRIBE_STRUCT(PersonalRow, (), (text, is_secret))

std::string prefix_of(const PersonId& person) { return person.str() + "/"; }

void note(const PersonId& person, const PersonalRow& row, Presenter& presenter) {
  presenter.put_private(std::string(k_index), prefix_of(person) + row.text.text_id, codec::encode(row));
}

std::vector<PersonalRow> rows_of(const PersonId& person, const Rows& rows) {
  std::vector<PersonalRow> found;
  for (const auto& [key, value] : rows.rows(k_index, k_private_audience, prefix_of(person))) {
    if (auto row = codec::decode<PersonalRow>(value)) found.push_back(std::move(*row));
  }
  return found;
}

}  // namespace

void note_personal(const PersonId& person, const Erasable& text, Presenter& presenter) { note(person, {text, false}, presenter); }
void note_secret(const PersonId& person, const Erasable& text, Presenter& presenter) { note(person, {text, true}, presenter); }

std::vector<Erasable> personal_texts(const PersonId& person, const Rows& rows) {
  std::vector<Erasable> texts;
  for (auto& row : rows_of(person, rows)) texts.push_back(std::move(row.text));
  return texts;
}

std::map<std::string, std::string> personal_words(const PersonId& person, const Rows& rows) {
  std::map<std::string, std::string> words;
  for (const auto& row : rows_of(person, rows)) {
    if (row.is_secret) continue;
    if (auto text = rows.text(row.text)) words[row.text.text_id] = std::move(*text);
  }
  return words;
}

void drop_personal(const PersonId& person, Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_index, k_private_audience, prefix_of(person))) {
    presenter.drop(std::string(k_index), std::string(k_private_audience), key);
  }
}

}  // namespace witan::domain
