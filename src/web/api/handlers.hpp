// The handlers of the REST interface, by noun; the contract is openapi/rest.yaml. Used by the route table.
#pragma once

#include "web/route.hpp"

namespace simpul::web::api {

http::Response get_session(const RequestContext& context);
http::Response create_session(const RequestContext& context);
http::Response delete_session(const RequestContext& context);
http::Response list_sessions(const RequestContext& context);
http::Response end_session(const RequestContext& context);
http::Response change_password(const RequestContext& context);
http::Response begin_totp(const RequestContext& context);
http::Response confirm_totp(const RequestContext& context);
http::Response request_password_reset(const RequestContext& context);
http::Response use_password_reset(const RequestContext& context);

http::Response list_users(const RequestContext& context);
http::Response create_user(const RequestContext& context);
http::Response get_user(const RequestContext& context);
http::Response change_user(const RequestContext& context);
http::Response reset_user(const RequestContext& context);

http::Response list_roles(const RequestContext& context);
http::Response list_regions(const RequestContext& context);
http::Response list_sectors(const RequestContext& context);
http::Response list_commodities(const RequestContext& context);
http::Response list_figures(const RequestContext& context);
http::Response check_geometry(const RequestContext& context);
http::Response read_geometries(const RequestContext& context);

http::Response get_openapi(const RequestContext& context);

http::Response list_potentials(const RequestContext& context);
http::Response create_potential(const RequestContext& context);
http::Response get_potential(const RequestContext& context);
http::Response change_potential(const RequestContext& context);
http::Response discard_potential(const RequestContext& context);
http::Response step_potential(const RequestContext& context);
http::Response restore_potential(const RequestContext& context);
http::Response potential_history(const RequestContext& context);

http::Response attach_file(const RequestContext& context);
http::Response get_file(const RequestContext& context);

http::Response begin_upload(const RequestContext& context);
http::Response get_upload(const RequestContext& context);
http::Response append_upload(const RequestContext& context);
http::Response remove_upload(const RequestContext& context);

http::Response create_import(const RequestContext& context);
http::Response list_imports(const RequestContext& context);
http::Response get_import(const RequestContext& context);
http::Response change_import(const RequestContext& context);
http::Response remove_import(const RequestContext& context);
http::Response check_import(const RequestContext& context);
http::Response run_import(const RequestContext& context);
http::Response undo_import(const RequestContext& context);
http::Response list_import_rows(const RequestContext& context);
http::Response get_import_row(const RequestContext& context);
http::Response fix_import_row(const RequestContext& context);
http::Response rejected_rows(const RequestContext& context);
http::Response list_import_profiles(const RequestContext& context);
http::Response save_import_profile(const RequestContext& context);
http::Response remove_import_profile(const RequestContext& context);

http::Response export_csv(const RequestContext& context);
http::Response export_xlsx(const RequestContext& context);
http::Response export_geojson(const RequestContext& context);
http::Response export_geopackage(const RequestContext& context);
http::Response export_template(const RequestContext& context);

http::Response list_jobs(const RequestContext& context);
http::Response get_job(const RequestContext& context);
http::Response cancel_job(const RequestContext& context);
http::Response count_potentials(const RequestContext& context);
http::Response change_facts(const RequestContext& context);
http::Response list_officers(const RequestContext& context);
http::Response list_views(const RequestContext& context);
http::Response keep_view(const RequestContext& context);
http::Response drop_view(const RequestContext& context);
http::Response get_unsaved(const RequestContext& context);
http::Response keep_unsaved(const RequestContext& context);
http::Response forget_unsaved(const RequestContext& context);
http::Response list_freshness(const RequestContext& context);
http::Response set_freshness(const RequestContext& context);

http::Response list_audit(const RequestContext& context);
http::Response export_audit(const RequestContext& context);
http::Response verify_audit(const RequestContext& context);

}  // namespace simpul::web::api
