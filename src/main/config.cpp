#include "main/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace simpul::main_program {

namespace {

using Milliseconds = std::chrono::milliseconds;
using Target = std::variant<std::string*, bool*, std::uint16_t*, unsigned*, std::size_t*, Milliseconds*,
                            std::vector<std::string>*>;

struct Setting {
  std::string_view section;
  std::string_view key;
  Target target;
  std::string_view meaning;
  std::string_view short_name = "";  // of the environment variable, beside SIMPUL_SECTION_KEY
  bool secret = false;
};

// The one list of what can be set: file, environment, print-config and the documentation's test read it.
std::vector<Setting> settings_of(Config& c) {
  return {
      {"storage", "data", &c.data_folder, "folder for database, lock and uploads", "SIMPUL_DATA"},
      {"storage", "database", &c.database,
       "sqlite:FILE or postgresql://...; empty: a SQLite file in the data folder", "SIMPUL_DATABASE"},
      {"storage", "reference", &c.reference_folder,
       "folder with reference data (sectors, groups) instead of the one inside the program"},
      {"accounts", "admin_password", &c.admin_password,
       "first password of the administrator, and of the accounts of `simpul demo`, for automation",
       "SIMPUL_ADMIN_PASSWORD", true},
      {"server", "address", &c.server.address, "address to listen on"},
      {"server", "port", &c.server.port, "port to listen on; 0: any free one", "SIMPUL_PORT"},
      {"server", "threads", &c.server.threads, "threads that serve; 0: one per core"},
      {"server", "connections", &c.server.connections, "connections at once, in all"},
      {"server", "connections_per_address", &c.server.connections_per_address,
       "connections at once from one address"},
      {"server", "proxies", &c.server.proxies,
       "addresses of proxies whose X-Forwarded-For and -Proto are believed"},
      {"server", "head_ms", &c.server.head_time, "time for the head of a request"},
      {"server", "idle_ms", &c.server.idle_time, "time between two requests of a connection"},
      {"server", "answer_ms", &c.server.answer_time, "time for an answer that needs a worker"},
      {"server", "stop_ms", &c.server.stop_time, "time for requests in flight when the server stops"},
      {"web", "url", &c.web.site_url,
       "public address of the site (https://...); empty: the address it listens on"},
      {"web", "cache_bytes", &c.web.cache_bytes, "size of the page cache; 0: nothing is kept"},
      {"web", "workers", &c.web.pool_threads, "threads for long work"},
      {"web", "worker_queue", &c.web.pool_queue, "jobs that may wait for a worker"},
      {"web", "metrics", &c.web.metrics, "/metrics for clients on this machine"},
      {"jobs", "workers", &c.jobs.workers, "threads for work in the background"},
      {"uploads", "file_bytes", &c.uploads.file_bytes, "largest file that officers may send"},
      {"uploads", "files", &c.uploads.files, "files of one account that wait to be used"},
      {"uploads", "account_bytes", &c.uploads.account_bytes, "bytes of these together"},
      {"attachments", "file_bytes", &c.attachments.file_bytes, "largest photo or document of a potential"},
      {"attachments", "region_bytes", &c.attachments.region_bytes,
       "bytes that the photos and documents of one region may take on the disk"},
      {"attachments", "per_hour", &c.attachments.per_hour,
       "photos and documents that one account may attach in an hour"},
      {"attachments", "at_once", &c.attachments.at_once,
       "photos and documents that are worked on at the same time; fewer than web.workers"},
      {"backup", "folder", &c.backup.folder, "where backups go; empty: `backups` in the data folder"},
      {"backup", "time", &c.backup.time,
       "time of day in Makassar of the daily backup, such as 02:00; empty: none"},
      {"backup", "keep_days", &c.backup.keep_days, "daily backups that are kept"},
      {"backup", "keep_months", &c.backup.keep_months, "monthly backups that are kept"},
      {"mail", "smtp", &c.mail.smtp.server,
       "mail server: smtp://HOST:587 (STARTTLS) or smtps://HOST:465; empty: no e-mail is sent"},
      {"mail", "user", &c.mail.smtp.user, "user name at the mail server; empty: none"},
      {"mail", "password", &c.mail.smtp.password,
       "its password; better in the environment or a file than in simpul.toml", "", true},
      {"mail", "password_file", &c.mail.password_file, "file with the password, instead"},
      {"mail", "from", &c.mail.from, "address that mails come from"},
      {"mail", "from_name", &c.mail.from_name, "name that mails come from"},
      {"mail", "encrypted", &c.mail.smtp.encrypted,
       "false: without encryption, for a mail server on this machine only"},
      {"mail", "ca_file", &c.mail.smtp.ca_file, "certificates to trust instead of the system's"},
      {"log", "level", &c.log_level, "trace, debug, info, warn or error"},
      {"log", "requests", &c.web.access_log, "one line per request"},
  };
}

// Text (of the environment or the command line) into the setting; false: it does not fit.
bool assign(const Target& target, const std::string& text) {
  const auto number = [&text](auto& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
  };
  return std::visit(
      [&](auto* into) {
        using T = std::remove_pointer_t<decltype(into)>;
        if constexpr (std::is_same_v<T, std::string>) {
          *into = text;
          return true;
        } else if constexpr (std::is_same_v<T, bool>) {
          *into = text == "true" || text == "1";
          return *into || text == "false" || text == "0";
        } else if constexpr (std::is_same_v<T, Milliseconds>) {
          std::uint32_t count = 0;
          if (!number(count) || count == 0) return false;
          *into = Milliseconds(count);
          return true;
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          into->clear();
          for (std::size_t at = 0; at < text.size();) {
            const auto comma = std::min(text.find(',', at), text.size());
            into->push_back(text.substr(at, comma - at));
            at = comma + 1;
          }
          return true;
        } else {
          return number(*into);
        }
      },
      target);
}

// A TOML value as the text that assign() reads; empty and false: a kind of value that no setting has.
bool as_text(const toml::node& node, std::string& text) {
  if (const auto* string = node.as_string())
    text = string->get();
  else if (const auto* integer = node.as_integer())
    text = std::to_string(integer->get());
  else if (const auto* boolean = node.as_boolean())
    text = boolean->get() ? "true" : "false";
  else if (const auto* array = node.as_array()) {
    for (const auto& item : *array) {
      if (!item.is_string()) return false;
      if (!text.empty()) text += ',';
      text += item.as_string()->get();
    }
  } else {
    return false;
  }
  return true;
}

bool is_text(const Target& target) {
  return std::holds_alternative<std::string*>(target);
}
bool is_list(const Target& target) {
  return std::holds_alternative<std::vector<std::string>*>(target);
}

[[noreturn]] void refuse(std::string key, MessageArgs args) {
  throw Error(ErrorKind::Invalid, std::move(key), std::move(args));
}

void read_file(const std::filesystem::path& path, const std::vector<Setting>& settings) {
  toml::table file;
  try {
    file = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    refuse("{file}, line {line}: {reason}", {{"file", path.string()},
                                             {"line", std::to_string(error.source().begin.line)},
                                             {"reason", std::string(error.description())}});
  }
  const auto where = [&path](const toml::source_region& source, const std::string& name) -> MessageArgs {
    return {{"file", path.string()}, {"line", std::to_string(source.begin.line)}, {"name", name}};
  };
  for (const auto& [section, content] : file) {
    const auto* table = content.as_table();
    const std::string section_name(section.str());
    if (table == nullptr ||
        std::ranges::none_of(settings, [&](const Setting& s) { return s.section == section_name; }))
      refuse(
          "{file}, line {line}: there is no section {name}; simpul check --print-config shows all settings",
          where(section.source(), section_name));
    for (const auto& [key, value] : *table) {
      const std::string setting_name(key.str());
      const auto name = section_name + "." + setting_name;
      const auto setting = std::ranges::find_if(
          settings, [&](const Setting& s) { return s.section == section_name && s.key == setting_name; });
      if (setting == settings.end())
        refuse(
            "{file}, line {line}: there is no setting {name}; simpul check --print-config shows all settings",
            where(key.source(), name));
      std::string text;
      if (!as_text(value, text) || is_text(setting->target) != value.is_string() ||
          is_list(setting->target) != value.is_array() || !assign(setting->target, text))
        refuse("{file}, line {line}: {name} cannot have this value", where(value.source(), name));
    }
  }
}

std::string variable_name(const Setting& setting) {
  auto name = fmt::format("SIMPUL_{}_{}", setting.section, setting.key);
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

std::string value_text(const Setting& setting) {
  if (setting.secret) return std::get<std::string*>(setting.target)->empty() ? "\"\"" : "\"(set)\"";
  return std::visit(
      [](const auto* from) -> std::string {
        using T = std::remove_cvref_t<decltype(*from)>;
        const auto quoted = [](const std::string& text) {
          std::ostringstream out;
          out << toml::value<std::string>(text);
          return out.str();
        };
        if constexpr (std::is_same_v<T, std::string>)
          return quoted(*from);
        else if constexpr (std::is_same_v<T, Milliseconds>)
          return std::to_string(from->count());
        else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          std::string list;
          for (const auto& item : *from) list += (list.empty() ? "" : ", ") + quoted(item);
          return "[" + list + "]";
        } else
          return fmt::format("{}", *from);
      },
      setting.target);
}

}  // namespace

std::string Config::database_address() const {
  return database.empty() ? "sqlite:" + (std::filesystem::path(data_folder) / "simpul.db").string()
                          : database;
}

service::BackupSource Config::backup_source() const {
  const std::filesystem::path data(data_folder);
  return {database_address(), data,
          backup.folder.empty() ? data / "backups" : std::filesystem::path(backup.folder)};
}

std::shared_ptr<ConfigArgs> add_config_options(CLI::App& command) {
  auto args = std::make_shared<ConfigArgs>();
  command.add_option("--config", args->file, "settings file (unless given: simpul.toml in the data folder)");
  command.add_option("--data", args->data_folder, "data folder");
  command.add_option("--database", args->database, "sqlite:FILE or postgresql://...");
  return args;
}

std::string environment(const std::string& name) {
  const auto* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

Config load_config(const ConfigArgs& args, const Environment& environment) {
  Config config;
  const auto settings = settings_of(config);

  std::filesystem::path file = args.file;
  if (file.empty()) {
    auto folder = args.data_folder;
    for (const auto* name : {"SIMPUL_DATA", "SIMPUL_STORAGE_DATA"})
      if (folder.empty()) folder = environment(name);
    file = std::filesystem::path(folder.empty() ? config.data_folder : folder) / "simpul.toml";
    if (!std::filesystem::exists(file)) file.clear();
  } else if (!std::filesystem::exists(file)) {
    refuse("There is no settings file {file}", {{"file", file.string()}});
  }
  if (!file.empty()) read_file(file, settings);

  for (const auto& setting : settings) {
    for (const auto& name : {variable_name(setting), std::string(setting.short_name)}) {
      const auto text = name.empty() ? "" : environment(name);
      if (!text.empty() && !assign(setting.target, text))
        refuse("The environment variable {name} cannot have this value", {{"name", name}});
    }
  }
  if (!args.data_folder.empty()) config.data_folder = args.data_folder;
  if (!args.database.empty()) config.database = args.database;
  if (!args.port.empty() && !assign(&config.server.port, args.port))
    refuse("{value} is not a port number (0 to 65535)", {{"value", args.port}});
  return config;
}

std::string print_config(const Config& config) {
  auto copy = config;
  std::string out;
  std::string_view section;
  for (const auto& setting : settings_of(copy)) {
    if (setting.section != section) {
      section = setting.section;
      out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", section);
    }
    out += fmt::format("# {} ({}{}{})\n{} = {}\n", setting.meaning, setting.short_name,
                       setting.short_name.empty() ? "" : " or ", variable_name(setting), setting.key,
                       value_text(setting));
  }
  return out;
}

}  // namespace simpul::main_program
