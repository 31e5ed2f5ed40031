#include "shared/service/outside.hpp"

#include <algorithm>

#include "shared/base/log.hpp"

namespace witan::service {

namespace {

constexpr std::chrono::milliseconds k_look_every{200};
constexpr int k_longest_wait_s = 300;

}  // namespace

OutsideWorker::OutsideWorker(const Definition& definition, const std::string& store_path, Apply apply)
    : definition_(definition),
      store_(storage::Store::open(store_path, storage::Store::Mode::read)),
      apply_(std::move(apply)),
      thread_([this] { run(); }) {}

void OutsideWorker::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  for (const auto& work : definition_.outside) {
    if (work.abandon) work.abandon();
  }
  if (thread_.joinable()) thread_.join();
}

void OutsideWorker::run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, k_look_every, [this] { return is_stopping_; })) {
    lock.unlock();
    try {
      while (look()) {}  // a piece of long work, and the next one
    } catch (const std::exception& failure) {
      log::error("outside", "look_failed", {{"reason", failure.what()}});
    }
    lock.lock();
  }
}

bool OutsideWorker::look() {
  const auto head = store_->log().head();
  if (head == looked_at_) return false;
  bool is_all_done = true, is_getting_on = false;
  for (const auto& work : definition_.outside) {
    for (const auto& id : work.waiting(StoreRows(*store_))) {
      is_all_done = false;
      {
        const std::lock_guard lock(mutex_);
        if (is_stopping_) return false;
      }
      const auto failed = failed_.find(id);
      if (failed == failed_.end() || Clock::now() >= failed->second.not_before) is_getting_on |= carry_out(work, id);
    }
  }
  if (!is_all_done) return is_getting_on;
  failed_.clear();
  looked_at_ = head;
  return false;
}

bool OutsideWorker::carry_out(const OutsideWork& work, const std::string& id) {
  auto& tried = failed_[id];
  try {
    if (!tried.outcome.has_value()) tried.outcome = work.carry_out(id, StoreRows(*store_));
    auto decide = work.prepare(id, tried.outcome);
    bool has_changed = false;
    const auto outcome = apply_([&](storage::Store& store, Engine& engine) {
      auto executed = engine.apply_notice(store, decide, "outside-" + id);
      if (!executed.reply) throw std::runtime_error("what came of it was refused: " + executed.reply.error().detail);
      has_changed = !executed.changes.empty();
      return std::move(executed.changes);
    });
    if (outcome != storage::Outcome::committed) throw std::runtime_error("what came of it could not be saved");
    failed_.erase(id);
    return has_changed;
  } catch (const std::exception& failure) {
    const int wait_s = std::min(k_longest_wait_s, 1 << std::min(tried.times++, 9));
    tried.not_before = Clock::now() + std::chrono::seconds(wait_s);
    log::warning("outside", "work_failed", {{"id", id}, {"again_in_s", wait_s}, {"reason", failure.what()}});
    return false;
  }
}

}  // namespace witan::service
