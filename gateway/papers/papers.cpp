#include "gateway/auth/refusals.hpp"
#include "gateway/papers/papers.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "gateway/exports/material.hpp"
#include "gateway/http/api.hpp"
#include "gateway/http/rate_limiter.hpp"
#include "gateway/http/request_head.hpp"
#include "gateway/papers/reading.hpp"
#include "shared/base/ids.hpp"
#include "shared/base/log.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/contract/topics.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/files/check.hpp"

namespace witan::papers {

namespace {

namespace wire = contract::meetings;

const std::string k_service = "meetings";
constexpr std::string_view k_command = "/do/", k_paper = "/papers/", k_file = "/file/", k_read = "/read/", k_meeting = "/meetings/", k_pack = "/pack.zip";
constexpr std::string_view k_text_of = "/text";  // see contract/files.hpp
constexpr std::chrono::milliseconds k_patience{10'000};
constexpr std::chrono::seconds k_until_one_arrived{10};
const std::string k_written = "text";  // the field in which a paper is written, in place of a file
constexpr const char* k_many_files = "Too many files are being downloaded from here. Try again when one has arrived.";
constexpr std::size_t k_field_bytes_max = 8 * 1024;
constexpr std::size_t k_fields_bytes_max = 64 * 1024;   // of all of a form, beside its file
constexpr std::string_view k_csrf_header = "x-csrf-token";

bool needs_file(std::string_view command) { return command == wire::AddPaper::k_name || command == wire::AddPaperVersion::k_name; }

std::string_view command_in(std::string_view path) { return path.starts_with(k_command) ? path.substr(k_command.size()) : std::string_view(); }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = failed == std::errc() && end == text.data() + text.size() && number >= 0;
  return is_number ? std::optional(number) : std::nullopt;
}

struct FileAddress {
  std::string paper;
  std::int64_t version = 0;
};

/// `what`: the file, or its text to read.
std::optional<FileAddress> file_address(std::string_view path, std::string_view what) {
  if (!path.starts_with(k_paper)) return std::nullopt;
  path.remove_prefix(k_paper.size());
  const auto at = path.find(what);
  if (at == std::string_view::npos) return std::nullopt;
  const auto version = whole_number(path.substr(at + what.size()));
  if (!is_id_text(path.substr(0, at)) || !version || *version < 1 || *version > 1000) return FileAddress{};  // nothing is there
  return FileAddress{std::string(path.substr(0, at)), *version};
}

/// The meeting whose papers are wanted; empty where there can be none.
std::optional<std::string> pack_address(std::string_view path) {
  if (!path.starts_with(k_meeting) || !path.ends_with(k_pack)) return std::nullopt;
  const auto meeting = path.substr(k_meeting.size(), path.size() - std::min(path.size(), k_meeting.size() + k_pack.size()));
  return std::string(is_id_text(meeting) ? meeting : std::string_view());
}

/// The file's name is made here, of the paper's title: nothing that somebody else's computer called it.
std::string disposition(std::string_view title, std::string_view ending) {
  std::string plain, full;
  for (const char c : title) {
    const bool is_safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '_';
    plain += is_safe ? c : '-';
    full += is_safe || static_cast<unsigned char>(c) >= 0x80 ? c : '-';
  }
  return "attachment; filename=\"" + plain + "." + std::string(ending) + "\"; filename*=UTF-8''" + http::percent_encode(full + "." + std::string(ending));
}

std::string ending_of(std::string_view kind) { return kind == "markdown" ? "md" : std::string(kind); }

std::string media_type(std::string_view kind) {
  if (kind == "pdf") return "application/pdf";
  return kind == "markdown" ? "text/markdown; charset=utf-8" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}

/// What the page of a text shows beside it.
json::object facts_of(const wire::PaperView& paper, std::int64_t version, const CommandReply& read, std::string_view text) {
  const auto kind = string_at(read.result, "kind");
  const bool is_markdown = kind == "markdown";
  json::object facts{{"title", paper.title}, {"href", paper.href}, {"file_href", fmt::format("{}/file/{}", paper.href, version)}, {"version", version},
                     {"meeting", paper.meeting.str()}, {"paper", paper.paper.str()}, {"newest", paper.version}, {"is_old", version < paper.version},
                     {"is_members_only", paper.is_members_only.value_or(false)}, {"is_named", paper.is_named.value_or(false)}, {"is_late", paper.is_late.value_or(false)}, {"is_markdown", is_markdown},
                     {"type", is_markdown ? "text" : kind == "pdf" ? "PDF" : "Word document"}, {"pages", is_markdown ? pages_of_markdown(text) : pages_of_text(text, kind == "pdf")}};
  if (paper.not_before) facts["not_before"] = *paper.not_before;
  if (read.result.contains("is_cut") || is_too_long_to_show(text)) facts["is_cut"] = true;
  return facts;
}

std::string field(const pages::Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, [](const auto& each) { return std::string_view(each.first); });
  return found == fields.end() ? std::string() : found->second;
}
std::string field(const pages::FormPost& post, std::string_view name) { return field(post.fields, name); }

/// Why the file is not wanted, at the field in which it was chosen, or written.
Rejection at_the_file(Rejection refused, const pages::FormPost& post) {
  const auto pointer = field(post.kept, k_written).empty() ? "/upload" : "/text";
  for (auto& error : refused.errors) {
    if (error.pointer != "/text") error.pointer = pointer;
  }
  return refused;
}

}  // namespace

bool Papers::is_form_with_file(const http::Request& request) {
  return request.method == "POST" && needs_file(command_in(request.path)) && boundary_of(request.header("content-type"));
}

bool Papers::is_path(std::string_view path) {
  return path.starts_with(k_uploads) || file_address(path, k_file) || file_address(path, k_read) || pack_address(path);
}

net::awaitable<http::Response> Papers::take_form(http::Request request, auth::Caller caller) {
  pages::FormPost post;
  post.command = command_in(request.path);
  MultipartReader form(*request.source, *boundary_of(request.header("content-type")));
  // A visitor is asked to sign in before anything of theirs is read.
  const auto whole = caller.actor.signed_in() ? co_await read_whole(form, caller, post, request.trace) : Result<void>();
  if (!http::is_local_path(post.on_page)) post.on_page = pages::referring_path(request);
  const auto upload = field(post, "upload");
  const auto trace = request.trace;
  auto response = whole ? co_await pages_.carry_out(std::move(request), caller, std::move(post))
                        : co_await pages_.refuse(std::move(request), caller, post, at_the_file(whole.error(), post));
  // Where nobody knows whether it was used, it is left to expire. Not where a part is away, as a scanner may be for long: whoever tries again without script
  // sends the file anew, and five that are left keep a person from any more. One that was used after all is not harmed.
  const bool is_refused = (response.status >= 400 && response.status < 500) || response.status == info(ErrorCode::unavailable).status;
  if (is_refused && !upload.empty()) co_await send(wire::CancelUpload::k_name, {{"upload", upload}}, caller, trace);
  co_return response;
}

net::awaitable<Result<void>> Papers::read_whole(MultipartReader& form, auth::Caller caller, pages::FormPost& post, std::string trace) {
  std::size_t bytes = 0;
  bool has_text_field = false, has_file_field = false;
  for (std::size_t count = 0;; ++count) {
    auto part = co_await form.next();
    if (!part) co_return std::unexpected(std::move(part.error()));
    if (!*part) {
      const auto* nothing = !has_text_field ? "Choose a file." : has_file_field ? "Choose a file, or write the text." : "Write the text.";
      co_return co_await hand_in_written(std::move(caller), post, nothing, std::move(trace));
    }
    if (count >= pages::k_form_fields_max) co_return reject(ErrorCode::too_large, "The form has too many fields.");
    if ((*part)->file_name) {
      // Whoever may not send the form is told so by its page; their file is not taken.
      if (!auth_.csrf_matches(caller, post.csrf)) co_return Result<void>();
      has_file_field = true;
      if ((*part)->file_name->empty()) continue;  // none was chosen
      if (!field(post.kept, k_written).empty()) co_return reject_field("/upload", ErrorCode::invalid_value, "Choose a file, or write the text, not both.");
      auto upload = co_await begin(caller, post, *(*part)->file_name, form.length_if_last(), trace);
      if (!upload) co_return std::unexpected(std::move(upload.error()));
      post.fields.emplace_back("upload", *upload);
      if (auto taken = co_await hand_in(form, caller, *upload, trace); !taken) co_return taken;
      continue;
    }
    const bool is_written = (*part)->name == k_written;
    if (is_written && has_text_field) co_return reject(ErrorCode::invalid_request, "The form has two texts.");
    has_text_field = has_text_field || is_written;
    auto text = co_await form.read_text(is_written ? files::k_markdown_bytes_max : k_field_bytes_max);
    if (!text && is_written && text.error().code == ErrorCode::too_large) co_return reject_field("/text", ErrorCode::too_large, files::sentence(files::Fault::text_too_long));
    if (!text) co_return std::unexpected(std::move(text.error()));
    if (is_written) {
      if (!http::is_utf8(*text)) co_return reject(ErrorCode::not_utf8);
      post.kept.emplace_back((*part)->name, std::move(*text));
      continue;
    }
    bytes += (*part)->name.size() + text->size();
    if (bytes > k_fields_bytes_max) co_return reject(ErrorCode::too_large, "The form's fields are too large.");
    if (auto added = pages::add_field(post, (*part)->name, std::move(*text)); !added) co_return added;
  }
}

net::awaitable<Result<std::string>> Papers::begin(auth::Caller caller, const pages::FormPost& post, std::string file_name, std::int64_t bytes,
                                                  std::string trace) {
  if (!http::is_utf8(file_name)) file_name = "?";  // no name, and told so
  json::object args{{"meeting", field(post, "meeting")}, {"file_name", std::move(file_name)}, {"bytes", std::max<std::int64_t>(0, bytes)}};
  auto reply = co_await send(wire::BeginUpload::k_name, std::move(args), std::move(caller), std::move(trace));
  if (!reply) co_return std::unexpected(std::move(reply.error()));
  co_return std::string(string_at(reply->result, "upload"));
}

net::awaitable<Result<void>> Papers::hand_in(MultipartReader& form, auth::Caller caller, std::string upload, std::string trace) {
  std::int64_t sent = 0;
  std::string piece;
  for (bool is_over = false; !is_over;) {
    auto bytes = co_await form.read();
    if (!bytes) co_return std::unexpected(std::move(bytes.error()));
    is_over = bytes->empty();
    piece += *bytes;
    while (piece.size() >= k_file_message_bytes_max || (is_over && !piece.empty())) {
      auto next = piece.substr(0, k_file_message_bytes_max);
      piece.erase(0, next.size());
      const auto after = sent + static_cast<std::int64_t>(next.size());
      const auto received = co_await put({upload, sent, caller.actor, trace}, std::move(next));
      if (!received) co_return std::unexpected(received.error());
      if (*received != after) co_return reject(ErrorCode::internal, "The file could not be taken. Nothing was saved; send the form again.");
      sent = after;
    }
  }
  co_return Result<void>();
}

net::awaitable<Result<void>> Papers::hand_in_written(auth::Caller caller, pages::FormPost& post, const char* if_nothing, std::string trace) {
  // Nothing is handed in in another site's name; what was written is shown again with the refusal.
  if (!auth_.csrf_matches(caller, post.csrf)) co_return Result<void>();
  auto text = field(post.kept, k_written);
  const bool has_file = !field(post, "upload").empty();
  if (has_file && !text.empty()) co_return reject_field("/upload", ErrorCode::invalid_value, "Choose a file, or write the text, not both.");
  if (has_file) co_return Result<void>();
  if (text.empty()) co_return reject_field("/upload", ErrorCode::missing_field, if_nothing);
  auto upload = co_await begin(caller, post, "paper.md", static_cast<std::int64_t>(text.size()), trace);
  if (!upload) co_return std::unexpected(std::move(upload.error()));
  post.fields.emplace_back("upload", *upload);
  const auto received = co_await put({*upload, 0, caller.actor, trace}, std::move(text));
  co_return received ? Result<void>() : std::unexpected(received.error());
}

net::awaitable<Result<std::int64_t>> Papers::put(FilePut put, std::string bytes) {
  if (!auth_.rights_are_fresh()) co_return std::unexpected(http::rights_unknown());
  auto answer = co_await services_.request(k_service, subjects::file_put(k_service), with_bytes(json::serialize(codec::encode(put)), bytes), k_patience);
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  auto reply = parse_reply(*answer);
  if (!reply) co_return std::unexpected(std::move(reply.error()));
  const auto decoded = codec::decode<FilePutReply>(*reply);
  if (!decoded) co_return reject(ErrorCode::internal);
  co_return decoded->received;
}

net::awaitable<Result<CommandReply>> Papers::send(std::string_view name, json::object args, auth::Caller caller, std::string trace) {
  CommandRequest request;
  request.id = random_id_text();
  request.name = name;
  request.args = std::move(args);
  request.actor = std::move(caller.actor);
  request.trace = std::move(trace);
  co_return co_await sender_.send(std::move(request));
}

net::awaitable<http::Response> Papers::handle(http::Request request, auth::Caller caller) {
  if (request.path.starts_with(k_uploads)) {
    auto upload = request.path.substr(k_uploads.size());
    co_return co_await take_piece(std::move(request), std::move(caller), std::move(upload));
  }
  if (auto meeting = pack_address(request.path)) co_return co_await give_pack(std::move(request), std::move(caller), std::move(*meeting));
  if (auto text = file_address(request.path, k_read)) co_return co_await give_text(std::move(request), std::move(caller), std::move(text->paper), text->version);
  const auto address = file_address(request.path, k_file);
  co_return co_await give_file(std::move(request), std::move(caller), address->paper, address->version);
}

net::awaitable<http::Response> Papers::take_piece(http::Request request, auth::Caller caller, std::string upload) {
  const bool is_question = request.method == "GET";
  const auto refuse = [&](Rejection rejection) { return http::problem_response(rejection, request.trace); };
  if (!is_question && request.method != "POST") co_return refuse({ErrorCode::method_not_allowed, {}, {}, {}});
  if (!caller.actor.signed_in()) co_return refuse({ErrorCode::not_signed_in, {}, {}, {}});
  if (!is_question && !auth_.csrf_matches(caller, request.header(k_csrf_header))) co_return refuse({ErrorCode::form_expired, {}, {}, {}});
  std::optional<std::int64_t> offset;
  for (const auto& [name, value] : http::parse_form(request.query)) {
    if (name == "offset") offset = whole_number(value);
  }
  if (!is_question && !offset) co_return refuse({ErrorCode::invalid_request, "Say in `offset` where these bytes begin.", {}, {}});
  if (request.body.size() > k_file_message_bytes_max) co_return refuse({ErrorCode::too_large, "A piece of a file has at most 512 KiB.", {}, {}});
  const auto received = co_await put({upload, offset.value_or(0), caller.actor, request.trace}, is_question ? std::string() : std::move(request.body));
  if (!received) co_return refuse(received.error());
  co_return http::json_response(200, json::object{{"received", *received}});
}

net::awaitable<http::Response> Papers::give_file(http::Request request, auth::Caller caller, std::string paper, std::int64_t version) {
  if (request.method != "GET") co_return pages_.error_page(request, caller, {ErrorCode::method_not_allowed, {}, {}, {}});
  if (paper.empty()) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  const auto download = downloads_.begin(caller, request.remote);
  if (!download) co_return too_many(request, caller, k_many_files, k_until_one_arrived.count());
  auto read = co_await send(wire::ReadPaper::k_name, {{"paper", paper}, {"version", version}}, caller, request.trace);
  if (!read) co_return co_await not_to_be_had(request, caller, read.error(), paper);
  const auto kind = std::string(string_at(read->result, "kind"));
  http::Response response;
  response.set("content-type", media_type(kind));
  response.set("content-disposition", disposition(string_at(read->result, "title"), ending_of(kind)));
  response.set("cache-control", "no-store");
  response.set("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  response.set("accept-ranges", "none");
  const auto size = static_cast<std::uint64_t>(int_at(read->result, "bytes", 0));
  response.pieces = http::BodyPieces{size, [this, paper, version, download, trace = request.trace](std::uint64_t offset) { return piece_of(paper, version, offset, download, trace); }};
  co_return response;
}

net::awaitable<http::Response> Papers::give_text(http::Request request, auth::Caller caller, std::string paper, std::int64_t version) {
  if (request.method != "GET") co_return pages_.error_page(request, caller, {ErrorCode::method_not_allowed, {}, {}, {}});
  if (paper.empty()) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  const auto download = downloads_.begin(caller, request.remote);
  if (!download) co_return too_many(request, caller, k_many_files, k_until_one_arrived.count());
  const auto topic = "papers/" + paper;
  const auto audience = co_await http::audience_of(cache_, auth_, topic, caller);
  if (!audience) co_return co_await not_to_be_had(request, caller, audience.error(), paper);
  const auto view = co_await cache_.open(topic, *audience);
  const auto about = view ? exports::row_as<wire::PaperView>(*view->entities, "paper") : std::nullopt;
  if (!about) co_return pages_.error_page(request, caller, view ? Rejection{ErrorCode::not_found, {}, {}, {}} : view.error());
  // Nobody is written down as a reader of what is not there to be read.
  const auto row = exports::row_as<wire::PaperVersionView>(*view->entities, fmt::format("version/{}", version));
  if (!row || !row->read_href) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  const auto read = co_await send(wire::ReadPaper::k_name, {{"paper", paper}, {"version", version}}, caller, request.trace);
  if (!read) co_return co_await not_to_be_had(request, caller, read.error(), paper);
  const auto bytes = int_at(read->result, "text_bytes", 0);
  if (bytes == 0) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  const auto text = co_await whole_text(paper, version, bytes, download, request.trace);
  if (!text) co_return pages_.error_page(request, caller, text.error());
  auto facts = facts_of(*about, version, *read, *text);
  const bool is_staff = *audience == "staff" && !caller.actor.is_auditor();
  facts["is_staff"] = is_staff;
  if (row->waits_for_second) facts["waits_for_second"] = true;
  if (is_staff) facts["source"] = *text;
  const pages::Page page{request.path, "paper-read", about->title + " – Meetings", "meetings", {}, false};
  co_return pages_.compose(request, caller, page, 200, {{"reading", std::move(facts)}}, {{"paper", false, *view}});
}

net::awaitable<Result<std::string>> Papers::whole_text(std::string paper, std::int64_t version, std::int64_t bytes, std::shared_ptr<const Downloads::Download> download,
                                                       std::string trace) {
  std::string text;
  while (std::ssize(text) < bytes) {
    const auto piece = co_await piece_of(paper + std::string(k_text_of), version, text.size(), download, trace);
    if (!piece) co_return piece;
    if (piece->empty()) co_return reject(ErrorCode::internal);
    text += *piece;
  }
  co_return text;
}

net::awaitable<http::Response> Papers::not_to_be_had(http::Request request, auth::Caller caller, Rejection why, std::string paper) {
  // Of one that was withdrawn, or has no such version, they may know.
  const bool is_strange = why.code == ErrorCode::not_found && !(co_await http::audience_of(cache_, auth_, "papers/" + paper, caller));
  if (is_strange) auth::note_refused_paper(auth_, caller, http::client_key(request.remote), paper, request.trace);
  co_return pages_.error_page(request, caller, why);
}

http::Response Papers::too_many(const http::Request& request, const auth::Caller& caller, std::string why, std::int64_t retry_after_s) {
  Rejection refused{ErrorCode::rate_limited, std::move(why), {}, {}};
  refused.extra["retry_after_s"] = retry_after_s;
  return pages_.error_page(request, caller, refused);
}

net::awaitable<Result<std::string>> Papers::piece_of(std::string paper, std::int64_t version, std::uint64_t offset, std::shared_ptr<const Downloads::Download> download,
                                                     std::string trace) {
  auto actor = download->actor();
  if (!actor) co_return reject(ErrorCode::not_found);
  const FileGet get{paper, version, static_cast<std::int64_t>(offset), std::move(*actor), trace};
  auto answer = co_await services_.request(k_service, subjects::file_get(k_service), json::serialize(codec::encode(get)), k_patience);
  if (!answer) co_return answer;
  const auto [message, bytes] = split_bytes(*answer);
  if (auto reply = parse_reply(message); !reply) co_return std::unexpected(std::move(reply.error()));
  co_return std::string(bytes);
}

net::awaitable<http::Response> Papers::give_pack(http::Request request, auth::Caller caller, std::string meeting) {
  if (request.method != "GET") co_return pages_.error_page(request, caller, {ErrorCode::method_not_allowed, {}, {}, {}});
  if (meeting.empty()) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  if (!packs_.allow(Downloads::whose(caller, request.remote), std::chrono::steady_clock::now())) {
    co_return too_many(request, caller, "You have asked for too many packs of papers within a short time. Wait a little, then try again.", packs_.retry_after_seconds());
  }
  const auto download = downloads_.begin(caller, request.remote);
  if (!download) co_return too_many(request, caller, k_many_files, k_until_one_arrived.count());
  auto agenda = co_await agenda_of(std::move(meeting), caller);
  if (!agenda) co_return pages_.error_page(request, caller, agenda.error());
  auto files = co_await files_of(*agenda, caller, download, request.trace);
  if (!files) co_return pages_.error_page(request, caller, files.error());
  http::Response response;
  response.set("content-type", "application/zip");
  response.set("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  response.set("content-disposition", disposition(agenda->meeting.title + " papers", "zip"));
  response.set("cache-control", "no-store");
  response.set("accept-ranges", "none");
  const auto pack = std::make_shared<Pack>(std::move(*agenda), std::move(*files));
  const auto read = [this, download, trace = request.trace](const PackFile& file, std::uint64_t offset) { return piece_of(file.paper, file.version, offset, download, trace); };
  response.pieces = http::BodyPieces{pack->bytes(), [pack, read = Pack::Read(read)](std::uint64_t) { return pack->next(read); }};  // one after the other
  co_return response;
}

net::awaitable<Result<PackAgenda>> Papers::agenda_of(std::string meeting, auth::Caller caller) {
  const auto topic = "meetings/" + meeting;
  auto audience = co_await http::audience_of(cache_, auth_, topic, caller);
  if (!audience) co_return std::unexpected(std::move(audience.error()));
  const auto view = co_await cache_.open(topic, *audience);
  if (!view) co_return std::unexpected(view.error());
  auto about = exports::row_as<wire::MeetingView>(*view->entities, "meeting");
  if (!about) co_return reject(ErrorCode::not_found);
  co_return PackAgenda{std::move(*about), exports::list_of<wire::AgendaItemView>(*view->entities, "agenda/")};
}

net::awaitable<Result<std::vector<PackFile>>> Papers::files_of(const PackAgenda& agenda, auth::Caller caller, std::shared_ptr<const Downloads::Download> download,
                                                               std::string trace) {
  std::vector<PackFile> files;
  const std::size_t digits = agenda.items.size() < 100 ? 2 : 3;
  for (const auto& item : agenda.items) {
    if (!item.papers) continue;
    for (const auto& paper : *item.papers) {
      if (!has_file(paper)) continue;
      auto now = caller;
      if (auto actor = download->actor()) now.actor = std::move(*actor);
      else co_return reject(ErrorCode::not_found);
      const auto read = co_await send(wire::ReadPaper::k_name, {{"paper", paper.paper.str()}, {"version", paper.version}}, std::move(now), trace);
      const bool is_gone = !read && (read.error().code == ErrorCode::not_found || read.error().code == ErrorCode::forbidden);
      if (is_gone) continue;
      if (!read) co_return std::unexpected(read.error());
      const auto bytes = static_cast<std::uint64_t>(int_at(read->result, "bytes", 0));
      auto name = pack_name(item.number, digits, string_at(read->result, "title"), paper.version, ending_of(string_at(read->result, "kind")), files);
      files.push_back({paper.paper.str(), paper.version, {std::move(name), bytes, 0, 0}, {}});
    }
  }
  co_return files;
}

}  // namespace witan::papers
