#pragma once

#include <filesystem>

namespace witan {

/// Where the running program is, and with it the programs that it starts. Linux only. Throws std::filesystem::filesystem_error.
inline std::filesystem::path own_folder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

}  // namespace witan
