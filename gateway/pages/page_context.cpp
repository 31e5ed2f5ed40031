#include "gateway/pages/page_context.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "gateway/pages/view_model.hpp"
#include "shared/base/ids.hpp"
#include "shared/contract/codec.hpp"

namespace witan::pages {

namespace {

json::object page_object(const PageFacts& facts, const auth::Caller& caller) {
  json::object page;
  page["path"] = facts.path;
  page["nonce"] = facts.nonce;
  page["csrf"] = caller.csrf;
  page["done"] = facts.done;
  page["others_later"] = facts.others_later;
  page["is_demo"] = facts.is_demo;
  page["openid_name"] = facts.openid_name;
  page["contact"] = facts.contact;
  page["is_error"] = facts.page == nullptr;
  page["return_to"] = facts.return_to;
  const std::string& after = facts.return_to.empty() ? facts.path : facts.return_to;
  page["sign_in_href"] = "/sign-in?return_to=" + http::percent_encode(after);
  const auto whose = facts.params.find("person");
  page["is_own"] = caller.actor.person && whose != facts.params.end() && whose->second == caller.actor.person->str();
  if (facts.page && !facts.page->section.empty()) page["section_" + facts.page->section] = true;
  return page;
}

json::object actor_object(const auth::Caller& caller) {
  json::array seats;
  for (const auto& seat : caller.seats) {
    const auto role = codec::name_of(seat.role);
    seats.push_back({{"body", seat.body},
                     {"body_name", seat.body_name},
                     {"role", role},
                     {"title", seat.title},
                     {"is_" + role, true}});
  }
  return {{"signed_in", caller.actor.signed_in()},
          {"name", caller.name},
          {"person", caller.actor.person ? caller.actor.person->str() : std::string()},
          {"session", caller.session},
          {"is_administrator", caller.actor.is_administrator()},
          {"is_auditor", caller.actor.is_auditor()},
          {"may_audit", caller.actor.may_audit()},
          {"needs_second_factor", caller.needs_second_factor},
          {"seats", std::move(seats)}};
}

json::object topics_object(const auth::Caller& caller, const std::vector<ShownTopic>& topics) {
  const std::string person = caller.actor.person ? caller.actor.person->str() : std::string();
  const auto reading = std::ranges::find(topics, "reading", &ShownTopic::alias);
  const bool is_told = reading != topics.end();  // while nobody can say it, nothing is said
  const auto opened = is_told ? opened_in(*reading->view.entities) : Opened();
  json::object models;
  for (const auto& shown : topics) {
    auto model = view_model(shown.view.topic, shown.view.audience, *shown.view.entities, person, caller.session);
    // Of auditors nothing is kept, so they would be told for ever that they have opened nothing.
    if (is_told && shown.view.topic.starts_with("meetings/") && !person.empty() && !caller.actor.is_auditor()) mark_papers(model, opened);
    if (!shown.is_each_body) {
      models[shown.alias] = std::move(model);
      continue;
    }
    if (!models.contains(shown.alias)) models[shown.alias] = json::array();
    models[shown.alias].as_array().push_back(std::move(model));
  }
  return models;
}

json::object params_object(const Params& params) {
  json::object object;
  for (const auto& [name, value] : params) object[name] = value;
  return object;
}

json::object live_topic(const ShownTopic& shown) {
  json::object entities;
  for (const auto& [key, value] : *shown.view.entities) entities[key] = value;
  return {{"alias", shown.alias},           {"each", shown.is_each_body},
          {"topic", shown.view.topic},      {"audience", shown.view.audience},
          {"epoch", shown.view.epoch},      {"version", shown.view.version},
          {"entities", std::move(entities)}};
}

/// Nothing inside a script element can end it when there is no `<`.
std::string for_script(const json::value& value) {
  std::string safe;
  for (char c : json::serialize(value)) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

bool is_password(std::string_view name) { return name.find("password") != std::string_view::npos; }

/// What must stand in no page but the very form that it was sent with.
bool is_secret(std::string_view name) {
  return is_password(name) || name.starts_with("secret_") || name == "code" || name == "present_code" || name == "ticket" || name == "token";
}

bool has_password(const FormPost& post) {
  return std::any_of(post.fields.begin(), post.fields.end(), [](const auto& field) { return is_password(field.first); });
}

std::string safety_of(const Rejection& rejection, const FormPost& post) {
  const auto code = rejection.code;
  if (post.fields.empty() && !is_outcome_unknown(rejection)) return "Nothing was changed.";
  const bool is_sign_in = post.form == "sign-in" || post.form == "sign-in-code";
  if (code == ErrorCode::forbidden && is_sign_in) return "You are not signed in.";  // nor would entering anything again help
  if (code == ErrorCode::sign_in_failed) return "Nothing was changed. Your e-mail address is still in the form.";
  if (post.form == "sign-in-code") {  // the code is never written into a page either
    return is_outcome_unknown(rejection) ? "It is not certain that you were signed in. Enter a new code: one that was used does not work again."
                                    : "You are not signed in yet.";
  }
  if (has_password(post)) {  // which is never written into a page
    return is_outcome_unknown(rejection) ? "It is not certain that this was done. Enter your password again, and a new code where one is asked for, and send the form: it will not be done twice."
                                    : "Nothing was changed. Enter your password again.";
  }
  if (is_outcome_unknown(rejection)) {
    return "It is not certain that this was saved. Everything you typed is still in the form: sending it "
           "again is safe, "
           "and it will not be saved twice.";
  }
  return "Nothing was changed. Everything you typed is still in the form.";
}

std::string detail_of(const Rejection& rejection) {
  return rejection.detail.empty() ? std::string(info(rejection.code).title) + "." : rejection.detail;
}

/// `/title` → `title`; of a deeper pointer the first part, which is the field in the form.
std::string field_of(std::string_view pointer) {
  if (pointer.starts_with('/')) pointer.remove_prefix(1);
  return std::string(pointer.substr(0, pointer.find('/')));
}

bool is_option_like(std::string_view text) {
  constexpr std::string_view k_word = "abcdefghijklmnopqrstuvwxyz0123456789_-";
  return !text.empty() && text.size() <= 40 && text.find_first_not_of(k_word) == std::string_view::npos;
}

/// What was typed, without passwords.
json::object typed(const FormPost& post) {
  json::object texts;
  for (const auto& [name, text] : post.fields) {
    if (is_password(name)) continue;
    if (is_option_like(text)) texts[name + "_" + text] = true;
  }
  for (const auto& [name, text] : post.fields) {
    if (!is_password(name)) texts[name] = text;
  }
  for (const auto& [name, text] : post.kept) texts[name] = text;
  return texts;
}

/// `closing_time` → `Closing time`: a field's name as words.
std::string label_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

json::object texts_by_field(const Rejection& rejection) {
  json::object texts;
  for (const auto& error : rejection.errors) {
    const auto field = field_of(error.pointer);
    if (!field.empty() && !texts.contains(field)) texts[field] = error.detail;
  }
  return texts;
}

json::array error_summary(const std::string& form, const Rejection& rejection) {
  json::array summary;
  for (const auto& error : rejection.errors) {
    const auto field = field_of(error.pointer);
    const auto text = error.detail.empty() ? std::string(info(error.code).title) + "." : error.detail;
    summary.push_back(
        {{"text", text}, {"href", field.empty() ? std::string() : fmt::format("#{}-{}", form, field)}});
  }
  if (summary.empty()) summary.push_back({{"text", detail_of(rejection)}, {"href", ""}});
  return summary;
}

struct FailedForm {
  std::string form;
  json::object posted;
  json::object field_errors;
  std::set<std::pair<std::string, std::string>> chosen;  ///< Each field with each of its values: of a list of choices there are several.
};

/// In a list of choices named as a field, those that were posted: `is_posted`.
void mark_choices(json::object& element, const FailedForm& failed) {
  for (auto& member : element) {
    auto* choices = member.value().if_array();
    if (!choices) continue;
    for (auto& choice : *choices) {
      auto* object = choice.if_object();
      if (!object) continue;
      const bool is_posted = std::ranges::any_of(*object, [&](const auto& one) {
        return one.value().is_string() && failed.chosen.contains({std::string(member.key()), std::string(one.value().get_string())});
      });
      if (is_posted) (*object)["is_posted"] = true;
    }
  }
}

/// The name that a form has inside the element `id`: `comment` for `comment-b12` in `b12`; empty for other
/// elements.
std::string_view name_inside(std::string_view form, std::string_view id) {
  if (id.empty() || form.size() < id.size() + 2 || !form.ends_with(id)) return {};
  form.remove_suffix(id.size());
  if (!form.ends_with('-')) return {};
  return form.substr(0, form.size() - 1);
}

void mark_element(json::object& element, const FailedForm& failed) {
  auto id = string_at(element, "key");
  if (id.empty()) id = string_at(element, "body");
  const auto name = name_inside(failed.form, id.substr(id.rfind('/') + 1));
  if (name.empty()) return;
  mark_choices(element, failed);
  element["failed_" + std::string(name)] = true;
  element["posted"] = json::object{{name, failed.posted}};
  element["field_errors"] = json::object{{name, failed.field_errors}};
}

void mark_elements(json::value& value, const FailedForm& failed) {
  if (auto* list = value.if_array()) {
    for (auto& element : *list) mark_elements(element, failed);
  } else if (auto* object = value.if_object()) {
    for (auto& member : *object) mark_elements(member.value(), failed);
    mark_element(*object, failed);
  }
}

}  // namespace

Assets assets_from(std::string_view manifest_text) {
  boost::system::error_code fault;
  const auto manifest = json::parse(json::string_view(manifest_text.data(), manifest_text.size()), fault);
  if (fault || !manifest.is_object()) throw std::runtime_error("The assets' manifest is not a JSON object.");
  Assets assets;
  for (const auto& member : manifest.get_object()) {
    const auto* chunk = member.value().if_object();
    if (!chunk || !chunk->contains("isEntry")) continue;
    const auto file = "/" + std::string(string_at(*chunk, "file"));
    (file.ends_with(".css") ? assets.css : assets.js) = file;
    const auto* css = chunk->if_contains("css");
    if (css && css->is_array() && !css->get_array().empty() && css->get_array()[0].is_string()) {
      assets.css = "/" + std::string(css->get_array()[0].get_string());
    }
  }
  return assets;
}

json::object page_context(const PageFacts& facts, const auth::Caller& caller,
                          const std::vector<ShownTopic>& topics) {
  return {{"page", page_object(facts, caller)},
          {"actor", actor_object(caller)},
          {"topics", topics_object(caller, topics)},
          {"params", params_object(facts.params)},
          {"assets", {{"js", facts.assets.js}, {"css", facts.assets.css}}},
          {"has_errors", false},
          {"errors", json::array()},
          {"posted", json::object()},
          {"field_errors", json::object()}};
}

void finish(json::object& context, std::string title, const std::vector<ShownTopic>& topics) {
  context["page"].as_object()["title"] = std::move(title);
  json::array live_topics;
  for (const auto& shown : topics) live_topics.push_back(live_topic(shown));
  context["live_state"] = for_script({{"topics", std::move(live_topics)},
                                      {"page", context["page"]},
                                      {"actor", context["actor"]},
                                      {"params", context["params"]}});
}

void show_problem(json::object& context, const Rejection& rejection, std::string_view trace) {
  const auto& about = info(rejection.code);
  context["problem"] = {
      {"status", std::to_string(about.status)},  {"code", about.name},           {"title", about.title},
      {"detail", detail_of(rejection)},          {"may_retry", about.may_retry}, {"trace", trace},
      {fmt::format("is_{}", about.status), true},  {fmt::format("is_{}", about.name), true}};
  if (!rejection.detail.empty()) context["problem"].as_object()["why"] = rejection.detail;
}

void show_typed(json::object& context, const FormPost& post, const Rejection& rejection) {
  json::array texts;
  auto all = post.fields;
  all.insert(all.end(), post.kept.begin(), post.kept.end());
  for (const auto& [name, text] : all) {
    const bool is_typed = !text.empty() && !is_id_text(text) && !is_secret(name);
    if (is_typed) texts.push_back({{"id", fmt::format("typed-{}", texts.size())}, {"name", label_of(name)}, {"text", text}});
  }
  auto& problem = context["problem"].as_object();
  problem["was_form"] = true;
  problem["safe"] = is_outcome_unknown(rejection) ? "It is not certain that this was saved." : "Nothing was changed.";
  problem["has_typed"] = !texts.empty();
  problem["typed"] = std::move(texts);
}

void show_refusal(json::object& context, const FormPost& post, const Rejection& rejection,
                  std::string_view trace) {
  show_problem(context, rejection, trace);
  context["problem"].as_object()["safe"] = safety_of(rejection, post);
  context["has_errors"] = true;
  context["errors"] = error_summary(post.form, rejection);
  FailedForm failed{post.form, typed(post), texts_by_field(rejection), {post.fields.begin(), post.fields.end()}};
  context["posted"] = json::object{{post.form, failed.posted}};
  context["field_errors"] = json::object{{post.form, failed.field_errors}};
  if (post.form.empty()) return;
  mark_elements(context["topics"], failed);
  mark_elements(context["actor"], failed);
}

bool is_outcome_unknown(const Rejection& rejection) {
  const auto code = rejection.code;
  // A fault with a name was found before anything was done.
  const bool is_explained = rejection.extra.contains("fault");
  return !is_explained && (code == ErrorCode::unavailable || code == ErrorCode::deadline_exceeded || code == ErrorCode::internal);
}

}  // namespace witan::pages
