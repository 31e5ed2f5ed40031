#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>

#include "gateway/pages/page_context.hpp"
#include "gateway/pages/renderer.hpp"
#include "shared/contract/codec.hpp"

// witan-render <templates> <fixture.json>: what the gateway makes of a page, as JSON {context, html}, for the
// test that renders the same context with the browser's engine. A fixture says what the gateway would know:
// the page, the caller, the topics' rows, and perhaps a refused form or a problem.

namespace witan::pages {
namespace {

json::object read(const char* file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return json::parse(text.str()).as_object();
}

auth::Caller caller_from(const json::object& fixture) {
  auth::Caller caller;
  const auto* given = object_at(fixture, "caller");
  if (!given) return caller;
  caller.actor.person = PersonId::from_trusted(std::string(string_at(*given, "person")));
  caller.name = string_at(*given, "name");
  caller.session = string_at(*given, "session");
  caller.csrf = "csrf-token";
  caller.needs_second_factor = given->contains("needs_second_factor");
  if (const auto office = string_at(*given, "office"); !office.empty()) {
    caller.actor.roles[std::string(k_everywhere)] = {codec::decode<Role>(json::value(office)).value()};
  }
  for (const auto& value : given->at("seats").as_array()) {
    const auto& seat = value.as_object();
    caller.seats.push_back({std::string(string_at(seat, "body")), std::string(string_at(seat, "body_name")),
                            codec::decode<Role>(seat.at("role")).value(),
                            std::string(string_at(seat, "title"))});
  }
  return caller;
}

std::vector<ShownTopic> topics_from(const json::object& fixture) {
  std::vector<ShownTopic> topics;
  for (const auto& value : fixture.at("topics").as_array()) {
    const auto& topic = value.as_object();
    std::map<std::string, json::value> entities;
    for (const auto& [key, entity] : topic.at("entities").as_object()) entities[std::string(key)] = entity;
    topics.push_back(
        {std::string(string_at(topic, "alias")),
         topic.contains("each"),
         {std::string(string_at(topic, "topic")), std::string(string_at(topic, "audience")), "epoch", 7,
          std::make_shared<const std::map<std::string, json::value>>(std::move(entities))}});
  }
  return topics;
}

FormPost post_from(const json::object& refusal) {
  FormPost post;
  post.form = string_at(refusal, "form");
  for (const auto& [name, text] : refusal.at("fields").as_object()) {
    post.fields.emplace_back(std::string(name), std::string(text.as_string()));
  }
  return post;
}

json::object context_of(const json::object& fixture) {
  const bool is_error_page = fixture.contains("problem");
  Page page;
  page.section = string_at(fixture, "section");
  PageFacts about;
  about.page = is_error_page ? nullptr : &page;
  about.path = string_at(fixture, "path");
  about.nonce = std::string(26, 'n');
  about.done = string_at(fixture, "done");
  about.is_demo = true;
  about.openid_name = string_at(fixture, "openid_name");
  about.contact = string_at(fixture, "contact");
  about.assets = {"/assets/main.js", "/assets/main.css"};
  for (const auto& [name, value] : fixture.at("params").as_object())
    about.params[std::string(name)] = value.as_string();
  const auto topics = topics_from(fixture);
  auto context = page_context(about, caller_from(fixture), topics);
  if (const auto* more = object_at(fixture, "more")) {
    for (const auto& [name, value] : *more) context[name] = value;
  }
  if (is_error_page) show_problem(context, from_problem(*object_at(fixture, "problem")), "trace");
  if (const auto* refusal = object_at(fixture, "refusal")) {
    show_refusal(context, post_from(*refusal), from_problem(*object_at(*refusal, "problem")), "trace");
  }
  finish(context, std::string(string_at(fixture, "title")), topics);
  return context;
}

}  // namespace
}  // namespace witan::pages

int main(int argc, char** argv) {
  using namespace witan;
  if (argc < 3) {
    std::fprintf(stderr, "usage: witan-render <templates> <fixture.json>…    prints a line of JSON for each\n");
    return 2;
  }
  pages::Renderer renderer(argv[1]);
  for (int each = 2; each < argc; ++each) {
    try {
      const auto fixture = pages::read(argv[each]);
      auto context = pages::context_of(fixture);
      auto html = renderer.render(string_at(fixture, "template"), context);
      const json::value result = {{"context", std::move(context)}, {"html", std::move(html)}};
      std::printf("%s\n", json::serialize(result).c_str());
    } catch (const std::exception& fault) {
      std::fprintf(stderr, "%s: %s\n", argv[each], fault.what());
      return 1;
    }
  }
  return 0;
}
