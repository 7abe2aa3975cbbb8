#include "main/config.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "base/error.hpp"
#include "main/data_lock.hpp"

namespace simpul::main_program {

namespace {

class ConfigTest : public testing::Test {
 protected:
  ConfigTest() {
    std::string name = (std::filesystem::temp_directory_path() / "simpul-config-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~ConfigTest() override { std::filesystem::remove_all(folder); }

  Config load(const std::string& toml, std::map<std::string, std::string> variables = {},
              ConfigArgs args = {}) {
    if (!toml.empty()) std::ofstream(folder / "simpul.toml") << toml;
    if (args.data_folder.empty()) variables.try_emplace("SIMPUL_DATA", folder.string());
    return load_config(args, [&variables](const std::string& name) { return variables[name]; });
  }
  std::string refusal(const std::string& toml, std::map<std::string, std::string> variables = {},
                      ConfigArgs args = {}) {
    try {
      load(toml, std::move(variables), std::move(args));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid);
      return error.what();
    }
    return "";
  }
  std::filesystem::path folder;
};

}  // namespace

TEST_F(ConfigTest, HasDefaults) {
  const auto config = load("");
  EXPECT_EQ(config.server.port, 8080);
  EXPECT_EQ(config.server.address, "127.0.0.1");
  EXPECT_EQ(config.server.connections, 2000U);
  EXPECT_FALSE(config.web.metrics);
  EXPECT_EQ(config.database_address(), "sqlite:" + (folder / "simpul.db").string());
}

TEST_F(ConfigTest, EnvironmentBeatsFileAndCommandLineBeatsBoth) {
  const std::string file =
      "[server]\nport = 1\nproxies = [\"10.0.0.1\", \"10.0.0.2\"]\n[web]\nmetrics = true\n[log]\nlevel = "
      "\"warn\"\n";
  auto config = load(file);
  EXPECT_EQ(config.server.port, 1);
  EXPECT_EQ(config.server.proxies, (std::vector<std::string>{"10.0.0.1", "10.0.0.2"}));
  EXPECT_TRUE(config.web.metrics);
  EXPECT_EQ(config.log_level, "warn");
  config = load(file, {{"SIMPUL_PORT", "2"},
                       {"SIMPUL_WEB_METRICS", "false"},
                       {"SIMPUL_SERVER_HEAD_MS", "500"},
                       {"SIMPUL_DATABASE", "postgresql://x"},
                       {"SIMPUL_SERVER_PROXIES", "10.0.0.3"}});
  EXPECT_EQ(config.server.port, 2);
  EXPECT_FALSE(config.web.metrics);
  EXPECT_EQ(config.server.head_time, std::chrono::milliseconds(500));
  EXPECT_EQ(config.server.proxies, (std::vector<std::string>{"10.0.0.3"}));
  EXPECT_EQ(config.database_address(), "postgresql://x");
  EXPECT_EQ(load(file, {{"SIMPUL_PORT", "2"}}, {.port = "3"}).server.port, 3);
  EXPECT_EQ(load("", {{"SIMPUL_DATABASE", "sqlite:a"}}, {.database = "sqlite:b"}).database, "sqlite:b");
}

TEST_F(ConfigTest, SaysWhereASettingIsWrong) {
  const auto file = (folder / "simpul.toml").string();
  EXPECT_EQ(
      refusal("\n[server]\nprot = 1\n"),
      file + ", line 3: there is no setting server.prot; simpul check --print-config shows all settings");
  EXPECT_EQ(refusal("[sever]\nport = 1\n"),
            file + ", line 1: there is no section sever; simpul check --print-config shows all settings");
  for (const auto* value : {"\"8080\"", "65536", "-1", "1.5", "true", "[1]"})
    EXPECT_EQ(refusal("[server]\nport = " + std::string(value)),
              file + ", line 2: server.port cannot have this value")
        << value;
  EXPECT_NE(refusal("[server]\nport = \n").find(file + ", line 2: "), std::string::npos);
  EXPECT_EQ(refusal("[web]\nmetrics = \"yes\""), file + ", line 2: web.metrics cannot have this value");
  EXPECT_EQ(refusal("[server]\nproxies = \"10.0.0.1\""),
            file + ", line 2: server.proxies cannot have this value");
  std::filesystem::remove(file);
  EXPECT_EQ(refusal("", {{"SIMPUL_PORT", "80a"}}),
            "The environment variable SIMPUL_PORT cannot have this value");
  EXPECT_EQ(refusal("", {}, {.port = "99999"}), "99999 is not a port number (0 to 65535)");
  EXPECT_EQ(refusal("", {}, {.file = "/nowhere.toml"}), "There is no settings file /nowhere.toml");
}

TEST_F(ConfigTest, PrintsWhatItReads) {
  auto config = load("", {{"SIMPUL_PORT", "81"},
                          {"SIMPUL_ADMIN_PASSWORD", "very secret"},
                          {"SIMPUL_WEB_URL", "https://a\"b"},
                          {"SIMPUL_SERVER_PROXIES", "10.0.0.1,10.0.0.2"}});
  const auto text = print_config(config);
  EXPECT_EQ(text.find("very secret"), std::string::npos);
  EXPECT_EQ(print_config(load(text)), text);
  EXPECT_NE(text.find("port = 81"), std::string::npos);
}

TEST_F(ConfigTest, ADataFolderHasOneServer) {
  const auto data = folder / "made" / "when missing";
  {
    const DataLock lock(data);
    EXPECT_THROW(DataLock{data}, Error);
  }
  const DataLock again(data);
}

TEST_F(ConfigTest, ADataFolderMustBeWritable) {
  std::ofstream(folder / "file") << "in the way";
  try {
    const DataLock lock(folder / "file");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Unavailable);
    EXPECT_NE(std::string(error.what()).find("SIMPUL_DATA"), std::string::npos);
  }
}

}  // namespace simpul::main_program
