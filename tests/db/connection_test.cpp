// Runs on SQLite and on PostgreSQL.
#include "db/connection.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "support/database.hpp"

namespace simpul::db {
namespace {

const Statement kInsert("test.insert",
                        "INSERT INTO things (id, word, number, flag, big) VALUES ($1, $2, $3, $4, $5)");
const Statement kSelect("test.select", "SELECT word, number, flag, big, bytes FROM things WHERE id = $1");
const Statement kBytes("test.bytes", "UPDATE things SET bytes = $2 WHERE id = $1");
const Statement kCount("test.count", "SELECT COUNT(*) FROM things");
// The parameters appear in another order than their numbers.
const Statement kOrder("test.order", "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT)");

class ConnectionTest : public testing::Test {
 protected:
  void SetUp() override {
    connection_ = open(database_.address(), Mode::Create);
    const std::string bytes = connection_->dialect() == Dialect::Sqlite ? "BLOB" : "BYTEA";
    connection_->script(
        "CREATE TABLE things (id INTEGER PRIMARY KEY, word TEXT NOT NULL, number DOUBLE PRECISION, flag "
        "BOOLEAN, big "
        "BIGINT, bytes " +
        bytes + ")");
  }
  std::int64_t count() {
    return *connection_->first(kCount, {}, [](const Row& row) { return row.integer(0); });
  }
  test::TestDatabase database_;
  std::unique_ptr<Connection> connection_;
};

ErrorKind kind_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind;
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::Internal;
}

TEST_F(ConnectionTest, ValuesComeBackAsTheyWere) {
  const std::string bytes("\0\x01\xff'\\x", 6);
  EXPECT_EQ(
      connection_->run(kInsert, {1, "kakap 'merah' \xc3\xa9", 0.1, true, std::int64_t{9007199254740993}}), 1);
  EXPECT_EQ(connection_->run(kBytes, {1, Blob{bytes}}), 1);
  int rows = 0;
  connection_->each(kSelect, {1}, [&](const Row& row) {
    ++rows;
    EXPECT_EQ(row.text(0), "kakap 'merah' \xc3\xa9");
    EXPECT_EQ(row.real(1), 0.1);
    EXPECT_TRUE(row.boolean(2));
    EXPECT_EQ(row.integer(3), 9007199254740993);
    EXPECT_EQ(row.blob(4), bytes);
  });
  EXPECT_EQ(rows, 1);
}

TEST_F(ConnectionTest, NullIsNull) {
  connection_->run(kInsert, {1, "", std::optional<double>(), nullptr, std::optional<std::int64_t>()});
  connection_->each(kSelect, {1}, [&](const Row& row) {
    EXPECT_FALSE(row.null(0));
    EXPECT_FALSE(row.optional_real(1));
    EXPECT_TRUE(row.null(2));
    EXPECT_FALSE(row.optional_integer(3));
    EXPECT_TRUE(row.null(4));
    EXPECT_EQ(row.blob(4), "");
  });
}

TEST_F(ConnectionTest, ParametersAreBoundByNumber) {
  connection_->each(kOrder, {"one", "two"}, [](const Row& row) {
    EXPECT_EQ(row.text(0), "two");
    EXPECT_EQ(row.text(1), "one");
  });
}

TEST_F(ConnectionTest, ErrorsHaveKinds) {
  connection_->run(kInsert, {1, "a", 1.0, true, 1});
  EXPECT_EQ(kind_of([&] { connection_->run(kInsert, {1, "b", 1.0, true, 1}); }), ErrorKind::Conflict);
  EXPECT_EQ(kind_of([&] { connection_->run(kInsert, {2, nullptr, 1.0, true, 1}); }), ErrorKind::Conflict);
  EXPECT_EQ(kind_of([&] {
              connection_->run(kInsert, {2, std::string("a\0b", 3), 1.0, true, 1});
            }),
            ErrorKind::Invalid);
  EXPECT_EQ(kind_of([&] { connection_->run(kInsert, {2}); }), ErrorKind::Internal);
  const Statement wrong("test.wrong", "SELECT nothing FROM nowhere");
  EXPECT_EQ(kind_of([&] { connection_->prepare(wrong); }), ErrorKind::Internal);
  EXPECT_EQ(count(), 1);
}

TEST_F(ConnectionTest, RollbackUndoesAndCommitKeeps) {
  connection_->begin_write();
  connection_->run(kInsert, {1, "a", 1.0, true, 1});
  EXPECT_EQ(connection_->changed_rows(), 1);
  connection_->rollback();
  EXPECT_EQ(count(), 0);
  connection_->begin_write();
  EXPECT_EQ(connection_->changed_rows(), 0);
  connection_->run(kInsert, {1, "a", 1.0, true, 1});
  connection_->commit();
  EXPECT_EQ(count(), 1);
}

TEST_F(ConnectionTest, AReaderSeesOneStateAndChangesNothing) {
  const auto reader = open(database_.address(), Mode::Read);
  const auto seen = [&] { return *reader->first(kCount, {}, [](const Row& row) { return row.integer(0); }); };
  reader->begin_read();
  EXPECT_EQ(seen(), 0);
  connection_->begin_write();
  connection_->run(kInsert, {1, "a", 1.0, true, 1});
  connection_->commit();
  EXPECT_EQ(seen(), 0);
  EXPECT_EQ(kind_of([&] { reader->run(kInsert, {2, "b", 1.0, true, 1}); }), ErrorKind::Unavailable);
  reader->rollback();
  EXPECT_EQ(seen(), 1);
}

TEST_F(ConnectionTest, ChangesOnlyTheTablesItWasTold) {
  static constexpr std::string_view kOther[] = {"others"}, kThese[] = {"others", "things"};
  connection_->begin_write();
  connection_->change_only(kOther);
  EXPECT_EQ(kind_of([&] { connection_->run(kInsert, {1, "a", 1.0, true, 1}); }), ErrorKind::Internal);
  EXPECT_EQ(kind_of([&] {
              connection_->each(kInsert, {1, "a", 1.0, true, 1}, [](const Row&) {});
            }),
            ErrorKind::Internal);
  EXPECT_EQ(count(), 0);
  connection_->change_only(kThese);
  connection_->run(kInsert, {1, "a", 1.0, true, 1});
  connection_->change_only({});
  EXPECT_EQ(kind_of([&] { connection_->run(kInsert, {2, "a", 1.0, true, 1}); }), ErrorKind::Internal);
  connection_->commit();
  connection_->run(kInsert, {2, "a", 1.0, true, 1});
  EXPECT_EQ(count(), 2);
}

TEST_F(ConnectionTest, TheHookComesBeforeEachCall) {
  int calls = 0;
  connection_->set_call_hook([&] {
    if (++calls == 2) throw Error(ErrorKind::Unavailable, "failed on purpose");
  });
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(kind_of([&] { count(); }), ErrorKind::Unavailable);
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(calls, 3);
}

TEST(Open, RefusesOtherAddresses) {
  EXPECT_EQ(kind_of([] { open("mysql://localhost", Mode::Create); }), ErrorKind::Invalid);
  EXPECT_EQ(kind_of([] { open("sqlite:", Mode::Create); }), ErrorKind::Invalid);
  EXPECT_EQ(kind_of([] { open("sqlite:/nowhere/at/all.db", Mode::Create); }), ErrorKind::Unavailable);
  EXPECT_EQ(kind_of([] { open("postgresql://127.0.0.1:1/x?connect_timeout=2", Mode::Write); }),
            ErrorKind::Unavailable);
}

}  // namespace
}  // namespace simpul::db
