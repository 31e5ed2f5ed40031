#pragma once

#include <variant>

#include "shared/service/definition.hpp"

/// The smallest whole service, for tests of the harness: notebooks that take notes. Its topics stand under
/// `meetings`, so that the contract knows an owner.
namespace witan::test::notes {

struct WriteNote {
  static constexpr std::string_view k_name = "meetings.write_note";
  std::string book;
  Text<1, 100> text;
};
BOOST_DESCRIBE_STRUCT(WriteNote, (), (book, text))

/// Keeps its text and then refuses, to show that nothing stays behind.
struct WriteAndRefuse {
  static constexpr std::string_view k_name = "meetings.write_and_refuse";
  std::string book;
};
BOOST_DESCRIBE_STRUCT(WriteAndRefuse, (), (book))

/// Two aggregates in one step.
struct OpenTwoBooks {
  static constexpr std::string_view k_name = "meetings.open_two_books";
  Text<1, 100> title;
};
BOOST_DESCRIBE_STRUCT(OpenTwoBooks, (), (title))

/// Is refused, and that is written down.
struct WriteRefusedNote {
  static constexpr std::string_view k_name = "meetings.write_refused_note";
  std::string book;
};
BOOST_DESCRIBE_STRUCT(WriteRefusedNote, (), (book))

struct EraseText {
  static constexpr std::string_view k_name = "meetings.erase_text";
  std::string book;
  std::string text_id;
};
BOOST_DESCRIBE_STRUCT(EraseText, (), (book, text_id))

struct OpenBook {
  static constexpr std::string_view k_name = "meetings.open_book";
  Text<1, 100> title;
};
BOOST_DESCRIBE_STRUCT(OpenBook, (), (title))

struct BookOpened {
  static constexpr std::string_view k_type = "book_opened";
  std::string book;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(BookOpened, (), (book, title))

struct NoteWritten {
  static constexpr std::string_view k_type = "note_written";
  std::string book;
  std::int64_t number = 0;
  Erasable text;
};
BOOST_DESCRIBE_STRUCT(NoteWritten, (), (book, number, text))

struct Book {
  bool is_open = false;
  std::int64_t notes = 0;
};

using Event = std::variant<BookOpened, NoteWritten>;
using Decided = domain::Decided<Event>;

struct BookAggregate {
  static constexpr std::string_view k_kind = "book";
  using State = Book;
  using Event = notes::Event;
  static State evolve(State state, const Event& event) {
    if (std::holds_alternative<BookOpened>(event)) state.is_open = true;
    else ++state.notes;
    return state;
  }
  static bool exists(const State& state) { return state.is_open; }
  static std::string topic(std::string_view id) { return "meetings/" + std::string(id); }
  static void present(const Event& event, const domain::EventInfo&, const State& after, domain::Presenter& presenter) {
    std::visit(domain::overloaded{
                   [&](const BookOpened& e) {
                     presenter.access(topic(e.book), {{"public", Who::anyone, {}, {}, {}}});
                     presenter.put_value(topic(e.book), "public", "book", {{"title", e.title}, {"notes", 0}});
                   },
                   [&](const NoteWritten& e) {
                     presenter.put_value(topic(e.book), "public", "note/" + std::to_string(e.number),
                                         {{"text", presenter.text(e.text).value_or("")}});
                     auto book = presenter.row(topic(e.book), "public", "book").value();
                     book.as_object()["notes"] = after.notes;
                     presenter.put_value(topic(e.book), "public", "book", std::move(book));
                   }},
               event);
  }
  static std::optional<json::object> publish(const Event& event, const domain::Rows&) {
    return std::visit([](const auto& e) { return std::optional(codec::encode(e).as_object()); }, event);
  }
  /// Each book is the business of the body that bears its id.
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows) {
    domain::AuditLine line;
    line.what = std::visit(domain::overloaded{[](const BookOpened& e) { return "Opened " + e.title; },
                                              [&](const NoteWritten& e) { return "Wrote " + rows.text(e.text).value_or("Text removed"); }},
                           event);
    line.body = std::visit([](const auto& e) { return BodyId::parse(e.book); }, event);
    line.from = before.is_open ? std::to_string(before.notes) : "";
    line.to = std::to_string(after.notes);
    return line;
  }
};

inline Result<Decided> decide(const Book&, const OpenBook& command, domain::Context& context) {
  return Decided{{BookOpened{context.aggregate_id(), command.title.value}}, {{"book", context.aggregate_id()}}, ""};
}

inline Result<Decided> decide(const Book& book, const WriteNote& command, domain::Context& context) {
  return Decided{{NoteWritten{command.book, book.notes + 1, context.keep(command.text.value)}}, {{"number", book.notes + 1}}, ""};
}

inline Result<Decided> decide(const Book&, const OpenTwoBooks& command, domain::Context& context) {
  const auto other = context.new_id_text();
  Decided decided{{BookOpened{context.aggregate_id(), command.title.value}}, {{"book", context.aggregate_id()}, {"other", other}}, ""};
  decided.further.push_back(domain::further<BookAggregate>(other, BookOpened{other, "The other"}));
  return decided;
}

inline Result<Decided> decide(const Book& book, const WriteRefusedNote& command, domain::Context& context) {
  Decided decided{{NoteWritten{command.book, book.notes + 1, context.keep("was refused")}}, {}, ""};
  decided.refusal = Rejection{ErrorCode::not_now, "Noted, and refused.", {}, {}};
  return decided;
}

inline Result<Decided> decide(const Book&, const EraseText& command, domain::Context&) {
  Decided decided{};
  decided.erased.push_back({command.text_id, ""});
  return decided;
}

inline Result<Decided> decide(const Book&, const WriteAndRefuse&, domain::Context& context) {
  context.keep("never to be seen");
  return reject(ErrorCode::not_now);
}

inline service::Definition definition() {
  return service::Builder("meetings")
      .aggregate<BookAggregate>()
      .creation<OpenBook, BookAggregate>(service::anyone())
      .creation<OpenTwoBooks, BookAggregate>(service::anyone())
      .command<WriteRefusedNote, BookAggregate>([](const WriteRefusedNote& c) { return c.book; }, service::anyone())
      .command<EraseText, BookAggregate>([](const EraseText& c) { return c.book; }, service::anyone())
      .command<WriteNote, BookAggregate>([](const WriteNote& c) { return c.book; }, service::signed_in())
      .command<WriteAndRefuse, BookAggregate>([](const WriteAndRefuse& c) { return c.book; }, service::anyone())
      .build();
}

}  // namespace witan::test::notes
