import { countryOf } from './countries.ts';
import { decodeEntities, stripIllegal } from './html.ts';
import { mayBeCity, readWords, stateIn, tokensOf, withoutMode } from './place-words.ts';
import type { Place } from './posting.ts';
import { US_STATES } from './states.ts';

/** A place as the board wrote it; the parts are those the board gives apart. */
type PlaceParts = { raw: string; city?: string | null; region?: string | null; country?: string | null };

const MAX_RAW = 400;
const MAX_PLACES = 100;
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
  const read = readWords([city, region, country].filter(Boolean).join(', '));
  const code = countryOf(country) ?? read.country;
  // `Metzingen, DE` of a board that says Germany apart is not in Delaware.
  if (code !== null && code !== 'US' && code !== 'CA')
    return quiet({ raw: shown, city: cityPart(city) ?? read.city, region: region || null, country: code });
  const state = region ? stateIn(region, code) : null;
  if (state) return quiet({ raw: shown, city: cityPart(city) ?? read.city, region: state.code, country: state.country });
  const known = code === null || code === 'US' || code === 'CA';
  return quiet({ raw: shown, city: cityPart(city) ?? read.city, region: read.region ?? (known ? null : region || null), country: code });
}

/** Reads the places of one posting: lists are taken apart, what says the same twice is kept once, at most 100. */
export function readPlaces(places: readonly PlaceParts[]): Place[] {
  const found = new Map<string, Place>();
  for (const place of places) {
    const apart = place.city || place.region ? [place] : split(clean(place.raw.slice(0, MAX_LIST))).map(raw => ({ ...place, raw }));
    for (const one of apart) {
      const read = readPlace(one);
      if (!/[\p{L}\p{N}]/u.test(read.raw)) continue;
      const key =
        read.city || read.region || read.country ? [read.city, read.region, read.country].join('|').toLowerCase() : read.raw.toLowerCase();
      if (!found.has(key)) found.set(key, read);
      if (found.size >= MAX_PLACES) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** The USPS codes of the places, sorted, each once. */
export function statesOf(places: readonly Place[]): string[] {
  const states = places.flatMap(place =>
    place.country === 'US' && place.region && US_STATES.includes(place.region) ? [place.region] : [],
  );
  return [...new Set(states)].sort();
}

/** `FRESNO` as people write it. */
function quiet(place: Place): Place {
  const { city } = place;
  if (city === null || city.length < 4 || city !== city.toUpperCase()) return place;
  return { ...place, city: city.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, letter => letter.toUpperCase()) };
}

function clean(words: string): string {
  return stripIllegal(decodeEntities(words)).replace(/\s+/g, ' ').trim();
}

function cityPart(city: string): string | null {
  if (!city) return null;
  if (/[,;|]/.test(city)) return readWords(city).city;
  return mayBeCity(city) ? city : null;
}

/** Takes a list of places apart: `Austin, TX; Dallas, TX`, `Remote - Texas, Oklahoma`, `Austin, TX or Dallas, TX`. */
function split(raw: string): string[] {
  const pieces = raw.split(/\s*(?:[;|•]|\s\/\s|\s(?:or|and)\s|\s&\s)\s*/);
  const strong = raw.split(/\s*[;|•]\s*/).filter(Boolean);
  const wise = pieces.length > 1 && pieces.every(piece => located(piece)) ? pieces : strong;
  return wise.flatMap(piece => (located(piece) && !isPairs(piece) ? [piece] : apartStates(piece)));
}

/** `Austin, TX, Dallas, TX`: cities and states by turns. */
function isPairs(piece: string): boolean {
  const tokens = tokensOf(piece);
  return tokens.length >= 4 && tokens.length % 2 === 0 && tokens.every((token, at) => (token.state !== null) === (at % 2 === 1));
}

function located(piece: string): boolean {
  const read = readWords(piece);
  return read.region !== null || read.country !== null;
}

/** A piece with several states: each `City, ST` by itself, or each state when the piece is nothing but states. */
function apartStates(piece: string): string[] {
  const tokens = tokensOf(withoutMode(piece.replace(/\([^()]*\)/g, ' ')));
  const states = tokens.filter(token => token.state !== null);
  if (states.length < 2) return [piece];
  if (states.length === tokens.length) return tokens.map(token => token.words);
  const found: string[] = [];
  let city: string | null = null;
  for (const token of tokens) {
    if (token.state === null) city = token.words;
    else {
      found.push(city === null ? token.words : `${city}, ${token.words}`);
      city = null;
    }
  }
  return found;
}
