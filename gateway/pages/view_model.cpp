#include "gateway/pages/view_model.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

namespace witan::pages {

namespace {

/// One row in its place: what it says, and what stands inside it.
struct Node {
  json::object fields;
  std::map<std::string, Node, std::less<>> objects;
  std::map<std::string, std::map<std::string, Node, std::less<>>, std::less<>>
      lists;  ///< name → id → element
};

std::vector<std::string_view> segments(std::string_view key) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= key.size();) {
    const auto slash = std::min(key.find('/', from), key.size());
    parts.push_back(key.substr(from, slash - from));
    from = slash + 1;
  }
  return parts;
}

json::value without_numbers(const json::value& value) {
  switch (value.kind()) {
    case json::kind::int64:
      return json::value(fmt::format("{}", value.get_int64()));
    case json::kind::uint64:
      return json::value(fmt::format("{}", value.get_uint64()));
    case json::kind::double_:
      return json::value(fmt::format("{}", value.get_double()));
    case json::kind::array: {
      json::array list;
      for (const auto& element : value.get_array()) list.push_back(without_numbers(element));
      return list;
    }
    case json::kind::object: {
      json::object object;
      for (const auto& [name, member] : value.get_object()) object[name] = without_numbers(member);
      return object;
    }
    default:
      return value;
  }
}

json::object fields_of(std::string_view topic, std::string_view key, const json::value& value,
                       std::string_view person, std::string_view session) {
  json::object fields = without_numbers(value).as_object();
  std::string dom_id(key);
  std::replace(dom_id.begin(), dom_id.end(), '/', '-');
  const bool by_me = !person.empty() && string_at(fields, "by") == person;
  fields["key"] = key;
  fields["dom_id"] = std::move(dom_id);
  fields["topic"] = topic;
  fields["by_me"] = by_me;
  if (fields.contains("session")) fields["is_current"] = !session.empty() && string_at(fields, "session") == session;
  return fields;
}

/// The element that `parts` leads to, but for its last name; null when it is not there.
Node* parent_of(Node& root, const std::vector<std::string_view>& parts) {
  Node* node = &root;
  for (std::size_t i = 0; i + 2 < parts.size(); i += 2) {
    const auto list = node->lists.find(parts[i]);
    if (list == node->lists.end()) return nullptr;
    const auto element = list->second.find(parts[i + 1]);
    if (element == list->second.end()) return nullptr;
    node = &element->second;
  }
  return node;
}

void place(Node& root, std::string_view key, json::object fields) {
  const auto parts = segments(key);
  Node* parent = parent_of(root, parts);
  if (!parent) return;
  const std::string last(parts.back());
  if (parts.size() % 2 == 1) {
    parent->objects[last].fields = std::move(fields);
  } else {
    parent->lists[std::string(parts[parts.size() - 2])][last].fields = std::move(fields);
  }
}

json::object assemble(Node& node);

json::array sorted_list(std::map<std::string, Node, std::less<>>& by_id) {
  std::vector<Node*> nodes;
  for (auto& [id, node] : by_id) nodes.push_back(&node);
  const auto place_of = [](const Node* node) {
    return std::pair(string_at(node->fields, "sort"), string_at(node->fields, "key"));
  };
  std::sort(nodes.begin(), nodes.end(),
            [&](const Node* a, const Node* b) { return place_of(a) < place_of(b); });
  json::array list;
  for (Node* node : nodes) list.push_back(assemble(*node));
  return list;
}

json::object assemble(Node& node) {
  json::object model = std::move(node.fields);
  for (auto& [name, object] : node.objects) model[name] = assemble(object);
  for (auto& [name, by_id] : node.lists) model[name] = sorted_list(by_id);
  return model;
}

}  // namespace

json::object view_model(std::string_view topic, std::string_view audience, const Entities& entities,
                        std::string_view person, std::string_view session) {
  Node root;
  // In key order an element always comes before what stands inside it.
  for (const auto& [key, value] : entities) {
    if (value.is_object()) place(root, key, fields_of(topic, key, value, person, session));
  }
  root.fields["topic"] = topic;
  root.fields["audience"] = audience;
  // One reader may be an audience, `addressed/<person>`: of this kind are the flags.
  root.fields["is_" + std::string(audience.substr(0, audience.find('/')))] = true;
  return assemble(root);
}

Opened opened_in(const Entities& entities) {
  Opened opened;
  for (const auto& [key, row] : entities) {
    const auto* fields = row.if_object();
    const auto* version = fields ? fields->if_contains("version") : nullptr;
    if (version && version->is_int64()) opened[std::string(string_at(*fields, "paper"))] = version->get_int64();
  }
  return opened;
}

void mark_papers(json::object& agenda, const Opened& opened) {
  if (agenda.contains("is_public")) return;
  const auto each = [](json::object& in, std::string_view list, auto&& what) {
    auto* found = in.if_contains(list);
    if (!found || !found->is_array()) return;
    for (auto& one : found->get_array()) {
      if (one.is_object()) what(one.get_object());
    }
  };
  each(agenda, "agenda", [&](json::object& item) {
    each(item, "papers", [&](json::object& paper) {
      const auto newest = opened.find(string_at(paper, "paper"));
      const auto version = string_at(paper, "version");
      std::int64_t number = 0;
      std::from_chars(version.data(), version.data() + version.size(), number);
      const bool is_read = newest != opened.end() && newest->second >= number;
      paper[is_read ? "is_read" : "is_unread"] = true;
      if (newest != opened.end()) paper["was_read"] = true;
    });
  });
}

}  // namespace witan::pages
