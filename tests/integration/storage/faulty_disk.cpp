#include "tests/integration/storage/faulty_disk.hpp"

#include <atomic>
#include <cstring>
#include <new>
#include <optional>
#include <sqlite3.h>

namespace witan::storage::faulty_disk {

namespace {

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs vfs;
std::atomic<int> failing = -1;

/// Stands in front of the real file, which lives right behind it in the memory that SQLite gives.
struct File {
  sqlite3_file base;
  int flags;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
const sqlite3_io_methods* real_methods(sqlite3_file* file) { return of(file)->real()->pMethods; }

bool fails(sqlite3_file* file, Fails on_log, std::optional<Fails> on_file) {
  const bool is_log = (of(file)->flags & SQLITE_OPEN_WAL) != 0;
  if (is_log) return failing == static_cast<int>(on_log);
  return on_file && (of(file)->flags & SQLITE_OPEN_MAIN_DB) != 0 && failing == static_cast<int>(*on_file);
}

int close(sqlite3_file* f) { return real_methods(f)->xClose(of(f)->real()); }
int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return real_methods(f)->xRead(of(f)->real(), to, n, at);
}
int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  if (fails(f, Fails::write_of_log, std::nullopt)) return SQLITE_IOERR_WRITE;
  return real_methods(f)->xWrite(of(f)->real(), from, n, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) { return real_methods(f)->xTruncate(of(f)->real(), size); }
int sync(sqlite3_file* f, int flags) {
  if (fails(f, Fails::sync_of_log, Fails::sync_of_file)) return SQLITE_IOERR_FSYNC;
  return real_methods(f)->xSync(of(f)->real(), flags);
}
int size(sqlite3_file* f, sqlite3_int64* to) { return real_methods(f)->xFileSize(of(f)->real(), to); }
int lock(sqlite3_file* f, int level) { return real_methods(f)->xLock(of(f)->real(), level); }
int unlock(sqlite3_file* f, int level) { return real_methods(f)->xUnlock(of(f)->real(), level); }
int reserved(sqlite3_file* f, int* to) { return real_methods(f)->xCheckReservedLock(of(f)->real(), to); }
int control(sqlite3_file* f, int op, void* arg) {
  return real_methods(f)->xFileControl(of(f)->real(), op, arg);
}
int sector(sqlite3_file* f) { return real_methods(f)->xSectorSize(of(f)->real()); }
int traits(sqlite3_file* f) { return real_methods(f)->xDeviceCharacteristics(of(f)->real()); }
int shm_map(sqlite3_file* f, int page, int bytes, int extend, void volatile** to) {
  return real_methods(f)->xShmMap(of(f)->real(), page, bytes, extend, to);
}
int shm_lock(sqlite3_file* f, int at, int n, int flags) {
  return real_methods(f)->xShmLock(of(f)->real(), at, n, flags);
}
void shm_barrier(sqlite3_file* f) { real_methods(f)->xShmBarrier(of(f)->real()); }
int shm_unmap(sqlite3_file* f, int remove) { return real_methods(f)->xShmUnmap(of(f)->real(), remove); }

constexpr sqlite3_io_methods k_methods = {
    2,       close,  read,   write,   truncate, sync,        size,      lock,    unlock, reserved,
    control, sector, traits, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* ours = of(file);
  ours->flags = flags;
  const int code = real_vfs->xOpen(real_vfs, name, ours->real(), flags, out_flags);
  file->pMethods = ours->real()->pMethods ? &k_methods : nullptr;
  return code;
}

}  // namespace

void install() {
  real_vfs = sqlite3_vfs_find(nullptr);
  vfs = *real_vfs;
  vfs.zName = "faulty-disk";
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
  vfs.pNext = nullptr;
  vfs.xOpen = open;
  sqlite3_vfs_register(&vfs, 1);
}

void fail_from_now_on(Fails kind) { failing = static_cast<int>(kind); }

}  // namespace witan::storage::faulty_disk
