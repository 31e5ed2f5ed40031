#include "infra/supervisor/bus_store.hpp"

#include <vector>

namespace witan::supervisor {

namespace fs = std::filesystem;

void BusStore::remove_empty_files() const {
  std::error_code failed;
  std::vector<fs::path> empty;
  for (auto at = fs::recursive_directory_iterator(folder_, failed); !failed && at != fs::recursive_directory_iterator();
       at.increment(failed)) {
    const auto kind = at->path().extension();
    if ((kind == ".blk" || kind == ".idx" || kind == ".fss") && at->is_regular_file(failed) && at->file_size(failed) == 0) {
      empty.push_back(at->path());
    }
  }
  for (const auto& file : empty) fs::remove(file, failed);
}

void BusStore::wipe() {
  std::error_code failed;
  for (auto at = fs::directory_iterator(folder_, failed); !failed && at != fs::directory_iterator(); at.increment(failed)) {
    std::error_code ignored;
    fs::remove_all(at->path(), ignored);
  }
  forget();
}

bool BusStore::lost_something() {
  for (const auto& folder : seen_) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) {
      forget();
      return true;
    }
  }
  // jetstream/<account>/streams/<stream>
  std::error_code failed;
  const auto streams = folder_ / "jetstream" / "WITAN" / "streams";
  for (auto at = fs::directory_iterator(streams, failed); !failed && at != fs::directory_iterator(); at.increment(failed)) {
    seen_.insert(at->path());
  }
  return false;
}

}  // namespace witan::supervisor
