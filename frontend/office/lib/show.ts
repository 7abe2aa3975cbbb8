// Values of a record in words.
import type { Figure } from './api.ts';
import { formatPosition } from '../../shared/coordinates.ts';
import type { FieldName, FormDraft, GeoJsonGeometry } from './draft.ts';
import type { FormFile } from './files.ts';
import { local, number, tr } from './i18n.svelte.ts';
import { accuracyName, formName, kindName, maturityName, statusName } from './labels.ts';
import { categoryName, commodityName, regionName, sectorName } from './reference.svelte.ts';

export function figureText(figure: Figure): string {
  const year = figure.year ? String(figure.year) : tr('without year');
  return `${kindName(figure.kind)}: ${number(figure.quantity)} ${figure.unit}, ${year}. ${figure.source}`;
}

function fileText(file: FormFile): string {
  const about = [local(file.caption), local(file.alt), file.credit, file.licence].filter(Boolean).join(' · ');
  return about ? `${file.name}: ${about}` : file.name;
}

function countPositions(coordinates: unknown): number {
  if (!Array.isArray(coordinates)) return 0;
  return typeof coordinates[0] === 'number' ? 1 : coordinates.reduce<number>((sum, one) => sum + countPositions(one), 0);
}

export function placeText(geometry: GeoJsonGeometry | null): string {
  if (!geometry) return tr('no place');
  const kinds = {
    Point: tr('Point'), MultiPoint: tr('Points'), LineString: tr('Line'), MultiLineString: tr('Lines'), Polygon: tr('Area on the map'), MultiPolygon: tr('Areas on the map'),
  };
  if (geometry.type === 'Point') {
    const [lon = 0, lat = 0] = geometry.coordinates as number[];
    return `${kinds.Point} ${formatPosition({ lon, lat }, 'decimal')}`;
  }
  return [kinds[geometry.type], tr('{n} positions', { n: number(countPositions(geometry.coordinates)) })].join(', ');
}

export function valueText(name: FieldName, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  switch (name) {
    case 'region':
      return regionName(String(value));
    case 'sector':
      return sectorName(String(value));
    case 'category':
      return categoryName(String(value));
    case 'commodity':
      return commodityName(String(value));
    case 'status':
      return statusName(value as Exclude<FormDraft['status'], ''>);
    case 'maturity':
      return maturityName(value as Exclude<FormDraft['maturity'], ''>);
    case 'accuracy':
      return accuracyName(value as Exclude<FormDraft['accuracy'], ''>);
    case 'forms':
      return formName(value as FormDraft['forms'][number]);
    case 'attachments':
      return fileText(value as FormFile);
    case 'geometry':
      return placeText(value as GeoJsonGeometry);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}
