import { isCityIn } from './cities.ts';
import { countryOf } from './countries.ts';
import { decodeEntities, stripIllegal } from './html.ts';
import { largeCity } from './large-cities.ts';
import { atHome } from './place-home.ts';
import { isOnlyMode, isVague, modeWords } from './place-mode.ts';
import type { Token } from './place-tokens.ts';
import { mayBeCity, partsOf, readWords, stateIn } from './place-words.ts';
import type { Place } from './posting.ts';
import { US_STATES } from './states.ts';

/** A place as the board wrote it; the parts are those the board gives apart. */
type PlaceParts = { raw: string; city?: string | null; region?: string | null; country?: string | null };

const MAX_RAW = 400;
const MAX_PLACES = 100;
/** Pieces of all its lists that are read, those written alike counted once. */
const MAX_PIECES = 1000;
/** Characters of one list of places that are read. */
const MAX_LIST = 4000;
/**
 * Reads one place. Region and country only where the words say so; `Springfield` alone is no place on a map, and two states in one place are
 * none (`readPlaces` takes them apart). `City, XX` is read the American way unless the city is a well-known one abroad.
 */
export function readPlace(place: PlaceParts): Place {
  const raw = clean(place.raw.slice(0, MAX_LIST)).slice(0, MAX_RAW);
  const parts = [place.city, place.region, place.country].map(part => clean(part ?? ''));
  const [city = '', region = '', country = ''] = parts;
  if (!city && !region && !country) return quiet({ raw, ...readWords(raw) });
  const shown = raw || parts.filter(Boolean).join(', ');
  const code = countryOf(country) ?? countryOf(country.toUpperCase());
  if (!city && !region) return quiet({ raw: shown, ...readIn(raw, country, code) });
  const read = readParts(city, region, country, code);
  return quiet({ raw: shown, ...read, city: read.city ?? (city ? null : townIn(raw, read)) });
}

/** The town the words name where the board gives no city apart: `Riverville, VA 24553, USA` beside `VA`. */
function townIn(raw: string, { region, country }: Omit<Place, 'raw'>): string | null {
  const told = readWords(raw);
  return told.region !== null && told.region === region && told.country === country ? told.city : null;
}

/** Words beside a country the board gives apart: the country decides what they may mean. */
function readIn(raw: string, country: string, code: string | null): Omit<Place, 'raw'> {
  const alone = readWords(raw);
  if (code !== null && alone.country === code) return alone;
  // `Bombay, MH` in India is in Maharashtra, not on the Marshall Islands.
  if (code !== null && code !== 'US' && code !== 'CA' && alone.city !== null && raw.endsWith(`, ${alone.country}`))
    return { city: alone.city, region: alone.country, country: code };
  const read = readWords(`${raw}, ${code === 'CA' ? 'Canada' : country}`);
  return read.region !== null && read.country === code ? read : { city: null, region: null, country: code };
}

function readParts(city: string, region: string, country: string, said: string | null): Omit<Place, 'raw'> {
  const read = readWords([city, region, country].filter(Boolean).join(', '));
  const code = said ?? read.country;
  const town = cityPart(city) ?? read.city;
  // `Metzingen, DE` of a board that says Germany apart is not in Delaware.
  if (code !== null && code !== 'US' && code !== 'CA') return { city: town, region: region || null, country: code };
  const state = region ? stateIn(region, code) : null;
  if (state) return { city: town, region: state.code, country: state.country };
  return { city: town, region: read.region, country: code };
}

/**
 * Reads the places of one posting: lists are taken apart, what says the same twice is kept once, at most 100, out of at most 1,000 that are written
 * differently. `home` is the country its
 * employer hires in (ISO 3166-1 alpha-2), which decides what the words leave open; null where it hires in several.
 */
export function readPlaces(places: readonly PlaceParts[], home: string | null = null): Place[] {
  const found = new Map<string, Place>();
  for (const one of piecesOf(places)) {
    const alone = readPlace(one);
    if (!/[\p{L}\p{N}]/u.test(alone.raw)) continue;
    const key = placeKey(alone);
    if (!found.has(key)) found.set(key, home === null || one.country ? alone : atHome(alone, home));
    if (found.size >= MAX_PLACES) break;
  }
  return [...found.values()];
}

/** The pieces of some lists, each once, as far as they are read. Taken apart is only what is asked for. */
function* piecesOf(places: readonly PlaceParts[]): Generator<PlaceParts> {
  const seen = new Set<string>();
  const isNew = ({ raw, city, region, country }: PlaceParts) => {
    const before = seen.size;
    return seen.add(JSON.stringify([raw.slice(0, MAX_LIST), city, region, country])).size > before;
  };
  for (const place of places) {
    if (seen.size >= MAX_PIECES) return;
    if (!isNew(place)) continue;
    for (const piece of apartFrom(place)) {
      if (piece === place || piece.raw === place.raw || isNew(piece)) yield piece;
      if (seen.size >= MAX_PIECES) return;
    }
  }
}

/** The places that say neither how one works nor that it is open where, and of which nothing is known but their words. */
export function unreadPlaces(places: readonly PlaceParts[]): string[] {
  const unread = readPlaces(places).filter(place => !place.city && !place.region && !place.country);
  return unread.map(place => place.raw).filter(raw => !isOnlyMode(raw) && !isVague(raw));
}

/** A list that the board gives as one place, taken apart. */
function apartFrom(place: PlaceParts): PlaceParts[] {
  if (place.city || place.region) return [place];
  return split(clean(place.raw.slice(0, MAX_LIST))).map(part => ({ ...place, ...part }));
}

/** Equal for places that say the same. */
function placeKey({ raw, city, region, country }: Place): string {
  return (city || region || country ? [city, region, country].join('|') : raw).toLowerCase();
}

/** The USPS codes of the places, sorted, each once. */
export function statesOf(places: readonly Place[]): string[] {
  const states = places.flatMap(place =>
    place.country === 'US' && place.region && US_STATES.includes(place.region) ? [place.region] : [],
  );
  return [...new Set(states)].sort();
}

/** `FRESNO` and `NYC` as people write them. */
function quiet(place: Place): Place {
  const { city } = place;
  if (city !== null && /^nyc$/i.test(city)) return { ...place, city: 'New York' };
  if (city === null || city.length < 4 || city !== city.toUpperCase()) return place;
  return { ...place, city: city.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, letter => letter.toUpperCase()) };
}

function clean(words: string): string {
  return stripIllegal(decodeEntities(words))
    .replace(/\s+/g, ' ')
    .replace(/,(?: ?,)+/g, ',')
    .trim();
}

function cityPart(city: string): string | null {
  if (!city) return null;
  if (/[,;|]/.test(city)) return readWords(city).city;
  return mayBeCity(city) ? city : null;
}

/** Takes a list of places apart: `Austin, TX; Dallas, TX`, `Remote - Texas, Oklahoma`, `Austin, TX or Remote`. */
function split(raw: string): PlaceParts[] {
  return raw
    .split(/\s*[;•]\s*/)
    .flatMap(piece => apartWhere(piece, /\s*\|\s*/))
    .flatMap(piece => apartWhere(piece, /\s*(?:,?\s(?:or|and)|\s\/|\s&)\s+/))
    .flatMap(apartStates);
}

/** Splits where every piece is a place or a way of working: not `Rochester & Buffalo, NY`, nor `Brazil | Curitiba`. */
function apartWhere(piece: string, between: RegExp): string[] {
  const pieces = piece.split(between).filter(Boolean);
  const places = pieces.map(one => readWords(one));
  const [first, ...others] = places;
  // `Germany / Stuttgart` is one place from the large to the small.
  if (
    first?.country &&
    !first.region &&
    !first.city &&
    others.length > 0 &&
    others.every(({ city, country }) => city && country === first.country)
  )
    return [piece];
  const apart = places.every((place, at) => place.country !== null || isOnlyMode(pieces[at]!));
  return apart && places.some(place => place.country !== null) ? pieces : [piece];
}

/** A piece with several states or countries: each `City, ST` by itself, or each of them when the piece is nothing but such. */
function apartStates(piece: string): PlaceParts[] {
  const outside = partsOf(piece.replace(/\([^()]*\)/g, ' '));
  const tokens = outside.some(token => token.is === 'state') ? outside : partsOf(piece.replace(/[()]/g, ' , '));
  const states = tokens.flatMap(token => (token.is === 'state' ? [token.state.code] : []));
  const countries = tokens.flatMap(token => (token.is === 'country' ? [token.country] : []));
  const mode = modeWords(piece);
  const said = (words: string) => (mode === null ? words : `${mode} - ${words}`);
  if (new Set(countries).size > 1 && countries.length === tokens.length)
    return tokens.map((token, at) => ({ raw: said(token.words), country: countries[at]! }));
  if (areLargeCities(tokens)) return tokens.map(token => ({ raw: said(token.words) }));
  return new Set(states).size > 1 || isPairs(tokens) ? statesApart(tokens, said) : [{ raw: piece }];
}

/** `Chicago, New York, Amsterdam`: several cities that need no state, among which New York is one. */
function areLargeCities(tokens: readonly Token[]): boolean {
  const cities = tokens.filter(token => token.words !== 'US');
  const where = cities.map(token => (token.words === 'New York' ? { region: 'NY', country: 'US' } : largeCity(token.words)));
  const known = new Set(where.map(place => place && `${place.region} ${place.country}`));
  const states = cities.some(token => token.is === 'state') && cities.length === tokens.length;
  return cities.length > 1 && !known.has(null) && known.size > (states ? 2 : 1);
}

/** `Austin, TX, Dallas, TX`: cities and states by turns. */
function isPairs(tokens: readonly Token[]): boolean {
  return tokens.length >= 4 && tokens.length % 2 === 0 && tokens.every((token, at) => (token.is === 'state') === (at % 2 === 1));
}

/** Each state with the city before it; of `Kansas City, KS/MO` the city is in both. */
function statesApart(tokens: readonly Token[], said: (words: string) => string): PlaceParts[] {
  const found: PlaceParts[] = [];
  let city: string | null = null;
  let used = false;
  for (const token of tokens) {
    if (token.is === 'town' || token.is === 'other') [city, used] = [token.words, false];
    if (token.is !== 'state') continue;
    const { code, country } = token.state;
    if (city !== null && (!used || isCityIn(city, code))) found.push({ raw: said(`${city}, ${token.words}`) });
    else found.push({ raw: said(token.words), region: code, country });
    used = true;
  }
  return found;
}
