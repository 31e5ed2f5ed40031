#include "infra/supervisor/bus_store.hpp"

#include <vector>

namespace witan::supervisor {

namespace fs = std::filesystem;

namespace {
// Far enough apart that a server started for the second does not at once meet the first.
constexpr std::uintmax_t k_no_room_bytes = 1 << 20, k_room_bytes = 4 << 20;
}  // namespace

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

void BusStore::forget() {
  seen_.clear();
  was_full_ = false;
}

bool BusStore::has_room_again() {
  std::error_code failed;
  const auto room = fs::space(folder_, failed);
  if (failed) return false;
  if (room.available < k_no_room_bytes) was_full_ = true;
  if (!was_full_ || room.available < k_room_bytes) return false;
  was_full_ = false;
  return true;
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
