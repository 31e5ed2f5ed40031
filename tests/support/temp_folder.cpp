#include "tests/support/temp_folder.hpp"

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace witan::test {

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "witan-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;  // a file that a dying child still writes is the machine's to clean up
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace witan::test
