#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "storage/json.hpp"
#include "web/api/api.hpp"
#include "web/api/handlers.hpp"
#include "web/api/json_reader.hpp"
#include "web/api/record_json.hpp"
#include "web/api/record_query.hpp"

namespace simpul::web::api {
namespace {

constexpr std::size_t kTitle = 300, kText = 5000, kLine = 200, kSource = 1000;

boost::json::object draft_json(const domain::PotentialDraft& draft) {
  auto object = storage::content_of(draft);
  object["geometry"] = draft.geometry && !draft.geometry->empty()
                           ? boost::json::parse(geo::to_geojson(*draft.geometry))
                           : boost::json::value(nullptr);
  return object;
}

std::vector<domain::Figure> figures_of(JsonReader& reader, std::vector<FieldError>& faults) {
  std::vector<domain::Figure> figures;
  const auto* items = reader.array("figures", 50);
  if (items == nullptr) return figures;
  for (std::size_t i = 0; i < items->size(); ++i) {
    JsonReader one((*items)[i], faults, "figures." + std::to_string(i));
    domain::Figure figure;
    figure.quantity = one.number("quantity", true).value_or(0);
    figure.unit = one.text("unit", 60);
    figure.kind = one.text("kind", 60);
    figure.year = one.integer("year");
    figure.source = one.text("source", kSource);
    one.done();
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::vector<domain::Attachment> attachments_of(JsonReader& reader, std::vector<FieldError>& faults) {
  std::vector<domain::Attachment> attachments;
  const auto* items = reader.array("attachments", 2 * domain::kMostOfAKind);
  if (items == nullptr) return attachments;
  for (std::size_t i = 0; i < items->size(); ++i) {
    JsonReader one((*items)[i], faults, "attachments." + std::to_string(i));
    domain::Attachment attachment;
    attachment.file = one.text("file", 64, true);
    attachment.kind = one.text("kind", 20, true);
    attachment.name = one.text("name", domain::kMostName);
    attachment.caption = one.local_text("caption", domain::kMostCaption);
    attachment.alt = one.local_text("alt", domain::kMostCaption);
    attachment.credit = one.text("credit", domain::kMostName);
    attachment.licence = one.text("licence", domain::kMostLicence);
    one.done();
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

domain::PotentialDraft draft_of(const boost::json::value& body) {
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  domain::PotentialDraft draft;
  draft.slug = reader.text("slug", 100);
  draft.region_code = reader.text("region", 10, true);
  draft.unit = reader.text("unit", kLine);
  draft.sector = reader.text("sector", 10);
  draft.category = reader.text("category", 60);
  draft.commodity = reader.text("commodity", 100);
  if (const auto* geometry = reader.member("geometry")) {
    try {
      draft.geometry = geo::from_geojson(*geometry);
    } catch (const Error& error) {
      reader.fault("geometry", error.key, error.args);
    }
  }
  draft.accuracy = reader.text("accuracy", 20);
  draft.title = reader.local_text("title", kTitle);
  draft.summary = reader.local_text("summary", kText);
  draft.description = reader.local_text("description", kText);
  draft.figures = figures_of(reader, faults);
  draft.forms = reader.texts("forms", 6, 20);
  draft.status = reader.text("status", 20);
  draft.maturity = reader.text("maturity", 20);
  draft.contact_unit = reader.text("contact_unit", kLine);
  draft.attachments = attachments_of(reader, faults);
  draft.sources = reader.texts("sources", 20, kSource);
  draft.note = reader.text("note", kText);
  reader.done();
  refuse(std::move(faults));
  return draft;
}

boost::json::array comments_json(const std::vector<domain::Comment>& comments) {
  boost::json::array list;
  for (const auto& comment : comments)
    list.push_back(boost::json::object{{"field", comment.field}, {"text", comment.text}});
  return list;
}

boost::json::array files_json(const std::vector<domain::StoredFile>& files) {
  boost::json::array list;
  for (const auto& file : files) {
    boost::json::array variants;
    if (file.kind == domain::kDocument) variants.emplace_back("document.pdf");
    if (file.kind == domain::kPhoto)
      for (const int width : domain::widths_of(file))
        for (const auto* form : {".webp", ".jpg"}) variants.emplace_back(std::to_string(width) + form);
    boost::json::value position(nullptr);
    if (file.position) position = boost::json::array{file.position->x, file.position->y};
    list.push_back(boost::json::object{{"file", file.hash},
                                       {"kind", file.kind},
                                       {"media_type", file.media_type},
                                       {"bytes", file.bytes},
                                       {"width", file.width},
                                       {"height", file.height},
                                       {"pages", file.pages},
                                       {"variants", std::move(variants)},
                                       {"position", std::move(position)}});
  }
  return list;
}

}  // namespace

http::Response record_answer(const RequestContext& context, int status, const service::RecordView& view) {
  const auto& language = language_of(context);
  const auto& record = view.record;
  boost::json::array steps;
  for (const auto& step : view.steps)
    steps.push_back(boost::json::object{
        {"action", domain::word(step.action)},
        {"open", step.closed.empty()},
        {"reason", step.closed.empty() ? std::string() : language.tr(std::string(step.closed))}});
  auto response = json(
      status,
      boost::json::object{{"id", record.id},
                          {"version", record.version},
                          {"state", domain::word(record.state)},
                          {"region", record.draft.region_code},
                          {"unit", record.draft.unit},
                          {"draft", draft_json(record.draft)},
                          {"files", files_json(view.files)},
                          {"errors", errors_json(view.errors, language)},
                          {"warnings", errors_json(view.warnings, language)},
                          {"transitions", std::move(steps)},
                          {"comments", comments_json(record.comments)},
                          {"published", view.published ? boost::json::value(draft_json(*view.published))
                                                       : boost::json::value(nullptr)},
                          {"confirmed", record.confirmed ? boost::json::value(to_iso(*record.confirmed))
                                                         : boost::json::value(nullptr)},
                          {"confirm_due", record.confirm_due ? boost::json::value(to_iso(*record.confirm_due))
                                                             : boost::json::value(nullptr)},
                          {"assignee", number_or_null(record.assignee)},
                          {"tags", words(record.tags)},
                          {"changed_at", to_iso(record.changed)},
                          {"changed_by", record.changed_by}});
  set_version(response, record.version);
  return response;
}

http::Response list_potentials(const RequestContext& context) {
  const auto& request = context.request;
  only_parameters(request, {"limit", "cursor", "sort", "q", "region", "sector", "group", "commodity", "state",
                            "task", "confirm", "assignee", "tag", "import"});
  auto filter = record_filter_of(request);
  const auto cursor = cursor_of(request);
  const auto page =
      context.services->potentials.list(context.visitor->actor, std::move(filter), task_of(request),
                                        record_order_of(request), cursor.key, cursor.id, limit_of(request));
  boost::json::array items;
  for (const auto& line : page.lines)
    items.push_back(boost::json::object{{"id", line.id},
                                        {"slug", line.slug},
                                        {"title", storage::to_json(line.title)},
                                        {"region", line.region},
                                        {"unit", line.unit},
                                        {"group", line.group},
                                        {"sector", line.sector},
                                        {"category", line.category},
                                        {"commodity", line.commodity},
                                        {"state", line.state},
                                        {"published", line.published},
                                        {"version", line.version},
                                        {"changed_at", to_iso(line.changed)},
                                        {"changed_by", line.changed_by},
                                        {"confirmed", text_or_null(line.confirmed)},
                                        {"confirm_due", text_or_null(line.due)},
                                        {"assignee", number_or_null(line.assignee)},
                                        {"tags", words(line.tags)}});
  boost::json::value next(nullptr);
  if (page.more) next = api::cursor(page.lines.back().id, page.lines.back().sort_key);
  return json(200, boost::json::object{{"items", std::move(items)}, {"next", next}, {"total", page.total}});
}

http::Response create_potential(const RequestContext& context) {
  const auto key = context.request.header("idempotency-key");
  if (!key.empty() && (key.size() < 8 || key.size() > 100))
    throw Error(ErrorKind::Invalid, "An Idempotency-Key has 8 to 100 characters");
  const auto view = context.services->potentials.create(
      context.visitor->actor, draft_of(parse_body(context.request.body)), std::string(key));
  auto response = record_answer(context, 201, view);
  response.set("Location", "/api/v1/potentials/" + std::to_string(view.record.id));
  return response;
}

http::Response get_potential(const RequestContext& context) {
  return record_answer(context, 200,
                       context.services->potentials.get(context.visitor->actor, id_of(context.captured)));
}

http::Response change_potential(const RequestContext& context) {
  const auto id = id_of(context.captured);
  const auto version = wanted_version(context.request);
  const auto body = parse_body(context.request.body);
  auto draft = draft_of(body);
  // A client that knows nothing of attachments takes none away.
  const bool silent = !body.as_object().contains("attachments");
  return record_answer(
      context, 200,
      context.services->potentials.save(context.visitor->actor, id, version, std::move(draft), silent));
}

http::Response discard_potential(const RequestContext& context) {
  context.services->potentials.discard(context.visitor->actor, id_of(context.captured),
                                       wanted_version(context.request));
  return no_content();
}

http::Response step_potential(const RequestContext& context) {
  const auto id = id_of(context.captured);
  const auto version = wanted_version(context.request);
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto word = reader.text("action", 20, true);
  const auto action = domain::record_action(word);
  if (!action && !word.empty()) reader.fault("action", "\"{value}\" does not exist", {{"value", word}});
  const auto reason = reader.text("reason", 2000);
  std::vector<domain::Comment> comments;
  if (const auto* items = reader.array("comments", 50))
    for (std::size_t i = 0; i < items->size(); ++i) {
      JsonReader one((*items)[i], faults, "comments." + std::to_string(i));
      domain::Comment comment;
      comment.field = one.text("field", 60, true);
      comment.text = one.text("text", 2000, true);
      one.done();
      comments.push_back(std::move(comment));
    }
  reader.done();
  refuse(std::move(faults));
  return record_answer(context, 200,
                       context.services->potentials.step(context.visitor->actor, id, version, *action, reason,
                                                         std::move(comments)));
}

http::Response restore_potential(const RequestContext& context) {
  const auto id = id_of(context.captured);
  const auto version = wanted_version(context.request);
  const auto body = parse_body(context.request.body);
  std::vector<FieldError> faults;
  JsonReader reader(body, faults);
  const auto sequence = reader.integer("sequence");
  if (!sequence) reader.fault("sequence", "must not be empty");
  reader.done();
  refuse(std::move(faults));
  return record_answer(context, 200,
                       context.services->potentials.restore(context.visitor->actor, id, version, *sequence));
}

http::Response potential_history(const RequestContext& context) {
  boost::json::array items;
  for (const auto& entry :
       context.services->potentials.history(context.visitor->actor, id_of(context.captured))) {
    auto content = boost::json::parse(entry.content).as_object();
    const auto reason = content.if_contains("reason");
    items.push_back(boost::json::object{{"sequence", entry.sequence},
                                        {"at", to_iso(entry.at)},
                                        {"actor", entry.actor},
                                        {"action", entry.action},
                                        {"reason", reason ? *reason : boost::json::value("")},
                                        {"content", std::move(content)}});
  }
  return json(200, boost::json::object{{"items", std::move(items)}});
}

}  // namespace simpul::web::api
