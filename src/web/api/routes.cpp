#include "web/api/routes.hpp"

#include "service/uploads.hpp"
#include "web/api/handlers.hpp"

namespace simpul::web::api {
namespace {

// Every one on the worker pool: they wait for the database.
constexpr Route row(std::string_view method, std::string_view path, Handler handler,
                    std::string_view operation, Access access = Access::Account) {
  return {.method = method,
          .path = path,
          .handler = handler,
          .operation = operation,
          .access = access,
          .work = Work::Pool,
          .cache = Cache::None,
          .body = method == "POST" || method == "PUT" ? kBody : 0};
}

// As row(), but the body is a piece of a file.
constexpr Route bytes_row(std::string_view method, std::string_view path, Handler handler,
                          std::string_view operation) {
  auto route = row(method, path, handler, operation);
  route.takes = Takes::Bytes;
  route.body = service::kUploadPiece;
  return route;
}

// As row(), but a large file is made, or much is read.
constexpr Route long_row(std::string_view method, std::string_view path, Handler handler,
                         std::string_view operation) {
  auto route = row(method, path, handler, operation);
  route.work = Work::Long;
  return route;
}

constexpr Route kRoutes[] = {
    row("GET", "/api/v1/session", get_session, "session.get", Access::Session),
    row("POST", "/api/v1/session", create_session, "session.create", Access::Public),
    row("DELETE", "/api/v1/session", delete_session, "session.delete", Access::Session),
    row("GET", "/api/v1/sessions", list_sessions, "sessions.list", Access::Session),
    row("DELETE", "/api/v1/sessions/{id}", end_session, "sessions.delete", Access::Session),
    row("PUT", "/api/v1/account/password", change_password, "account.password", Access::Session),
    row("POST", "/api/v1/account/totp", begin_totp, "account.totp_begin", Access::Session),
    row("PUT", "/api/v1/account/totp", confirm_totp, "account.totp_confirm", Access::Session),
    row("POST", "/api/v1/password-reset-requests", request_password_reset, "password_resets.request",
        Access::Public),
    row("POST", "/api/v1/password-resets", use_password_reset, "password_resets.use", Access::Public),

    row("GET", "/api/v1/users", list_users, "users.list"),
    row("POST", "/api/v1/users", create_user, "users.create"),
    row("GET", "/api/v1/users/{id}", get_user, "users.get"),
    row("PUT", "/api/v1/users/{id}", change_user, "users.change"),
    row("POST", "/api/v1/users/{id}/resets", reset_user, "users.reset"),

    row("GET", "/api/v1/roles", list_roles, "roles.list"),
    row("GET", "/api/v1/regions", list_regions, "regions.list"),
    row("GET", "/api/v1/sectors", list_sectors, "sectors.list"),
    row("GET", "/api/v1/commodities", list_commodities, "commodities.list"),
    row("GET", "/api/v1/figures", list_figures, "figures.list"),
    row("POST", "/api/v1/geometry-checks", check_geometry, "geometry_checks.create"),
    row("POST", "/api/v1/geometry-readings", read_geometries, "geometry_readings.create"),

    row("GET", "/api/v1/potentials", list_potentials, "potentials.list"),
    row("POST", "/api/v1/potentials", create_potential, "potentials.create"),
    row("GET", "/api/v1/potentials/{id}", get_potential, "potentials.get"),
    row("PUT", "/api/v1/potentials/{id}", change_potential, "potentials.change"),
    row("DELETE", "/api/v1/potentials/{id}", discard_potential, "potentials.discard"),
    row("POST", "/api/v1/potentials/{id}/transitions", step_potential, "potentials.transition"),
    row("POST", "/api/v1/potentials/{id}/restores", restore_potential, "potentials.restore"),
    row("GET", "/api/v1/potentials/{id}/history", potential_history, "potentials.history"),
    row("POST", "/api/v1/potentials/{id}/attachments", attach_file, "attachments.create"),
    row("GET", "/api/v1/potentials/{id}/files/{hash}/{variant}", get_file, "files.get"),

    row("POST", "/api/v1/uploads", begin_upload, "uploads.begin"),
    row("GET", "/api/v1/uploads/{id}", get_upload, "uploads.get"),
    bytes_row("PUT", "/api/v1/uploads/{id}", append_upload, "uploads.append"),
    row("DELETE", "/api/v1/uploads/{id}", remove_upload, "uploads.remove"),

    row("POST", "/api/v1/imports", create_import, "imports.create"),
    row("GET", "/api/v1/imports", list_imports, "imports.list"),
    row("GET", "/api/v1/imports/{id}", get_import, "imports.get"),
    row("PUT", "/api/v1/imports/{id}", change_import, "imports.change"),
    row("DELETE", "/api/v1/imports/{id}", remove_import, "imports.remove"),
    row("POST", "/api/v1/imports/{id}/checks", check_import, "imports.check"),
    row("POST", "/api/v1/imports/{id}/runs", run_import, "imports.run"),
    row("POST", "/api/v1/imports/{id}/undo", undo_import, "imports.undo"),
    row("GET", "/api/v1/imports/{id}/rows", list_import_rows, "imports.rows"),
    row("GET", "/api/v1/imports/{id}/rows/{n}", get_import_row, "imports.row"),
    row("PUT", "/api/v1/imports/{id}/rows/{n}", fix_import_row, "imports.fix"),
    long_row("GET", "/api/v1/imports/{id}/rejected.csv", rejected_rows, "imports.rejected"),
    row("GET", "/api/v1/import-profiles", list_import_profiles, "import_profiles.list"),
    row("POST", "/api/v1/import-profiles", save_import_profile, "import_profiles.save"),
    row("DELETE", "/api/v1/import-profiles/{id}", remove_import_profile, "import_profiles.remove"),

    long_row("GET", "/api/v1/exports/potentials.csv", export_csv, "exports.csv"),
    long_row("GET", "/api/v1/exports/potentials.xlsx", export_xlsx, "exports.xlsx"),
    long_row("GET", "/api/v1/exports/potentials.geojson", export_geojson, "exports.geojson"),
    long_row("GET", "/api/v1/exports/potentials.gpkg", export_geopackage, "exports.gpkg"),
    long_row("GET", "/api/v1/exports/template.xlsx", export_template, "exports.template"),

    row("GET", "/api/v1/jobs", list_jobs, "jobs.list"),
    row("GET", "/api/v1/jobs/{id}", get_job, "jobs.get"),
    row("POST", "/api/v1/jobs/{id}/cancel", cancel_job, "jobs.cancel"),
    row("GET", "/api/v1/potential-counts", count_potentials, "potentials.counts"),
    row("POST", "/api/v1/potential-facts", change_facts, "potentials.facts"),
    row("GET", "/api/v1/officers", list_officers, "officers.list"),
    row("GET", "/api/v1/views", list_views, "views.list"),
    row("POST", "/api/v1/views", keep_view, "views.keep"),
    row("DELETE", "/api/v1/views/{id}", drop_view, "views.drop"),
    row("GET", "/api/v1/unsaved/{id}", get_unsaved, "unsaved.get"),
    row("PUT", "/api/v1/unsaved/{id}", keep_unsaved, "unsaved.keep"),
    row("DELETE", "/api/v1/unsaved/{id}", forget_unsaved, "unsaved.forget"),
    row("GET", "/api/v1/freshness", list_freshness, "freshness.list"),
    row("PUT", "/api/v1/freshness/{id}", set_freshness, "freshness.set"),

    row("GET", "/api/v1/audit", list_audit, "audit.list"),
    long_row("GET", "/api/v1/audit.csv", export_audit, "audit.csv"),
    long_row("POST", "/api/v1/audit/verifications", verify_audit, "audit.verify"),
    row("GET", "/api/v1/openapi.json", get_openapi, "openapi.get", Access::Public),
};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

}  // namespace simpul::web::api
