#pragma once

/// A disk that fails on demand: an SQLite VFS over the real one, in force for every file opened after
/// `install`. For child processes of a test only, since nothing takes it away again.
namespace witan::storage::faulty_disk {

enum class Fails { sync_of_log, write_of_log, sync_of_file };

void install();
/// From now on operations of this kind answer with SQLITE_IOERR_….
void fail_from_now_on(Fails kind);

}  // namespace witan::storage::faulty_disk
