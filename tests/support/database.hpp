// A fresh, empty database for one test: a SQLite file in a folder of its own, or, in the program
// postgres_tests, a database of its own on the server that pg_virtualenv started. Gone when the object goes.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "db/connection.hpp"

namespace simpul::test {

#ifdef SIMPUL_TEST_POSTGRES

class TestDatabase {
 public:
  TestDatabase() : name_("simpul_test_" + std::to_string(::getpid()) + "_" + std::to_string(next_++)) {
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
  ~TestDatabase() {
    db::open("postgresql:///postgres", db::Mode::Write)->script("DROP DATABASE " + name_ + " WITH (FORCE)");
  }
  std::string address() const { return "postgresql:///" + name_; }

 private:
  static inline int next_ = 0;
  std::string name_;
};

#else

class TestDatabase {
 public:
  TestDatabase() {
    folder_ = (std::filesystem::temp_directory_path() / "simpul_test_XXXXXX").string();
    if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
  }
  ~TestDatabase() { std::filesystem::remove_all(folder_); }
  std::string address() const { return "sqlite:" + folder_ + "/simpul.db"; }
  std::string folder() const { return folder_; }

 private:
  std::string folder_;
};

#endif

}  // namespace simpul::test
