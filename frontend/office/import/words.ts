// Words for what the contract of the import calls by code.
import type { Import, Outcome, Settings } from './contract.ts';
import type { Step } from './steps.ts';
import { tr } from '../lib/i18n.svelte.ts';
import { fieldName } from '../lib/labels.ts';

export const stepName = (step: Step): string =>
  ({
    file: tr('File'), source: tr('Sheet'), columns: tr('Columns'), codes: tr('Codes'), check: tr('Dry run'), run: tr('Run'), result: tr('Result'),
  })[step];

export const importState = (state: Import['state']): string =>
  ({
    mapping: tr('In preparation'), checking: tr('Dry run under way'), checked: tr('Checked, not run yet'), running: tr('Running'),
    applied: tr('Done'), undoing: tr('Being undone'), undone: tr('Undone'),
  })[state];

export const kStateIcons: Record<Import['state'], string> = {
  mapping: 'pencil', checking: 'clock', checked: 'clipboard-check', running: 'clock', applied: 'circle-check', undoing: 'undo-2', undone: 'undo-2',
};
// The looks are those of a record's state.
export const kStateLooks: Record<Import['state'], string> = {
  mapping: 'draft', checking: 'submitted', checked: 'verified', running: 'submitted', applied: 'published', undoing: 'submitted', undone: 'archived',
};

export const outcomeName = (outcome: Outcome): string =>
  ({ new: tr('New'), changed: tr('Changed'), same: tr('Unchanged'), error: tr('With errors') })[outcome];
export const kOutcomeIcons: Record<Outcome, string> = { new: 'plus', changed: 'pencil', same: 'minus', error: 'triangle-alert' };

export const kindName = (kind: Import['kind']): string =>
  ({
    csv: 'CSV', xlsx: tr('Spreadsheet (XLSX)'), ods: tr('Spreadsheet (ODS)'), gpkg: 'GeoPackage', shp: 'Shapefile', geojson: 'GeoJSON', kml: 'KML', gpx: 'GPX', fgb: 'FlatGeobuf',
  })[kind];

export const geometryName = (geometry: 'none' | 'point' | 'line' | 'polygon' | 'mixed'): string =>
  ({ none: tr('without places'), point: tr('points'), line: tr('lines'), polygon: tr('areas'), mixed: tr('points, lines and areas') })[geometry];

// Fields that a column can give, in the order of the form.
export const kFields = [
  'title.id', 'title.en', 'summary.id', 'summary.en', 'description.id', 'description.en', 'region', 'unit', 'sector', 'category', 'commodity',
  'status', 'maturity', 'forms', 'lat', 'lon', 'position', 'accuracy', 'quantity', 'quantity_unit', 'quantity_kind', 'year', 'source',
  'contact_unit', 'note', 'slug', 'key',
] as const;

export function importField(field: string): string {
  const own: Record<string, string> = {
    lat: tr('Latitude'), lon: tr('Longitude'), position: tr('Position (both in one cell)'), quantity: tr('Figure: how much'),
    quantity_unit: tr('Figure: unit of measure'), quantity_kind: tr('Figure: what'), year: tr('Figure: year'), source: tr('Source'),
    key: tr('Your own number of the record'),
  };
  return own[field] ?? fieldName(field);
}

export const repairName = (kind: string): string =>
  ({
    swapped: tr('Latitude and longitude are exchanged: turn them round'),
    south: tr('The latitude lacks its minus sign: put it south of the equator'),
    utm: tr('UTM 51S stands where degrees should be: convert it'),
    polygon: tr('The outline crosses itself: mend it'),
  })[kind] ?? kind;

export const actionWish = (action: NonNullable<Settings['action']>): string =>
  ({ drafts: tr('Keep them as drafts'), submit: tr('Submit them for review'), publish: tr('Publish them at once') })[action];

export const matchName = (match: NonNullable<Settings['match']>): string =>
  ({
    slug: tr('By the public address'), key: tr('By your own number'), title: tr('By title and region'), none: tr('Not at all: every row is new'),
  })[match];
