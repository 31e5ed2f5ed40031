// witan-bench-carry [FOLDER [COMMENTS [BLOCKS]]]: a consultation with so many comments on a draft of so many blocks; a second draft is
// published, and its comments are carried over by the real rules on a file of their own, while others go on commenting. The same number of
// the smallest rows is written beside it. Prints one JSON object a line.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "services/consultations/app/consultations_service.hpp"
#include "services/consultations/domain/rows.hpp"
#include "shared/contract/directory.hpp"
#include "shared/service/outside.hpp"
#include "tests/bench/service.hpp"

namespace witan {
namespace {

namespace wire = contract::consultations;
namespace directory = contract::directory;
using bench::print;
using bench::seconds_since;
using bench::Service;
using bench::Steady;

constexpr int k_sections = 20;
constexpr std::chrono::milliseconds k_look_every{5};
constexpr std::chrono::minutes k_longest{2};

std::string words(int n) {
  static constexpr std::array k_words{"railway", "college", "harbour", "apprentices", "nuclear", "farms", "tourism", "villages", "broadband", "freight",
                                      "hospital", "energy",  "coast",   "businesses",  "schools", "homes", "forest",  "research", "exports",   "ferries"};
  std::string text;
  for (int i = 0; i < 7; ++i) text += std::string(k_words[static_cast<std::size_t>((n * 7 + i * i * 3 + n * i) % 20)]) + (i % 3 == 2 ? " in the " : " ");
  return text + "year " + std::to_string(1000 + n) + ".";
}

/// The second of two drafts has every tenth paragraph in other words, every twenty-fifth left out, and every fortieth at the end.
std::string draft(int blocks, bool is_second) {
  std::string text = "# A strategy\n\n", at_the_end;
  const int paragraphs = blocks - k_sections - 1;
  for (int n = 0; n < paragraphs; ++n) {
    if (n % (paragraphs / k_sections + 1) == 0) text += fmt::format("## Section on {}\n\n", words(n * 31).substr(0, 20));
    if (is_second && n % 25 == 24) continue;
    const auto paragraph = (is_second && n % 10 == 9 ? "We will see to it that " + words(n).substr(8) : words(n)) + "\n\n";
    (is_second && n % 40 == 39 ? at_the_end : text) += paragraph;
  }
  return text + at_the_end;
}

class Consultation {
 public:
  explicit Consultation(Service& service, int blocks) : service_(service) {
    officer_.person = PersonId::random();
    officer_.roles[body_.str()] = {Role::officer};
    reader_.person = PersonId::random();
    service_.hear(directory::BodyEstablishedNotice{body_, "Bench", directory::BodyKind::lep_board});
    service_.hear(directory::PersonRegisteredNotice{*reader_.person, "A reader", "An organisation"});
    id_ = ConsultationId::from_trusted(std::string(
        service_.run(officer_, wire::CreateConsultation{body_, {"A strategy"}, {"Here"}, {"What should it say?"}}).at("consultation").as_string()));
    service_.run(officer_, wire::PublishDraft{id_, {draft(blocks, false)}});
    service_.run(officer_, wire::OpenConsultation{id_, {"2099-12-31"}});
    for (const auto& [key, row] : rows("drafts/" + id_.str() + "/1", "block/")) {
      if (row.at("is_paragraph").as_bool()) paragraphs_.push_back(key.substr(key.find('/') + 1));
    }
  }

  void comment(int n) {
    service_.run(reader_, wire::AddComment{id_, {1}, {paragraphs_[static_cast<std::size_t>(n) % paragraphs_.size()]},
                                           {"This leaves out the villages west of the A595, where nobody can commute by train."}});
  }
  void publish(int blocks) { service_.run(officer_, wire::PublishDraft{id_, {draft(blocks, true)}}); }
  wire::LedgerView ledger() {
    std::optional<wire::LedgerView> found;
    service_.in_store([&](storage::Store& store) { found = service::StoreRows(store).row_as<wire::LedgerView>("drafts/" + id_.str() + "/2", "public", "ledger"); });
    return found.value();
  }
  std::int64_t shown() {
    std::int64_t count = 0;
    service_.in_store([&](storage::Store& store) {
      const service::StoreRows rows(store);
      for (const auto& [key, row] : rows.rows("drafts/" + id_.str() + "/2", "public", "block/")) count += row.at("comment_count").to_number<std::int64_t>();
    });
    return count;
  }

 private:
  std::vector<std::pair<std::string, json::value>> rows(const std::string& topic, const std::string& prefix) {
    std::vector<std::pair<std::string, json::value>> found;
    service_.in_store([&](storage::Store& store) { found = service::StoreRows(store).rows(topic, "public", prefix); });
    return found;
  }

  Service& service_;
  BodyId body_ = BodyId::random();
  Actor officer_, reader_;
  ConsultationId id_;
  std::vector<std::string> paragraphs_;
};

double percentile(std::vector<double> of, double share) {
  if (of.empty()) return 0;
  std::ranges::sort(of);
  return of[std::min(of.size() - 1, static_cast<std::size_t>(static_cast<double>(of.size()) * share))];
}

/// How long somebody waits who comments on the old draft meanwhile; each of these is carried as well.
std::vector<double> comment_until_done(Consultation& consultation, int& more) {
  std::vector<double> waits;
  const auto begun = Steady::now();
  while (Steady::now() - begun < k_longest && !consultation.ledger().is_done) {
    const auto start = Steady::now();
    if (more < 100) consultation.comment(more++);
    waits.push_back(seconds_since(start) * 1000);
    std::this_thread::sleep_for(k_look_every);
  }
  return waits;
}

/// The floor: as many rows as a carried comment has, written in groups of the same size, and nothing else.
void measure_floor(Service& service, int comments) {
  constexpr int k_rows = 6, k_group = 250;
  const std::string row(600, 'x');
  const auto start = Steady::now();
  for (int done = 0; done < comments; done += k_group) {
    service.apply([&](storage::Store& store, service::Engine&) {
      std::vector<storage::ViewWrite> changes;
      for (int n = 0; n < k_group * k_rows; ++n) changes.push_back({"floor/" + std::to_string(n % 50), "public", random_id_text(), '"' + row + '"'});
      store.views().apply(changes, 1);
      return std::vector<Change>();
    });
  }
  print("carry_floor_s", "s", seconds_since(start), fmt::format("{} rows of 600 bytes, in groups of {}", comments * k_rows, k_group * k_rows));
}

int run(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/witan-bench-" + random_id_text();
  const int comments = argc > 2 ? std::atoi(argv[2]) : 20'000, blocks = argc > 3 ? std::atoi(argv[3]) : 500;
  std::filesystem::create_directories(folder);
  const auto path = folder + "/consultations.sqlite";
  {
    Service service(consultations::definition({0, 0}), path);
    Consultation consultation(service, blocks);
    for (int n = 0; n < comments; ++n) consultation.comment(n);
    service::OutsideWorker worker(service.definition(), path, [&](auto work) { return service.apply(work); });
    int more = 0;
    const auto start = Steady::now();
    consultation.publish(blocks);
    const auto publishing = seconds_since(start);
    const auto waits = comment_until_done(consultation, more);
    const auto took = seconds_since(start);
    worker.stop();
    const auto ledger = consultation.ledger();
    const auto conditions = fmt::format("{}, on a draft of {} blocks", ledger.summary, blocks);
    print("carry_s", "s", took, conditions, "< 10");
    print("carry_publishing_ms", "ms", publishing * 1000, "the answer to whoever publishes the draft");
    print("carry_bystander_ms_p95", "ms", percentile(waits, 0.95), fmt::format("{} comments by others meanwhile", more));
    const auto unplaced = ledger.uncertain + ledger.orphaned;
    const auto lost = std::abs(comments + more - ledger.total) + std::abs(ledger.total - unplaced - consultation.shown()) + ledger.left;
    print("carry_lost_or_doubled", "", static_cast<double>(lost), conditions, "0");
    measure_floor(service, comments);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace witan

int main(int argc, char** argv) { return witan::bench::reporting(&witan::run, argc, argv); }
