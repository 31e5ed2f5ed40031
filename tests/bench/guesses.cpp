// What somebody gets who guesses the addresses of papers: that there is nothing, whether there is or not, and within the same time.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tests/bench/load.hpp"

namespace witan::bench {

namespace {

constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyz234567";  // of ids, as in shared/base/ids.cpp
constexpr std::size_t k_id_letters = 26;
constexpr int k_clients = 64;
constexpr int k_rounds = 2000;
constexpr const char* k_equal = "< 0.05";  // ms
constexpr int k_told = 10;
constexpr std::int64_t k_between_words = 50'000;
constexpr std::int64_t k_far = 1'000'000'000;  // steps from an id, beyond all guesses

/// An address at which a paper has something to read.
struct Way {
  std::string name, before, after;
  bool is_for_everybody = false;  ///< It has only what everybody may read, whoever asks.
  std::string to(const std::string& id) const { return before + id + after; }
};
const std::vector<Way> k_ways = {{"file", "/papers/", "/file/1"},
                                 {"page", "/papers/", ""},
                                 {"text", "/papers/", "/read/1"},
                                 {"oparl", "/oparl/v1/papers/", "/file", true},
                                 {"view", "/api/v1/views/papers/", ""}};

/// A meeting that everybody sees, with a paper that everybody reads, and one that only staff may read for a long time.
struct Agenda {
  std::string meeting, open, embargoed;
};
const std::string k_title = "Budget forecast June 2018", k_slug = "budget-forecast-june-2018";

/// The id that is `steps` after it, or before it.
std::string neighbour(std::string id, std::int64_t steps) {
  const auto base = std::ssize(k_letters);
  for (auto letter = id.rbegin(); letter != id.rend() && steps != 0; ++letter) {
    const auto sum = static_cast<std::int64_t>(k_letters.find(*letter)) + steps;
    const auto digit = (sum % base + base) % base;
    *letter = k_letters[static_cast<std::size_t>(digit)];
    steps = (sum - digit) / base;
  }
  return id;
}

/// By turns on both sides of both papers, and at each address: all those nearest come first.
std::string near_guess(const Agenda& agenda, std::int64_t number) {
  const auto steps = number / 4 + 1;
  const auto& way = k_ways[static_cast<std::size_t>(steps) % k_ways.size()];
  return way.to(neighbour(number % 2 == 0 ? agenda.open : agenda.embargoed, number / 2 % 2 == 0 ? steps : -steps));
}

/// Where papers stand elsewhere, and might have stood here; and all versions that the embargoed one may have.
std::vector<std::string> guesses_of_names(const Agenda& agenda) {
  const auto own = "/papers/" + agenda.embargoed + "/", of_meeting = "/meetings/" + agenda.meeting + "/";
  const std::vector<std::string> folders = {
      "/", "/papers/", "/paper/", "/files/", "/file/", "/assets/", "/assets/papers/", "/static/", "/static/papers/", "/uploads/", "/upload/", "/documents/", "/docs/",
      "/downloads/", "/download/", "/media/", "/public/", "/data/", "/archive/", "/attachments/", "/publications/", "/resources/", "/content/", "/wp-content/uploads/",
      "/wp-content/uploads/2018/06/", "/sites/default/files/", "/sites/default/files/2018-06/", "/government/uploads/system/uploads/attachment_data/file/1/",
      "/2018/06/", "/2018/", "/agendas/", "/meetings/2018-06/", "/api/papers/", "/api/v1/papers/", "/api/v1/files/", "/oparl/v1/files/",
      of_meeting, of_meeting + "papers/", of_meeting + "files/", of_meeting + "documents/", own, own + "file/", own + "read/", own + "files/", own + "versions/"};
  const std::vector<std::string> names = {
      "paper", "paper.pdf", "paper.md", "paper.docx", "paper1.pdf", "paper-1.pdf", "Paper%201.pdf", "agenda.pdf", "agenda-papers.pdf", "minutes.pdf", "papers.pdf",
      "papers.zip", "report.pdf", "draft.pdf", "final.pdf", "forecast.pdf", "2018-06.pdf", "2018-06-19.pdf", "june-2018.pdf", "0618.pdf", "1.pdf", "01.pdf", "1.01.pdf",
      k_slug, k_slug + ".pdf", k_slug + ".md", k_slug + ".docx", k_slug + "-v1.pdf", k_slug + "-v2.pdf", k_slug + "-final.pdf", k_slug + "-draft.pdf",
      "Budget%20forecast%20June%202018.pdf", "Budget_forecast_June_2018.pdf", "Budget-forecast-June-2018.pdf", "Budget-forecast-June-2018.md", "BudgetForecastJune2018.pdf",
      "01.01%20Budget%20forecast%20June%202018.pdf", agenda.embargoed + ".pdf", agenda.embargoed + ".md", agenda.embargoed + "-1.pdf", agenda.embargoed + "/paper.pdf",
      agenda.meeting + ".pdf", agenda.meeting + "/" + agenda.embargoed + ".pdf"};
  std::vector<std::string> guesses;
  for (const auto& folder : folders) {
    for (const auto& name : names) guesses.push_back(folder + name);
  }
  for (int version = 0; version <= 1000; ++version) {
    for (const auto* what : {"file/", "read/"}) guesses.push_back(own + what + std::to_string(version));
  }
  return guesses;
}

/// What was asked for, and how often the answer was another than that nothing is there.
struct Guessed {
  Clock::time_point begun = Clock::now();
  std::int64_t tries = 0, others = 0;

  void take(const std::string& path, int status) {
    ++tries;
    // Whoever is not signed in may hand in nothing, and is told so at each of these addresses.
    const bool is_nothing = status == 404 || (status == 401 && path.starts_with("/uploads/"));
    if (!is_nothing && ++others <= k_told) std::fprintf(stderr, "witan-load: %s answered %d\n", path.c_str(), status);
  }
};

net::awaitable<Guessed> ask_all(Load& load, std::string cookie, std::int64_t count, std::function<std::string(std::int64_t)> path) {
  Guessed guessed;
  std::int64_t next = 0;
  int running = k_clients;
  net::steady_timer finished(load.loop, Clock::time_point::max());
  std::exception_ptr failure;
  for (int c = 0; c < k_clients; ++c) {
    net::co_spawn(
        load.loop,
        [&]() -> net::awaitable<void> {
          WebClient client(load.loop.get_executor(), load.server, cookie);
          while (next < count && !failure) {
            const auto number = next++;
            if (number % k_between_words == 0 && number > 0) std::fprintf(stderr, "witan-load: guess %lld of %lld\n", static_cast<long long>(number), static_cast<long long>(count));
            const auto guess = path(number);
            guessed.take(guess, (co_await client.get(guess)).status);
          }
        },
        [&](std::exception_ptr failed) {
          if (failed) failure = failed;
          if (--running == 0) finished.cancel();
        });
  }
  boost::system::error_code cancelled;
  co_await finished.async_wait(net::redirect_error(net::use_awaitable, cancelled));
  if (failure) std::rethrow_exception(failure);
  co_return guessed;
}

/// What is the same in the answers to two requests for one thing: all but ids, such as the request's own.
std::string without_ids(const std::string& text) {
  std::string rest;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_not_of(k_letters, at), text.size());
    if (end - at < k_id_letters) rest.append(text, at, end - at + 1);
    at = end + 1;
  }
  return rest;
}

/// Whether time or words tell at this address that there is a paper: it is asked for by turns, in an order that is drawn, with ids that nothing has, each
/// of them once or one of them again and again. Returns how often the words were others.
net::awaitable<int> compare(Load& load, Way way, std::string paper) {
  enum Kind { forbidden, absent, absent_again };
  std::array<std::vector<double>, 3> taken;
  std::array<std::string, 3> words;
  std::array<Kind, 3> order = {forbidden, absent, absent_again};
  std::mt19937 random{std::random_device()()};
  WebClient client(load.loop.get_executor(), load.server, "");
  int told_apart = 0;
  for (int round = 0; round < k_rounds; ++round) {
    std::ranges::shuffle(order, random);
    for (const auto kind : order) {
      const auto path = way.to(kind == forbidden ? paper : neighbour(paper, kind == absent ? k_far + round : -k_far));
      const auto asked = Clock::now();
      const auto answer = co_await client.get(path);
      taken[kind].push_back(ms_since(asked));
      words[kind] = std::to_string(answer.status) + without_ids(answer.text);
    }
    if (words[forbidden] != words[absent] || words[forbidden] != words[absent_again]) ++told_apart;
  }
  const Percentiles of_forbidden(taken[forbidden]), of_absent(taken[absent]), of_absent_again(taken[absent_again]);
  const auto figure = "guess_" + way.name + "_ms_", conditions = way.to("<id>") + ", a visitor on one connection, " + std::to_string(k_rounds) + " of each";
  const auto apart_from = [&](const Percentiles& other) { return std::abs(of_forbidden.at(0.5) - other.at(0.5)); };
  report(figure + "p50_forbidden", "ms", of_forbidden.at(0.5), conditions);
  report(figure + "p95_forbidden", "ms", of_forbidden.at(0.95), conditions);
  report(figure + "p50_absent", "ms", of_absent.at(0.5), conditions + ", another id each time");
  report(figure + "p95_absent", "ms", of_absent.at(0.95), conditions + ", another id each time");
  report(figure + "difference", "ms", apart_from(of_absent), conditions + ", of the medians, another id each time", k_equal);
  report(figure + "difference_again", "ms", apart_from(of_absent_again), conditions + ", of the medians, one id again and again", k_equal);
  co_return told_apart;
}

}  // namespace

net::awaitable<void> Load::guesses(std::int64_t count) {
  WebClient client(loop.get_executor(), server, cookie);
  const auto made = co_await command(client, "meetings.schedule_meeting",
                                     {{"body", body}, {"title", "Papers to guess at"}, {"date", "2030-01-15"}, {"starts", "10:00"}, {"ends", "12:00"}, {"place", "Nowhere"}});
  Agenda agenda{text_of(made, "meeting"), {}, {}};
  const auto item = text_of(co_await command(client, "meetings.add_agenda_item", {{"meeting", agenda.meeting}, {"title", "The budget"}, {"kind", "note"}, {"minutes", 10}}), "item");
  const auto add = [&](std::string title, json::object more) -> net::awaitable<std::string> {
    more["upload"] = co_await hand_in(client, agenda.meeting, "# " + title + "\n\nNothing is known yet.\n", "paper.md");
    more["meeting"] = agenda.meeting, more["item"] = item, more["title"] = title;
    co_return text_of(co_await command(client, "meetings.add_paper", std::move(more)), "paper");
  };
  agenda.open = co_await add("Budget forecast May 2018", {});
  agenda.embargoed = co_await add(k_title, {{"not_before", "2099-12-31"}, {"late_reason", "It is still worked on."}});
  const auto for_members = co_await add("What members think", {{"circulation", "members"}});
  co_await command(client, "meetings.publish_agenda", {{"meeting", agenda.meeting}});

  const auto must_be = [](WebClient& reader, std::string path, int status) -> net::awaitable<void> {
    const auto answer = co_await reader.get(path);
    if (answer.status != status) throw std::runtime_error(path + " answered " + std::to_string(answer.status));
  };
  const auto member_cookie = co_await cookie_of("member, Council of LEP Chairs");
  WebClient visitor(loop.get_executor(), server, ""), member(loop.get_executor(), server, member_cookie);
  for (const auto& way : k_ways) {  // or there would be nothing to find
    co_await must_be(visitor, way.to(agenda.open), 200);
    co_await must_be(visitor, way.to(for_members), 404);
    if (way.is_for_everybody) continue;
    co_await must_be(member, way.to(for_members), 200);
    co_await must_be(client, way.to(agenda.embargoed), 200);
  }
  const auto names = guesses_of_names(agenda);
  struct Guesser {
    std::string name, cookie;
    std::int64_t ids;
  };
  for (const auto& who : std::vector<Guesser>{{"visitor", "", count}, {"member", member_cookie, count / 10}}) {
    const auto of_names = co_await ask_all(*this, who.cookie, std::ssize(names), [&](std::int64_t number) { return names[static_cast<std::size_t>(number)]; });
    const auto of_ids = co_await ask_all(*this, who.cookie, who.ids, [&](std::int64_t number) { return near_guess(agenda, number); });
    const double rate = static_cast<double>(of_ids.tries) / (ms_since(of_ids.begun) / 1000);
    const auto tried = std::to_string(of_ids.tries) + " ids beside those of papers, " + std::to_string(of_names.tries) + " names";
    report("guesses_not_404_" + who.name, "", static_cast<double>(of_names.others + of_ids.others), "a " + who.name + ", " + tried, "= 0");
    report("guesses_per_s_" + who.name, "1/s", rate, "a " + who.name + ", " + std::to_string(k_clients) + " connections, ids");
  }
  int told_apart = 0;
  for (const auto& way : k_ways) told_apart += co_await compare(*this, way, agenda.embargoed);
  report("guesses_told_apart", "", told_apart, "a paper and an id that nothing has, whose answers differ in more than ids", "= 0");
}

}  // namespace witan::bench
