#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/replay/replay.hpp"
#include "shared/contract/personal.hpp"

/// What people see of a meeting that is over, moment by moment.
namespace witan::meetings {

namespace {

using enum MomentKind;
using wire::ReplayGroup;
using wire::ReplayMoment;
using Moments = std::vector<Moment>;

constexpr std::array<std::string_view, 3> k_audiences{"staff", "member", "public"};
/// With the contents beside it, a page stays well within its snapshot's 256 kB.
constexpr std::size_t k_page_moments = 100;
constexpr std::size_t k_page_bytes = 64 * 1024;

enum class List { votes, speakers, declarations, papers, only_all };
struct ListName {
  List list;
  std::string_view name, label;
};
constexpr std::array<ListName, 5> k_lists{{{List::only_all, "all", "Everything"},
                                           {List::votes, "votes", "Decisions and votes"},
                                           {List::speakers, "speakers", "Speakers"},
                                           {List::declarations, "declarations", "Declarations"},
                                           {List::papers, "papers", "Papers"}}};

List list_of(MomentKind kind) {
  switch (kind) {
    case floor_given: case turn_ended: return List::speakers;
    case declared: case withdrew: case came_back: return List::declarations;
    case motion_moved: case motion_seconded: case motion_withdrawn: case vote_opened: case vote_closed: case vote_cancelled: return List::votes;
    case paper_added: case paper_replaced: case paper_withdrawn: return List::papers;
    default: return List::only_all;
  }
}

std::string long_in_words(std::chrono::seconds length) {
  const auto hours = length.count() / 3600;
  const auto rest = length % std::chrono::hours(1);
  if (hours == 0) return length_in_words(rest);
  return rest.count() == 0 ? fmt::format("{} h", hours) : fmt::format("{} h {}", hours, length_in_words(rest));
}

/// Moments as they come, with where they belong.
struct Told {
  ReplayMoment moment;
  std::string heading;
  std::optional<AgendaItemId> item;
  List list = List::only_all;
  bool is_first_visit = false;
};

/// Tells moments to one audience, out of the rows that it has.
class Teller {
 public:
  Teller(const MeetingId& meeting, const ReplayHead& head, std::string_view audience, const domain::Rows& rows)
      : meeting_(meeting), head_(head), audience_(audience), rows_(rows), base_("/meetings/" + meeting.str()) {
    read("meetings/", "agenda/", items_), read("room/", "declaration/", declarations_), read("votes/", "motion/", motions_), read("votes/", "vote/", votes_);
    minutes_ = rows.row_as<wire::MinutesView>("minutes/" + meeting.str(), audience, "minutes");
    for (const auto& [key, value] : rows.rows("minutes/" + meeting.str(), audience, "item/")) {
      const auto parted = key.find("/decision/");
      if (parted == std::string::npos) continue;
      if (auto decision = codec::decode<wire::MinutesDecisionView>(value)) decisions_[key.substr(5, parted - 5)].push_back(std::move(*decision));
    }
  }

  std::vector<Told> tell(const Moments& moments) {
    for (const auto& moment : moments) {
      if (moment.kind == came_to || moment.kind == began) ++visits_left_[moment.item->str()];
      if (moment.kind == declared && moment.number) last_declared_[*moment.number] = &moment;
    }
    for (const auto& moment : moments) tell(moment);
    return std::move(told_);
  }
  bool has_minutes() const { return minutes_.has_value(); }
  bool is_item_there(const AgendaItemId& item) const { return items_.contains(item.str()); }

 private:
  template <class View>
  void read(const std::string& topic, const std::string& prefix, std::map<std::string, View>& views) const {
    for (const auto& [key, value] : rows_.rows(topic + meeting_.str(), audience_, prefix)) {
      if (auto view = codec::decode<View>(value)) views.emplace(key.substr(prefix.size()), std::move(*view));
    }
  }
  template <class View>
  static const View* find(const std::map<std::string, View>& views, const std::string& key) {
    const auto found = views.find(key);
    return found == views.end() ? nullptr : &found->second;
  }

  void tell(const Moment& moment) {
    switch (moment.kind) {
      case began: case came_to: case paused: case resumed: case closed: return tell_course(moment);
      case floor_given: case turn_ended: return tell_turn(moment);
      case declared: case withdrew: case came_back: return tell_declaration(moment);
      case motion_moved: case motion_seconded: case motion_withdrawn: return tell_motion(moment);
      case vote_opened: case vote_closed: case vote_cancelled: return tell_vote(moment);
      case counted: return tell_count(moment);
      case paper_added: case paper_replaced: case paper_withdrawn: return tell_paper(moment);
      case minutes_circulated: case minutes_approved: return tell_minutes(moment);
    }
  }

  void tell_course(const Moment& moment) {
    if (moment.kind == paused || moment.kind == resumed) {
      is_paused_ = moment.kind == paused;
      return add(moment, is_paused_ ? "The meeting was paused" : "The meeting went on");
    }
    leave_item(moment);
    if (moment.kind == closed) {
      add(moment, "The meeting was closed");
      now_.reset();
      is_over_ = true;
      for (const auto& [item, left] : decisions_) tell_decisions(AgendaItemId::from_trusted(item), moment);  // of items that it never came to
      return;
    }
    now_ = moment.item;
    --visits_left_[now_->str()];
    const bool is_first = visited_.insert(now_->str()).second;
    add(moment, moment.kind == began ? "The meeting began, at " + words_for_item(*now_) : "Went to " + words_for_item(*now_));
    told_.back().is_first_visit = is_first;
  }

  /// Decisions stand where the meeting left their item for good: when the secretary wrote them down is nobody else's business.
  void leave_item(const Moment& moment) {
    speaker_.clear();
    is_paused_ = false;
    if (now_ && visits_left_[now_->str()] == 0) tell_decisions(*now_, moment);
  }
  void tell_decisions(const AgendaItemId& item, const Moment& moment) {
    const auto found = decisions_.find(item.str());
    if (found == decisions_.end()) return;
    auto& decisions = found->second;
    std::ranges::sort(decisions, {}, &wire::MinutesDecisionView::sort);
    for (const auto& decision : decisions) {
      add(moment, fmt::format("Decision {}", decision.decision_number), decision.decided, fmt::format("{}/minutes#item-{}", base_, item.str()));
      told_.back().list = List::votes;
    }
    decisions.clear();
  }

  void tell_turn(const Moment& moment) {
    if (is_behind_doors() || was_behind_doors(moment) || !item_shown(*moment.item)) return;
    if (moment.kind == floor_given) {
      speaker_ = fmt::format("{}, {}", rows_.text(*moment.name).value_or(domain::k_name_removed), moment.about.value_or(""));
      return add(moment, speaker_ + ", had the floor");
    }
    const auto speaker = std::exchange(speaker_, {});
    if (!speaker.empty()) add(moment, fmt::format("{}, finished after {}", speaker, long_in_words(std::chrono::seconds(moment.number.value_or(0)))));
  }

  /// Only what still stands, as it stands: what was taken back, or said otherwise since, is on no page any more.
  void tell_declaration(const Moment& moment) {
    const auto* view = moment.number ? find(declarations_, std::to_string(*moment.number)) : nullptr;
    if (!view) return;
    const auto who = fmt::format("{}, {}", view->name, view->title);
    const auto at_item = item_in_words(view->item_number, view->item_title);
    if (moment.kind == declared) {
      if (last_declared_[*moment.number] == &moment) add(moment, fmt::format("{}, declared an interest in {}. {}", who, at_item, view->effect_label), view->words, base_ + "/live");
    } else if (view->is_withdrawing && !is_behind_doors() && !was_behind_doors(moment)) {
      add(moment, fmt::format("{}, {} {}", who, moment.kind == withdrew ? "withdrew from" : "came back after", at_item));
    }
  }

  void tell_motion(const Moment& moment) {
    const auto* view = find(motions_, *moment.about);
    if (!view) return;
    if (moment.kind == motion_moved) add(moment, "Motion moved by " + view->moved_by, view->words, base_ + "/live");
    else if (moment.kind == motion_seconded) add(moment, "Motion seconded by " + view->seconded_by.value_or(""), view->words);
    else add(moment, "Motion withdrawn", view->words);
  }

  void tell_vote(const Moment& moment) {
    const auto* view = find(votes_, *moment.about);
    if (!view) return;
    question_ = moment.kind == vote_opened ? view->question : std::string();
    if (moment.kind == vote_opened) return add(moment, fmt::format("Vote opened: {}", view->kind_label), view->question);
    if (moment.kind == vote_cancelled) return add(moment, "Vote cancelled", view->question);
    add(moment, "Vote closed: " + view->question, view->words, view->href);
  }

  /// The public reads how each seat attended, not when that was recorded.
  void tell_count(const Moment& moment) {
    if (audience_ == "public" || present_ == *moment.about) return;
    present_ = *moment.about;
    add(moment, present_);
  }

  void tell_paper(const Moment& moment) {
    const auto topic = "papers/" + *moment.about;
    const auto paper = rows_.row_as<wire::PaperView>(topic, audience_, "paper");
    const auto version = rows_.row_as<wire::PaperVersionView>(topic, audience_, fmt::format("version/{}", moment.number.value_or(0)));
    if (!paper || (!version && moment.kind != paper_withdrawn)) return;
    const auto* item = find(items_, paper->item.str());
    const auto at_item = item ? ", for " + item_in_words(item->number, item->title) : std::string();
    if (moment.kind == paper_added) add(moment, fmt::format("Paper added{}", at_item), paper->title, paper->href);
    else if (moment.kind == paper_replaced) add(moment, fmt::format("Version {} of a paper{}", version->version, at_item), fmt::format("{}: {}", paper->title, version->what_changed), paper->href);
    else add(moment, fmt::format("Paper withdrawn{}", at_item), paper->title, paper->href);
  }

  void tell_minutes(const Moment& moment) {
    if (!minutes_) return;
    const bool is_circulation = moment.kind == minutes_circulated;
    add(moment, is_circulation ? "The minutes were circulated" : "The minutes were approved", {}, minutes_->href);
  }

  void add(const Moment& moment, std::string text, std::optional<std::string> words = {}, std::optional<std::string> href = {}) {
    ReplayMoment view{{}, std::move(text), {}, {}, std::move(words), std::move(href), {}};
    Told told{{}, "Before the meeting", {}, list_of(moment.kind), false};
    if (now_) {
      add_course(view, moment.at);
      told.item = now_;
      told.heading = heading_for(*now_);
    } else {
      view.at = uk_time::date_and_time(moment.at);
      if (is_over_) told.heading = "After the meeting";
    }
    told.moment = std::move(view);
    told_.push_back(std::move(told));
  }

  /// In its place since the meeting began.
  void add_course(ReplayMoment& view, Timestamp at) const {
    const auto own = [&](Timestamp moment) { return moment - std::chrono::milliseconds(head_.off_plan_ms); };
    const auto began_at = own(head_.began);
    const bool is_same_day = uk_time::calendar_day(began_at) == uk_time::calendar_day(own(at));
    const bool is_same_zone = uk_time::zone(began_at) == uk_time::zone(own(head_.ended));
    view.at = is_same_day ? uk_time::time_of_day(own(at)) : uk_time::date_and_time(own(at));
    if (!is_same_zone) view.at += " (" + uk_time::zone(own(at)) + ")";
    const auto length = std::chrono::duration_cast<std::chrono::seconds>(std::max(at, head_.began) - head_.began);
    view.seconds = length.count();
    view.since = long_in_words(length);
    view.state = state();
  }

  std::string state() const {
    if (now_ && !find(items_, now_->str())) return "This item is no longer on the agenda.";
    if (is_behind_doors()) return "This item was for members.";
    std::string words = is_paused_ ? "Paused. " : "";
    words += speaker_.empty() ? "Nobody had the floor." : speaker_ + ", had the floor.";
    if (!question_.empty()) words += " Being voted on: “" + question_ + "”";
    if (!present_.empty()) words += " " + present_;
    return words;
  }

  /// Whether the audience may know what the item is about. Of one that is no more, nobody is told.
  bool item_shown(const AgendaItemId& item) const {
    const auto* view = find(items_, item.str());
    return view && !view->is_restricted;
  }
  /// Opening the item later, for its decision say, does not open what happened at it.
  bool was_behind_doors(const Moment& moment) const { return audience_ == "public" && moment.is_behind_doors.value_or(false); }
  bool is_behind_doors() const { return now_ && !item_shown(*now_); }
  static std::string item_in_words(const std::string& number, const std::string& title) { return title.empty() ? fmt::format("item {}, which is for members", number) : fmt::format("item {}, {}", number, title); }
  std::string words_for_item(const AgendaItemId& item) const {
    const auto* view = find(items_, item.str());
    return view ? item_in_words(view->number, view->title) : "an item that is no longer on the agenda";
  }
  std::string heading_for(const AgendaItemId& item) const {
    const auto* view = find(items_, item.str());
    if (!view) return "An item that is no longer on the agenda";
    return fmt::format("{}. {}", view->number, view->title.empty() ? "For members" : view->title);
  }

  const MeetingId& meeting_;
  const ReplayHead& head_;
  std::string_view audience_;
  const domain::Rows& rows_;
  std::string base_;
  std::map<std::string, wire::AgendaItemView> items_;
  std::map<std::string, wire::DeclarationView> declarations_;
  std::map<std::string, wire::MotionView> motions_;
  std::map<std::string, wire::VoteView> votes_;
  std::map<std::string, std::vector<wire::MinutesDecisionView>> decisions_;  ///< By item.
  std::optional<wire::MinutesView> minutes_;
  std::map<std::int64_t, const Moment*> last_declared_;
  std::map<std::string, int> visits_left_;
  std::set<std::string> visited_;
  std::vector<Told> told_;
  std::optional<AgendaItemId> now_;
  std::string speaker_, question_, present_;
  bool is_paused_ = false, is_over_ = false;
};

/// One list of one audience, cut into pages.
class Pages {
 public:
  Pages(const MeetingId& meeting, const ListName& list, bool has_minutes) : base_("/meetings/" + meeting.str()), list_(list), has_minutes_(has_minutes) {}

  void add(const Told& told, bool is_item_there) {
    std::string text;
    codec::append_text(told.moment, text);
    const bool is_full = on_page_ >= k_page_moments || (on_page_ > 0 && bytes_ + text.size() > k_page_bytes);
    if (is_full) pages_.emplace_back(), on_page_ = 0, bytes_ = 0;
    if (is_full || pages_.back().empty() || pages_.back().back().heading != told.heading || told.is_first_visit) open_group(told, is_item_there);
    if (told.is_first_visit && list_.list == List::only_all) contents_.push_back({told.heading, href_of(std::ssize(pages_)) + "#" + pages_.back().back().anchor, {}});
    pages_.back().back().moments.push_back(told.moment);
    ++on_page_, ++count_;
    bytes_ += text.size();
  }

  std::int64_t size() const { return std::ssize(pages_); }
  /// The page's own part; `view` has what all pages have.
  wire::ReplayView page(std::int64_t n, wire::ReplayView view) {
    view.page = n;
    view.page_count = size();
    view.count = count_;
    view.has_moments = count_ > 0;
    view.groups = std::move(pages_[static_cast<std::size_t>(n) - 1]);
    if (size() > 1) view.has_pages = true;
    if (n > 1) view.earlier_href = href_of(n - 1);
    if (n < size()) view.later_href = href_of(n + 1);
    if (n == 1 && contents_.size() > 1) view.contents = contents_, view.has_contents = true;
    for (const auto& other : k_lists) {
      view.lists.push_back({std::string(other.label), href_of(other, 1), other.list == list_.list ? std::optional(true) : std::nullopt});
    }
    return view;
  }

 private:
  std::string href_of(const ListName& list, std::int64_t page) const {
    return list.list == List::only_all && page == 1 ? base_ + "/replay" : fmt::format("{}/replay/{}/{}", base_, list.name, page);
  }
  std::string href_of(std::int64_t page) const { return href_of(list_, page); }

  void open_group(const Told& told, bool is_item_there) {
    ReplayGroup group{fmt::format("at-{}", ++groups_), told.heading, {}, {}, {}};
    if (told.item && is_item_there) {
      group.item_href = fmt::format("{}#agenda-{}", base_, told.item->str());
      if (has_minutes_) group.minute_href = fmt::format("{}/minutes#item-{}", base_, told.item->str());
    }
    pages_.back().push_back(std::move(group));
  }

  std::string base_;
  const ListName& list_;
  bool has_minutes_;
  std::vector<std::vector<ReplayGroup>> pages_{1};
  std::vector<wire::ReplayLink> contents_;
  std::size_t on_page_ = 0, bytes_ = 0;
  std::int64_t count_ = 0;
  int groups_ = 0;
};

std::string topic_of(const MeetingId& meeting, const ListName& list, std::int64_t page) { return fmt::format("replay/{}/{}/{}", meeting.str(), list.name, page); }

wire::ReplayView whole(const MeetingId& meeting, const ReplayHead& head, const wire::MeetingView& row, bool is_cut) {
  wire::ReplayView view;
  view.meeting = meeting;
  view.title = row.title;
  view.body_name = row.body_name;
  view.when = row.when;
  const auto off = std::chrono::milliseconds(head.off_plan_ms);
  view.lasted = fmt::format("{}: {}", uk_time::span(head.began - off, head.ended - off), long_in_words(std::chrono::duration_cast<std::chrono::seconds>(head.ended - head.began)));
  const auto first = uk_time::zone(head.began - off), last = uk_time::zone(head.ended - off);
  view.clock = first == last ? "UK time, " + first : fmt::format("UK time, {} and then {}", first, last);
  if (is_cut) view.is_cut = true;
  return view;
}

/// Whoever has as many pages sees this one; to others it is not there.
void open_pages(const MeetingId& meeting, const BodyId& body, const ListName& list, const std::map<std::string, std::int64_t>& sizes, domain::Presenter& presenter) {
  for (std::int64_t n = 1;; ++n) {
    const auto topic = topic_of(meeting, list, n);
    const auto has = [&](std::string_view audience) { return sizes.at(std::string(audience)) >= n; };
    std::vector<AccessRule> rules;
    if (has("staff")) rules = {{"staff", Who::roles, {}, body.str(), staff_roles()}, {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
    if (has("member")) rules.push_back({"member", Who::roles, {}, body.str(), {}});
    if (has("public")) rules.push_back({"public", Who::anyone, {}, {}, {}});
    for (const auto audience : k_audiences) {
      if (!has(audience)) presenter.drop(topic, std::string(audience), "replay");
    }
    if (!rules.empty()) {
      presenter.access(topic, rules);
    } else {
      if (!presenter.row_text(topic, k_access_audience, k_access_key)) return;
      presenter.drop(topic, std::string(k_access_audience), std::string(k_access_key));
    }
  }
}

}  // namespace

void put_replay(const MeetingId& meeting, domain::Presenter& presenter) {
  const auto head = presenter.row_as<ReplayHead>(k_replay_index, k_private_audience, meeting.str());
  if (!head) return;
  Moments moments;
  for (const auto& [key, value] : presenter.rows(k_moments_index, k_private_audience, meeting.str() + "/")) {
    if (auto moment = codec::decode<Moment>(value)) moments.push_back(std::move(*moment));
  }
  const bool is_cut = presenter.row_as<std::int64_t>(k_moments_count_index, k_private_audience, meeting.str()).value_or(0) > k_moments_max;
  std::array<std::map<std::string, std::int64_t>, k_lists.size()> sizes;
  for (const std::string audience : {"staff", "member", "public"}) {
    const auto row = presenter.row_as<wire::MeetingView>(MeetingAggregate::topic(meeting.str()), audience, "meeting");
    Teller teller(meeting, *head, audience, presenter);
    const auto told = row ? teller.tell(moments) : std::vector<Told>();
    for (std::size_t l = 0; l < k_lists.size(); ++l) {
      const auto& list = k_lists[l];
      Pages pages(meeting, list, teller.has_minutes());
      for (const auto& one : told) {
        if (list.list == List::only_all || one.list == list.list) pages.add(one, one.item && teller.is_item_there(*one.item));
      }
      sizes[l][audience] = row ? pages.size() : 0;
      for (std::int64_t n = 1; row && n <= pages.size(); ++n) presenter.put(topic_of(meeting, list, n), audience, "replay", pages.page(n, whole(meeting, *head, *row, is_cut)));
    }
  }
  for (std::size_t l = 0; l < k_lists.size(); ++l) open_pages(meeting, head->body, k_lists[l], sizes[l], presenter);
}

}  // namespace witan::meetings
