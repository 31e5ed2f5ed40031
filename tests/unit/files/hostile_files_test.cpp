#include <set>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

#include "shared/files/check.hpp"
#include "tests/unit/files/hostile_files.hpp"
#include "tests/unit/files/made_files.hpp"

namespace witan::files {

namespace {

using namespace made;

TEST(HostileFiles, are_refused_each_for_its_own_reason) {
  const auto all = hostile_files();
  EXPECT_GE(all.size(), 140U);
  RecordProperty("files", static_cast<int>(all.size()));
  for (const auto& hostile : all) {
    BytesSource source(hostile.bytes);
    const auto checked = check(hostile.name, source);
    ASSERT_FALSE(checked.has_value()) << hostile.what;
    EXPECT_EQ(code(checked.error()), code(hostile.fault)) << hostile.what;
  }
}

TEST(HostileFiles, stay_refused_wherever_a_piece_ends) {
  for (std::size_t padding = 65'536 - 80; padding < 65'536 + 10; ++padding) {
    const auto bytes = pdf({"(" + std::string(padding, 'a') + ")", packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</S/Launch>>")});
    BytesSource source(bytes);
    const auto checked = check("paper.pdf", source);
    ASSERT_TRUE(!checked && checked.error() == Fault::pdf_starts_program) << padding;
  }
}

TEST(HostileFiles, cut_off_anywhere_are_never_taken) {
  for (const auto& [name, good] : {std::pair<std::string, std::string>{"p.pdf", pdf()}, {"p.docx", docx()}}) {
    for (std::size_t size = 0; size + 2 < good.size(); ++size) {
      BytesSource source(std::string_view(good).substr(0, size));
      ASSERT_FALSE(check(name, source).has_value()) << name << " of " << size;
    }
  }
}

TEST(HostileFiles, with_any_byte_changed_end_the_check_with_an_answer) {
  for (const auto& [name, good] : {std::pair<std::string, std::string>{"p.pdf", pdf({packed_stream("/Type/ObjStm", "1 0 <<>>")})}, {"p.docx", docx()}}) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (const char byte : {'\0', '\xFF', '/', ' '}) {
        auto changed = good;
        changed[at] = byte;
        BytesSource source(changed);
        static_cast<void>(check(name, source));
      }
    }
  }
}

TEST(GoodFiles, are_taken) {
  for (const auto& [name, bytes] : good_files()) {
    BytesSource source(bytes);
    const auto checked = check(name, source);
    EXPECT_TRUE(checked.has_value()) << name << ": " << (checked ? "" : code(checked.error()));
  }
}

TEST(Faults, have_a_code_and_a_sentence_of_their_own) {
  std::set<std::string> sentences;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Fault>>([&](auto entry) {
    EXPECT_EQ(code(entry.value), entry.name);
    EXPECT_TRUE(sentence(entry.value).ends_with(".")) << entry.name;
    sentences.insert(sentence(entry.value));
  });
  EXPECT_EQ(sentences.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<Fault>>::value);
}

}  // namespace

}  // namespace witan::files
