// Work that is done in the background and how far it is, and when work that fails or that is due each day
// comes again. Stored by storage/jobs, run by service/jobs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"

namespace simpul::domain {

enum class JobState { Queued, Running, Done, Failed, Cancelled };
std::string_view to_text(JobState state);
JobState job_state(std::string_view text);  // Error Internal: no such state

// Nothing will happen to it any more.
bool is_over(JobState state);

struct NewJob {
  std::string kind;
  std::string input = "{}";                // JSON object
  std::optional<std::string> region_code;  // of the object it is about: who may see it
  Instant not_before;                      // 0: at once
};

struct JobProgress {
  std::int64_t done = 0;
  std::int64_t total = 0;  // 0: not known
  std::string message;     // key of what it is doing
  bool operator==(const JobProgress&) const = default;
};

// Why an attempt failed, for the person: `key` is a message as in Error.
struct JobFault {
  std::string key;
  MessageArgs args;
};

struct Job {
  std::int64_t id = 0;
  std::string kind;
  JobState state = JobState::Queued;
  std::optional<std::string> region_code;
  std::string created_by;
  Instant created_at;
  std::string input;   // JSON object
  std::string result;  // JSON object when it is done, else empty
  std::optional<JobFault> fault;
  JobProgress progress;
  int attempts = 0;  // begun
  Instant run_at;    // not before; 0: at once
  bool cancel_asked = false;
  std::string owner;  // the process that runs it; empty: none
  Instant heartbeat;  // when the owner last said that it lives
  std::optional<Instant> started_at, finished_at;
};

// Something that is to be done every day at a minute of the day in Makassar (0 to 1439).
struct Schedule {
  std::string name;
  std::string kind;
  std::string input = "{}";
  int minute = 0;
  Instant next_at;
};

// When a job that failed `attempts` times is tried again: 10 s after `now`, then 40 s, 160 s ..., at most an
// hour.
Instant next_attempt(Instant now, int attempts);

// The next instant after `now` at that minute of the day in Makassar.
Instant next_daily(Instant now, int minute);

// "02:30" as minute of the day; nullopt: no such time.
std::optional<int> parse_minute(std::string_view text);

}  // namespace simpul::domain
