// Positions as officers write them: decimal degrees (with comma or point), degrees minutes seconds with Indonesian or
// English letters, UTM zone 51 as on national maps. WGS 84 throughout.
export interface Position {
  lon: number;
  lat: number;
}
export type Notation = 'decimal' | 'dms' | 'utm';

const kDegree = Math.PI / 180;
// WGS 84 and the transverse Mercator series in the third flattening (Krüger), good to well below a millimetre here.
const kFlattening = 1 / 298.257223563;
const kN = kFlattening / (2 - kFlattening);
const kRadius = (6378137 / (1 + kN)) * (1 + kN ** 2 / 4 + kN ** 4 / 64);
const kScale = 0.9996;
const kAlpha = [kN / 2 - (2 * kN ** 2) / 3 + (5 * kN ** 3) / 16, (13 * kN ** 2) / 48 - (3 * kN ** 3) / 5, (61 * kN ** 3) / 240];
const kBeta = [kN / 2 - (2 * kN ** 2) / 3 + (37 * kN ** 3) / 96, kN ** 2 / 48 + kN ** 3 / 15, (17 * kN ** 3) / 480];
const kDelta = [2 * kN - (2 * kN ** 2) / 3 - 2 * kN ** 3, (7 * kN ** 2) / 3 - (8 * kN ** 3) / 5, (56 * kN ** 3) / 15];
const kMeridian51 = 123;

export function toUtm51({ lon, lat }: Position): { easting: number; northing: number; south: boolean } {
  const phi = lat * kDegree;
  const lambda = (lon - kMeridian51) * kDegree;
  const e = (2 * Math.sqrt(kN)) / (1 + kN);
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t * t));
  let x = eta;
  let y = xi;
  kAlpha.forEach((a, index) => {
    const k = 2 * (index + 1);
    x += a * Math.cos(k * xi) * Math.sinh(k * eta);
    y += a * Math.sin(k * xi) * Math.cosh(k * eta);
  });
  const south = lat < 0;
  return { easting: 500_000 + kScale * kRadius * x, northing: (south ? 10_000_000 : 0) + kScale * kRadius * y, south };
}

export function fromUtm51(easting: number, northing: number, south: boolean): Position {
  const y = (northing - (south ? 10_000_000 : 0)) / (kScale * kRadius);
  const x = (easting - 500_000) / (kScale * kRadius);
  let xi = y;
  let eta = x;
  kBeta.forEach((b, index) => {
    const k = 2 * (index + 1);
    xi -= b * Math.sin(k * y) * Math.cosh(k * x);
    eta -= b * Math.cos(k * y) * Math.sinh(k * x);
  });
  const chi = Math.asin(Math.sin(xi) / Math.cosh(eta));
  let phi = chi;
  kDelta.forEach((d, index) => {
    phi += d * Math.sin(2 * (index + 1) * chi);
  });
  return { lon: kMeridian51 + Math.atan2(Math.sinh(eta), Math.cos(xi)) / kDegree, lat: phi / kDegree };
}

const kSign: Record<string, { axis: 'lat' | 'lon'; sign: 1 | -1 }> = {
  LU: { axis: 'lat', sign: 1 }, N: { axis: 'lat', sign: 1 }, U: { axis: 'lat', sign: 1 },
  LS: { axis: 'lat', sign: -1 }, S: { axis: 'lat', sign: -1 },
  BT: { axis: 'lon', sign: 1 }, E: { axis: 'lon', sign: 1 }, T: { axis: 'lon', sign: 1 },
  BB: { axis: 'lon', sign: -1 }, W: { axis: 'lon', sign: -1 }, B: { axis: 'lon', sign: -1 },
};

function valid(position: Position): Position | null {
  const { lon, lat } = position;
  return Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? position : null;
}

function parseUtm(text: string): Position | null {
  const match = /^(?:UTM\s*)?51\s*([A-Z])?[\s,;]+(\d+(?:[.,]\d+)?)\s*(?:M?[ET])?[\s,;]+(\d+(?:[.,]\d+)?)\s*(?:M?[NU])?$/i.exec(text);
  if (!match) return null;
  const [, letter = 'S', east = '', north = ''] = match;
  const easting = Number(east.replace(',', '.'));
  const northing = Number(north.replace(',', '.'));
  if (easting < 100_000 || easting > 900_000 || northing > 10_000_000) return null;
  // S is the hemisphere on Indonesian maps; as a latitude band everything from N on is the north.
  const upper = letter.toUpperCase();
  return valid(fromUtm51(easting, northing, upper === 'S' || upper < 'N'));
}

function parseDms(text: string): Position | null {
  const found: Partial<Position> = {};
  const part = /(\d+(?:[.,]\d+)?)\s*(?:°|º|d|\s)\s*(?:(\d+(?:[.,]\d+)?)\s*(?:['’′m]|\s)\s*)?(?:(\d+(?:[.,]\d+)?)\s*(?:["”″s]|''|’’)?\s*)?(LU|LS|BT|BB|[NSEWUTB])/giy;
  const rest = text.replace(/\s+/g, ' ');
  let at = 0;
  while (at < rest.length) {
    while (/[\s,;]/.test(rest[at] ?? '')) at++;
    part.lastIndex = at;
    const match = part.exec(rest);
    if (!match) return null;
    const [degrees, minutes, seconds] = [match[1], match[2], match[3]].map((one) => Number((one ?? '0').replace(',', '.')));
    const meaning = kSign[(match[4] ?? '').toUpperCase()];
    if (!meaning || found[meaning.axis] !== undefined || minutes! >= 60 || seconds! >= 60) return null;
    found[meaning.axis] = meaning.sign * (degrees! + minutes! / 60 + seconds! / 3600);
    at = part.lastIndex;
  }
  return found.lat === undefined || found.lon === undefined ? null : valid({ lon: found.lon, lat: found.lat });
}

function parseDecimal(text: string): Position | null {
  const number = '([+-]?\\d{1,3}(?:[.,]\\d+)?)';
  // With decimal commas the two stand apart by a semicolon or a space.
  const match = new RegExp(`^${number}\\s*(?:;|\\s|,\\s|(?<=\\.\\d+),)\\s*${number}$`).exec(text);
  if (!match) return null;
  const lat = Number(match[1]!.replace(',', '.'));
  const lon = Number(match[2]!.replace(',', '.'));
  // "122.5, -4.1": written the other way round. No latitude goes beyond 90, so this is sure.
  return Math.abs(lat) > 90 ? valid({ lon: lat, lat: lon }) : valid({ lon, lat });
}

// "-4.05, 122.5", "4° 3' 0\" LS 122° 30' 0\" BT", "51S 444498 9552313". Latitude first. Null: not understood.
export function parsePosition(text: string): Position | null {
  const clean = text.trim().replace(/[−–]/g, '-');
  return parseUtm(clean) ?? parseDecimal(clean) ?? parseDms(clean);
}

function dms(value: number, letters: [string, string]): string {
  const tenths = Math.round(Math.abs(value) * 36000);
  const seconds = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600) % 60;
  const degrees = Math.floor(tenths / 36000);
  return `${degrees}° ${minutes}' ${seconds.toFixed(1)}" ${value < 0 ? letters[1] : letters[0]}`;
}

export function formatPosition(position: Position, notation: Notation): string {
  if (notation === 'decimal') return `${position.lat.toFixed(6)}, ${position.lon.toFixed(6)}`;
  if (notation === 'dms') return `${dms(position.lat, ['LU', 'LS'])} ${dms(position.lon, ['BT', 'BB'])}`;
  const { easting, northing, south } = toUtm51(position);
  return `51${south ? 'S' : 'N'} ${easting.toFixed(1)} ${northing.toFixed(1)}`;
}

// A position that is nowhere near the province is more often a slip than a place: [west, south, east, north].
const kNear = [119.5, -7.5, 125.5, -2] as const;

export function nearProvince({ lon, lat }: Position): boolean {
  return lon >= kNear[0] && lat >= kNear[1] && lon <= kNear[2] && lat <= kNear[3];
}
