// `simpul user` and `simpul demo`: accounts at the command line, for who runs the installation.
#include <fmt/format.h>

#include <CLI/App.hpp>

#include "base/error.hpp"
#include "crypto/key.hpp"
#include "crypto/token.hpp"
#include "main/commands.hpp"
#include "main/config.hpp"
#include "main/open_store.hpp"
#include "service/accounts.hpp"
#include "service/area_build.hpp"
#include "service/made_potentials.hpp"
#include "storage/reference.hpp"

namespace simpul::main_program {

namespace {

// What the commands on accounts work with.
struct Office {
  explicit Office(const Config& config)
      : store(open_store(config)),
        roles(storage::read_roles(config.reference_folder)),
        key(crypto::Key::load(std::filesystem::path(config.data_folder) / "simpul.key")),
        accounts(*store, roles, key) {}

  // By user name. Error NotFound: nobody has it.
  domain::Account find(const std::string& username) {
    for (std::string after;;) {
      const auto page = accounts.list(actor, after, 1000);
      for (const auto& account : page)
        if (account.username == username) return account;
      if (page.size() < 1000)
        throw Error(ErrorKind::NotFound, "There is no account {name}", {{"name", username}});
      after = page.back().username;
    }
  }

  std::unique_ptr<storage::Store> store;
  domain::Roles roles;
  crypto::Key key;
  service::Accounts accounts;
  const domain::Actor actor = domain::program("command line");
};

void say_faults(const Error& error) {
  for (const auto& fault : error.fields)
    fmt::print(stderr, "{}: {}\n", fault.field, fill_message(fault.key, fault.args));
}

void add_user(const Config& config, const service::AccountDraft& draft) {
  Office office(config);
  try {
    const auto made = office.accounts.create(office.actor, draft);
    fmt::print("{} may sign in with the one-time password {} within 7 days\n", made.account.username,
               made.one_time_password);
  } catch (const Error& error) {
    say_faults(error);
    throw;
  }
}

void reset_user(const Config& config, const std::string& username, bool totp) {
  Office office(config);
  const auto token = office.accounts.reset(office.actor, office.find(username).id, totp);
  fmt::print("Valid for 30 minutes, once: /kantor/sandi#token={}\n", token);
}

void list_users(const Config& config) {
  Office office(config);
  for (std::string after;;) {
    const auto page = office.accounts.list(office.actor, after, 1000);
    for (const auto& account : page)
      fmt::print("{}\t{}\t{}\t{}\t{}\n", account.username, account.role, account.region, account.unit,
                 account.active ? "active" : "disabled");
    if (page.size() < 1000) return;
    after = page.back().username;
  }
}

// A password among the arguments would be seen by everybody on the machine: it is the administrator's from
// the environment, or made here and printed.
void demo(const Config& config) {
  Office office(config);
  const auto password = config.admin_password.empty() ? crypto::random_password() : config.admin_password;
  const auto made = office.accounts.demonstration(office.actor, password);
  fmt::print(
      "{} accounts to try, named ROLE.REGION (regional_operator.74.01), all with {}; for a demonstration "
      "only, "
      "never for a register that counts\n",
      made,
      config.admin_password.empty() ? "the password " + password : "the password of SIMPUL_ADMIN_PASSWORD");
}

}  // namespace

void add_user_commands(CLI::App& app) {
  auto* user = app.add_subcommand("user", "accounts: add, reset, list");
  user->require_subcommand(1);

  auto* add = user->add_subcommand("add", "a new account; prints its one-time password");
  const auto draft = std::make_shared<service::AccountDraft>();
  add->add_option("username", draft->username)->required();
  add->add_option("--name", draft->name, "of the person")->required();
  add->add_option("--role", draft->role, "a code of reference/roles.toml")->required();
  add->add_option("--region", draft->region, "74 is the province")->required();
  add->add_option("--unit", draft->unit, "the office (OPD)");
  add->add_option("--email", draft->email);
  add->callback(
      [args = add_config_options(*add), draft] { add_user(load_config(*args, environment), *draft); });

  auto* reset = user->add_subcommand("reset", "a one-time link to set a new password");
  const auto name = std::make_shared<std::string>();
  const auto totp = std::make_shared<bool>(false);
  reset->add_option("username", *name)->required();
  reset->add_flag("--totp", *totp, "forget the second factor as well");
  reset->callback([args = add_config_options(*reset), name, totp] {
    reset_user(load_config(*args, environment), *name, *totp);
  });

  auto* list = user->add_subcommand("list", "user name, role, region, office, state; parted by tabs");
  list->callback([args = add_config_options(*list)] { list_users(load_config(*args, environment)); });

  auto* try_out = app.add_subcommand("demo", "one account per role and region, to try the program");
  const auto points = std::make_shared<std::filesystem::path>();
  try_out->add_option(
      "--scale", *points,
      "instead: made potentials from a CSV of points (bench/workloads/make_points.mjs), for measuring");
  const auto areas = std::make_shared<std::vector<std::filesystem::path>>();
  try_out->add_option(
      "--areas", *areas,
      "instead, or with it: kecamatan and villages of the whole country from GeoJSON files of GADM 4.1");
  try_out->callback([args = add_config_options(*try_out), points, areas] {
    const auto config = load_config(*args, environment);
    if (points->empty() && areas->empty()) return demo(config);
    const auto store = open_store(config);
    // Read before anything is written: a fault in a file leaves the register as it is.
    domain::AreaSet set;
    if (!areas->empty()) set = service::build_areas(*areas, {});
    if (!points->empty()) {
      const auto count = service::make_potentials(*store, *points, domain::program("demo"));
      fmt::print("{} made potentials, marked as such; never for a register that counts\n", count);
    }
    if (areas->empty()) return;
    service::import_country(*store, set, domain::program("demo"));
    fmt::print("{} areas of the whole country, {}\n", set.areas.size(), set.licence);
  });
}

}  // namespace simpul::main_program
