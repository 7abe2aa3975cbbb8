#include "service/imports.hpp"

#include "base/error.hpp"
#include "document/csv_writer.hpp"
#include "geo/geojson.hpp"
#include "storage/json.hpp"
#include "storage/records.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/jobs.hpp"
#include "web/api/json_reader.hpp"

namespace simpul::web::api {
namespace {

using service::ImportView;

// Groups of a report with the words of the reader.
void add_messages(boost::json::value& groups, const i18n::Language& language) {
  for (auto& item : groups.as_array()) {
    auto& group = item.as_object();
    MessageArgs args;
    for (const auto& [name, value] : group.at("args").as_object())
      args[std::string(name)] = std::string(value.as_string());
    group["message"] = language.tr(std::string(group.at("key").as_string()), args);
    group.erase("args");
  }
}

boost::json::value parsed(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::parse(text);
}

boost::json::object head_json(const RequestContext& context, const ImportView& view) {
  const auto& import = view.import;
  boost::json::value already(nullptr);
  if (view.already)
    already = boost::json::object{{"id", view.already->id},
                                  {"state", view.already->state},
                                  {"applied_at", instant(view.already->applied)},
                                  {"created_by", view.already->created_by}};
  return {{"id", import.id},
          {"version", import.version},
          {"state", view.state},
          {"region", import.region},
          {"created_by", import.created_by},
          {"created_at", to_iso(import.created)},
          {"file",
           boost::json::object{
               {"name", import.file_name}, {"bytes", import.file_bytes}, {"hash", import.file_hash}}},
          {"kind", import.found.kind},
          {"already", std::move(already)},
          {"job", view.job ? boost::json::value(job_json(context, *view.job)) : boost::json::value(nullptr)},
          {"result", parsed(import.result)}};
}

http::Response answer(const RequestContext& context, int status, const ImportView& view) {
  auto object = head_json(context, view);
  const auto& import = view.import;
  boost::json::array layers;
  for (const auto& layer : import.found.layers) layers.push_back(storage::to_json(layer));
  object["ignored"] = words(import.found.ignored);
  object["layers"] = std::move(layers);
  object["settings"] = storage::to_json(import.settings);
  auto report = parsed(import.report);
  if (report.is_object()) {
    add_messages(report.as_object()["errors"], language_of(context));
    add_messages(report.as_object()["warnings"], language_of(context));
  }
  object["report"] = std::move(report);
  auto response = json(status, object);
  set_version(response, import.version);
  return response;
}

boost::json::object line_json(const RequestContext& context, const service::ImportLine& line) {
  const auto& language = language_of(context);
  const auto& judged = line.judged;
  boost::json::object cells;
  for (const auto& [name, text] : line.cells) cells[name] = text;
  boost::json::array understood, changes;
  for (const auto& one : judged.understood)
    understood.push_back(boost::json::object{{"field", one.field}, {"from", one.from}, {"to", one.to}});
  for (const auto& one : judged.changes)
    changes.push_back(boost::json::object{{"field", one.field}, {"from", one.from}, {"to", one.to}});
  auto values = storage::content_of(judged.draft);
  values["geometry"] = judged.draft.geometry && !judged.draft.geometry->empty()
                           ? boost::json::parse(geo::to_geojson(*judged.draft.geometry))
                           : boost::json::value(nullptr);
  boost::json::value record(nullptr);
  if (judged.record)
    record = boost::json::object{{"id", judged.record->id}, {"slug", judged.record->draft.slug}};
  return {{"n", line.n},
          {"outcome", service::word(judged.outcome)},
          {"fixed", line.fixed},
          {"cells", std::move(cells)},
          {"errors", errors_json(judged.errors, language)},
          {"warnings", errors_json(judged.warnings, language)},
          {"understood", std::move(understood)},
          {"changes", std::move(changes)},
          {"record", std::move(record)},
          {"values", std::move(values)}};
}

std::optional<std::string> optional_text(JsonReader& reader, std::string_view name, std::size_t most) {
  if (reader.member(name) == nullptr) return std::nullopt;
  return reader.text(name, most);
}

service::SettingsChange settings_of(JsonReader& reader, std::vector<FieldError>& faults) {
  service::SettingsChange change;
  change.layer = optional_text(reader, "layer", 300);
  change.encoding = optional_text(reader, "encoding", 20);
  change.delimiter = optional_text(reader, "delimiter", 1);
  change.decimal = optional_text(reader, "decimal", 1);
  change.header_row = reader.integer("header_row");
  change.crs = optional_text(reader, "crs", 20);
  change.action = optional_text(reader, "action", 20);
  change.match = optional_text(reader, "match", 20);
  if (reader.member("repairs")) change.repairs = reader.texts("repairs", 10, 20);
  if (const auto* items = reader.array("columns", 500)) {
    change.columns.emplace();
    for (std::size_t i = 0; i < items->size(); ++i) {
      JsonReader one((*items)[i], faults, "columns." + std::to_string(i));
      domain::ImportColumn column;
      column.column = one.text("column", 300, true);
      column.field = one.text("field", 40, true);
      column.unit = one.text("unit", 60);
      column.fill_down = one.flag("fill_down", false);
      one.done();
      change.columns->push_back(std::move(column));
    }
  }
  if (const auto* items = reader.array("defaults", 50)) {
    change.defaults.emplace();
    for (std::size_t i = 0; i < items->size(); ++i) {
      JsonReader one((*items)[i], faults, "defaults." + std::to_string(i));
      domain::ImportDefault value;
      value.field = one.text("field", 40, true);
      value.value = one.text("value", 2000);
      one.done();
      change.defaults->push_back(std::move(value));
    }
  }
  if (const auto* items = reader.array("codes", 1000)) {
    change.codes.emplace();
    for (std::size_t i = 0; i < items->size(); ++i) {
      JsonReader one((*items)[i], faults, "codes." + std::to_string(i));
      domain::ImportCode code;
      code.field = one.text("field", 40, true);
      code.value = one.text("value", 300, true);
      code.code = one.text("code", 100, true);
      one.done();
      change.codes->push_back(std::move(code));
    }
  }
  return change;
}

domain::ImportSettings whole(const service::SettingsChange& change) {
  domain::ImportSettings settings;
  const auto take = [](auto& member, const auto& value) {
    if (value) member = *value;
  };
  take(settings.layer, change.layer);
  take(settings.encoding, change.encoding);
  take(settings.delimiter, change.delimiter);
  take(settings.decimal, change.decimal);
  take(settings.header_row, change.header_row);
  take(settings.crs, change.crs);
  take(settings.columns, change.columns);
  take(settings.defaults, change.defaults);
  take(settings.codes, change.codes);
  take(settings.repairs, change.repairs);
  take(settings.action, change.action);
  take(settings.match, change.match);
  return settings;
}

// {id} of /imports/{id}/rows/{n} and the like.
std::int64_t first_id(const RequestContext& context) {
  return id_of(context.captures[0]);
}

http::Response accepted(const RequestContext& context, std::int64_t job) {
  context.services->jobs.wake();
  const auto found = service::get_job(context.services->store, context.visitor->actor, job);
  auto response = json(202, job_json(context, found));
  response.set("Location", "/api/v1/jobs/" + std::to_string(job));
  return response;
}

boost::json::object profile_json(const storage::ImportProfile& profile) {
  return {{"id", profile.id}, {"name", profile.name}, {"settings", storage::to_json(profile.settings)}};
}

}  // namespace

http::Response create_import(const RequestContext& context) {
  const auto key = context.request.header("idempotency-key");
  if (!key.empty() && (key.size() < 8 || key.size() > 100))
    throw Error(ErrorKind::Invalid, "An Idempotency-Key has 8 to 100 characters");
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto upload = reader.text("upload", 100, true);
  reader.done();
  refuse(std::move(faults));
  auto& services = *context.services;
  const auto& actor = context.visitor->actor;
  // The same key again finds the import; its upload is used up.
  if (const auto known = services.imports.find(actor, std::string(key), upload))
    return answer(context, 201, *known);
  const auto name = services.uploads.get(actor, upload).name;
  const auto view = services.imports.create(
      actor, name, [&](const std::filesystem::path& to) { services.uploads.lend(actor, upload, to); },
      std::string(key), upload);
  services.uploads.remove(actor, upload);
  auto response = answer(context, 201, view);
  response.set("Location", "/api/v1/imports/" + std::to_string(view.import.id));
  return response;
}

http::Response list_imports(const RequestContext& context) {
  only_parameters(context.request, {"limit", "cursor"});
  const int limit = limit_of(context.request);
  auto views =
      context.services->imports.list(context.visitor->actor, cursor_of(context.request).id, limit + 1);
  boost::json::value next(nullptr);
  if (views.size() > static_cast<std::size_t>(limit)) {
    views.pop_back();
    next = api::cursor(views.back().import.id, "");
  }
  boost::json::array items;
  for (const auto& view : views) items.push_back(head_json(context, view));
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}});
}

http::Response get_import(const RequestContext& context) {
  return answer(context, 200, context.services->imports.get(context.visitor->actor, id_of(context.captured)));
}

http::Response change_import(const RequestContext& context) {
  const auto version = wanted_version(context.request);
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto change = settings_of(reader, faults);
  reader.done();
  refuse(std::move(faults));
  return answer(
      context, 200,
      context.services->imports.change(context.visitor->actor, id_of(context.captured), version, change));
}

http::Response remove_import(const RequestContext& context) {
  context.services->imports.remove(context.visitor->actor, id_of(context.captured));
  return no_content();
}

http::Response check_import(const RequestContext& context) {
  return accepted(context, context.services->imports.check(context.visitor->actor, first_id(context)));
}

http::Response run_import(const RequestContext& context) {
  return accepted(context, context.services->imports.run(context.visitor->actor, first_id(context)));
}

http::Response undo_import(const RequestContext& context) {
  return accepted(context, context.services->imports.undo(context.visitor->actor, first_id(context)));
}

http::Response list_import_rows(const RequestContext& context) {
  const auto& request = context.request;
  only_parameters(request, {"limit", "cursor", "outcome"});
  const auto word = parameter(request, "outcome");
  const auto outcome = service::row_outcome(word);
  if (!word.empty() && !outcome)
    throw Error(ErrorKind::Invalid, "The query parameter {name} is not right", {{"name", "outcome"}});
  const auto page = context.services->imports.rows(context.visitor->actor, first_id(context), outcome,
                                                   cursor_of(request).id, limit_of(request));
  boost::json::array items;
  for (const auto& line : page.lines) items.push_back(line_json(context, line));
  boost::json::value next(nullptr);
  if (page.more) next = api::cursor(page.lines.back().n, "");
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}});
}

http::Response get_import_row(const RequestContext& context) {
  return json(200, line_json(context, context.services->imports.row(context.visitor->actor, first_id(context),
                                                                    id_of(context.captured))));
}

http::Response fix_import_row(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  storage::Cells cells;
  if (const auto* member = reader.member("cells"); member && member->is_object()) {
    JsonReader one(*member, faults, "cells");
    for (const auto& [name, value] : member->as_object()) cells[std::string(name)] = one.text(name, 5000);
  } else {
    reader.fault("cells", "must not be empty");
  }
  reader.done();
  refuse(std::move(faults));
  return json(200, line_json(context, context.services->imports.fix(context.visitor->actor, first_id(context),
                                                                    id_of(context.captured), cells)));
}

// The rows that were not taken, in the columns of the file, with their numbers and the reasons. For each page
// the file is opened anew.
constexpr int kRejectedAtOnce = 5000;

http::Response rejected_rows(const RequestContext& context) {
  const auto& language = language_of(context);
  document::CsvWriter csv(document::ByteOrderMark::Yes);
  bool begun = false;
  for (std::int64_t after = 0;;) {
    const auto page = context.services->imports.rows(context.visitor->actor, first_id(context),
                                                     service::RowOutcome::Error, after, kRejectedAtOnce);
    for (const auto& line : page.lines) {
      if (!begun) {
        csv.text(language.tr("Row"));
        csv.text(language.tr("Reasons"));
        for (const auto& [name, text] : line.cells) csv.text(name);
        csv.end_row();
        begun = true;
      }
      csv.integer(line.n);
      std::string reasons;
      for (const auto& error : line.judged.errors)
        reasons += (reasons.empty() ? "" : "; ") + (error.field.empty() ? "" : error.field + ": ") +
                   language.tr(error.key, error.args);
      csv.text(reasons);
      for (const auto& [name, text] : line.cells) csv.text(text);
      csv.end_row();
      after = line.n;
    }
    if (!page.more) break;
  }
  auto response = http::Response::text(200, "text/csv; charset=utf-8", csv.take());
  response.set("Content-Disposition",
               "attachment; filename=\"ditolak-" + std::string(context.captures[0]) + ".csv\"");
  return response;
}

http::Response list_import_profiles(const RequestContext& context) {
  only_parameters(context.request, {});
  boost::json::array items;
  for (const auto& profile : context.services->imports.profiles(context.visitor->actor))
    items.push_back(profile_json(profile));
  return json(200, boost::json::object{{"items", std::move(items)}});
}

http::Response save_import_profile(const RequestContext& context) {
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto name = reader.text("name", 100, true);
  service::SettingsChange change;
  if (const auto* settings = reader.member("settings"); settings && settings->is_object()) {
    JsonReader one(*settings, faults, "settings");
    change = settings_of(one, faults);
    one.done();
  } else {
    reader.fault("settings", "must not be empty");
  }
  reader.done();
  refuse(std::move(faults));
  return json(
      201, profile_json(context.services->imports.save_profile(context.visitor->actor, name, whole(change))));
}

http::Response remove_import_profile(const RequestContext& context) {
  context.services->imports.remove_profile(context.visitor->actor, id_of(context.captured));
  return no_content();
}

}  // namespace simpul::web::api
