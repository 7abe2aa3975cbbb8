// A fresh, empty database for one test: a SQLite file in a folder of its own, or, when the tests run a second
// time with SIMPUL_TEST_STORE=postgresql, a database of its own on the server that pg_virtualenv started.
// Gone when the object goes.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "db/connection.hpp"

namespace simpul::test {

inline bool on_postgres() {
  const char* store = std::getenv("SIMPUL_TEST_STORE");
  return store && std::string_view(store) == "postgresql";
}

class TestDatabase {
 public:
  TestDatabase() {
    if (on_postgres())
      make_on_server();
    else
      make_folder();
  }
  ~TestDatabase() {
    if (folder_.empty())
      db::open("postgresql:///postgres", db::Mode::Write)->script("DROP DATABASE " + name_ + " WITH (FORCE)");
    else
      std::filesystem::remove_all(folder_);
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  std::string address() const {
    return folder_.empty() ? "postgresql:///" + name_ : "sqlite:" + folder_ + "/simpul.db";
  }

 private:
  void make_folder() {
    folder_ = (std::filesystem::temp_directory_path() / "simpul_test_XXXXXX").string();
    if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
  }

  void make_on_server() {
    name_ = "simpul_test_" + std::to_string(::getpid()) + "_" + std::to_string(next_++);
    if (!std::getenv("PGHOST") && !std::getenv("PGPORT") && !std::getenv("PGSYSCONFDIR"))
      throw std::runtime_error("no PostgreSQL server here: run under pg_virtualenv ctest");
    const auto server = db::open("postgresql:///postgres", db::Mode::Write);
    // Loading PostGIS takes most of a second: it is done once, the databases of the tests are copies.
    server->script("SELECT pg_advisory_lock(1)");
    const db::Statement find("test.find", "SELECT 1 FROM pg_database WHERE datname = 'simpul_template'");
    if (!server->first(find, {}, [](const db::Row&) { return true; })) {
      server->script("CREATE DATABASE simpul_template");
      db::open("postgresql:///simpul_template", db::Mode::Write)->script("CREATE EXTENSION postgis");
    }
    server->script("CREATE DATABASE " + name_ + " TEMPLATE simpul_template STRATEGY file_copy");
  }

  static inline int next_ = 0;
  std::string name_;    // on the server
  std::string folder_;  // of the SQLite file; empty: on the server
};

}  // namespace simpul::test
