// Lengths and areas on the ellipsoid WGS 84. Pure.
export type Position = readonly [lon: number, lat: number];

const kDegree = Math.PI / 180;
const kEquator = 6_378_137; // metres
const kFlattening = 1 / 298.257223563;
const kE = Math.sqrt(kFlattening * (2 - kFlattening));

// Metres between two places (Lambert's formula for long lines: within some ten metres over thousands of kilometres).
export function distance([lonA, latA]: Position, [lonB, latB]: Position): number {
  const a = Math.atan((1 - kFlattening) * Math.tan(latA * kDegree));
  const b = Math.atan((1 - kFlattening) * Math.tan(latB * kDegree));
  const up = Math.sin((b - a) / 2);
  const across = Math.sin(((lonB - lonA) * kDegree) / 2);
  const angle = 2 * Math.asin(Math.min(1, Math.sqrt(up * up + Math.cos(a) * Math.cos(b) * across * across)));
  if (angle === 0) return 0;
  const middle = (a + b) / 2;
  const x = (angle - Math.sin(angle)) * (Math.sin(middle) * Math.cos((b - a) / 2)) ** 2 / Math.cos(angle / 2) ** 2;
  const y = (angle + Math.sin(angle)) * (Math.cos(middle) * up) ** 2 / Math.sin(angle / 2) ** 2;
  return kEquator * (angle - (kFlattening / 2) * (x + y));
}

export function lengthOf(path: readonly Position[]): number {
  return path.slice(1).reduce((sum, place, index) => sum + distance(path[index]!, place), 0);
}

// Sine of the latitude on the sphere that has the ellipsoid's area, times what makes that sphere's area (Snyder 1987, 3-12).
function authalic(lat: number): number {
  const sine = Math.sin(lat * kDegree);
  return (1 - kE * kE) * (sine / (1 - (kE * sine) ** 2) - Math.log((1 - kE * sine) / (1 + kE * sine)) / (2 * kE));
}

// Square metres inside a path that is closed by its first place.
export function areaOf(path: readonly Position[]): number {
  if (path.length < 3) return 0;
  const sum = path.reduce((total, [lon, lat], index) => {
    const [nextLon, nextLat] = path[(index + 1) % path.length]!;
    return total + (nextLon - lon) * kDegree * (authalic(lat) + authalic(nextLat));
  }, 0);
  return Math.abs((sum * kEquator * kEquator) / 4);
}

function number(value: number, language: string): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toLocaleString(language, { maximumFractionDigits: digits });
}

// "640 m", "12,4 km".
export function lengthText(metres: number, language: string): string {
  return metres < 1000 ? `${number(Math.round(metres), language)} m` : `${number(metres / 1000, language)} km`;
}

// "3,2 ha" below a square kilometre, "48,1 km²" above.
export function areaText(squareMetres: number, language: string): string {
  return squareMetres < 1e6 ? `${number(squareMetres / 1e4, language)} ha` : `${number(squareMetres / 1e6, language)} km²`;
}
