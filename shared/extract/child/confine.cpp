#include "shared/extract/child/confine.hpp"

#include <cerrno>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <initializer_list>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WITAN_HAS_SANITIZER 1
#endif
#endif

namespace witan::extract {

namespace {

#ifdef WITAN_HAS_SANITIZER
constexpr bool k_has_sanitizer = true;
#else
constexpr bool k_has_sanitizer = false;
#endif

bool limit(__rlimit_resource resource, std::uint64_t soft, std::uint64_t hard) {
  const rlimit bound{soft, hard};
  return ::setrlimit(resource, &bound) == 0;
}

/// The filter below forbids most of this too. Two walls, so that a hole in one is none.
bool set_limits(const Bounds& bounds) {
  const auto seconds = static_cast<std::uint64_t>(bounds.processor.count());
  // At the first limit of the processor SIGXCPU says why, at the second SIGKILL makes sure.
  const bool is_limited = limit(RLIMIT_CPU, seconds, seconds + 1) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NPROC, 0, 0);
  if (k_has_sanitizer) return is_limited;
  return is_limited && limit(RLIMIT_NOFILE, 0, 0) && limit(RLIMIT_AS, bounds.memory_bytes, bounds.memory_bytes);
}

/// Which system calls there are. Each step notes whether it was taken.
class Filter {
 public:
  // What nobody has thought of is refused and not deadly: libraries ask for this and that, such as fonts or tables of old encodings, and can
  // do without. To be killed for it would cost an honest paper its text at the next version of a library, and protect no better.
  Filter() : filter_(::seccomp_init(SCMP_ACT_ERRNO(EACCES))) {}
  ~Filter() {
    if (filter_) ::seccomp_release(filter_);
  }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void allow(std::initializer_list<int> calls) {
    for (const int call : calls) add(SCMP_ACT_ALLOW, call, {});
  }
  void allow(int call, std::initializer_list<scmp_arg_cmp> when) { add(SCMP_ACT_ALLOW, call, when); }
  void kill_for(std::initializer_list<int> calls) {
    for (const int call : calls) add(SCMP_ACT_KILL_PROCESS, call, {});
  }
  bool load() { return is_complete_ && ::seccomp_load(filter_) == 0; }

 private:
  void add(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> when) {
    is_complete_ = is_complete_ && filter_ && ::seccomp_rule_add_array(filter_, action, call, static_cast<unsigned>(when.size()), when.begin()) == 0;
  }

  scmp_filter_ctx filter_ = nullptr;
  bool is_complete_ = true;
};

scmp_arg_cmp is_equal(unsigned argument, std::uint64_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp has_of(unsigned argument, std::uint64_t bits, std::uint64_t value) { return {argument, SCMP_CMP_MASKED_EQ, bits, value}; }

void allow_memory(Filter& filter) {
  filter.allow({SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise)});
  // Nothing that was written may be run, and no file becomes memory.
  filter.allow(SCMP_SYS(mmap), {has_of(2, PROT_EXEC, 0), has_of(3, MAP_ANONYMOUS, MAP_ANONYMOUS)});
  filter.allow(SCMP_SYS(mprotect), {has_of(2, PROT_EXEC, 0)});
}

/// Output, time, chance, and ways to end: abort() sends itself a signal. Before it sorts, the C library asks how much memory there is, and
/// does not look whether it was told.
void allow_rest(Filter& filter) {
  filter.allow(SCMP_SYS(write), {is_equal(0, STDOUT_FILENO)});
  filter.allow({SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(sysinfo), SCMP_SYS(getpid),
                SCMP_SYS(gettid), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)});
  filter.allow(SCMP_SYS(tgkill), {is_equal(0, static_cast<std::uint64_t>(::getpid()))});
}

/// What no honest reader of files does: whoever tries it has taken the program over, and gets no second try.
void kill_for_attacks(Filter& filter) {
  filter.kill_for({SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(socket),
                   SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(ptrace),
                   SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(io_uring_setup), SCMP_SYS(bpf), SCMP_SYS(userfaultfd),
                   SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(keyctl)});
}

/// A sanitizer reports on standard error, from a stack of its own, waits for its other threads, and finds out whether there is memory
/// at an address by writing it to a pipe.
void allow_sanitizer(Filter& filter) {
  filter.allow(SCMP_SYS(write), {{0, SCMP_CMP_NE, STDOUT_FILENO, 0}});
  filter.allow({SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(getrusage), SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(close)});
}

bool forbid_system_calls() {
  Filter filter;
  allow_memory(filter);
  allow_rest(filter);
  kill_for_attacks(filter);
  if (k_has_sanitizer) allow_sanitizer(filter);
  return filter.load();
}

}  // namespace

bool confine(const Bounds& bounds) {
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && set_limits(bounds) && forbid_system_calls();
}

}  // namespace witan::extract
