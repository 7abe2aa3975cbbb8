// The sub-commands of `simpul`, each in a file of its own. A command runs inside CLI11's parse; what it
// throws is said by main as one sentence on standard error, with exit status 1.
#pragma once

namespace CLI {
class App;
}

namespace simpul::main_program {

void add_serve_command(CLI::App& app);
void add_import_command(CLI::App& app);
void add_register_commands(CLI::App& app);  // migrate, check, export
void add_backup_commands(CLI::App& app);    // backup, restore
void add_user_commands(CLI::App& app);      // user, demo

}  // namespace simpul::main_program
