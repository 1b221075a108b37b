import { isCityIn, placeOfZip } from './cities.ts';
import { countryOf } from './countries.ts';
import { largeCity } from './large-cities.ts';
import { NOT_A_CITY, townAtEnd, townAtStart } from './place-apart.ts';
import { isVague, withoutMode } from './place-mode.ts';
import { type Token, tokensOf } from './place-tokens.ts';
import type { Place } from './posting.ts';
import { type State, stateOf } from './states.ts';

type Read = Omit<Place, 'raw'>;
type StateToken = Extract<Token, { is: 'state' }>;
const NOWHERE: Read = { city: null, region: null, country: null };

/** The state a board's own region part names (`MN`, `Minnesota`, `MN - Minnesota`), unless the country speaks against it. */
export function stateIn(region: string, country: string | null): State | null {
  const state = stateOf(region) ?? stateOf(region.split(/\s+-\s+|-/).at(-1) ?? '') ?? stateOf(region.split(/\s+-\s+|-/)[0] ?? '');
  return state && agrees(state, country) ? state : null;
}

/** The territories have a country's code too: `San Juan, PR, PRI`. */
const TERRITORIES = ['PR', 'GU', 'VI', 'AS', 'MP'];

function agrees(state: State, country: string | null): boolean {
  return country === null || country === state.country || (country === state.code && TERRITORIES.includes(country));
}

/** Reads the words of one place. */
export function readWords(words: string): Read {
  const outside = words.replace(/\([^()]*\)/g, ' ');
  const read = readTokens(outside);
  if (read.region || outside === words) return read;
  // What stands in brackets counts when nothing else says where: `Remote (US)`, `US Remote (Texas)`.
  const whole = readTokens(words.replace(/[()]/g, ' , '));
  const state = whole.region !== null && (whole.country === 'US' || whole.country === 'CA');
  const closer = state || (read.city === null && largeCity(whole.city ?? '') !== null);
  return read.country === null || (read.country === whole.country && closer) ? whole : read;
}

/** The parts of a place without its words of work mode, each decided. */
export function partsOf(words: string): Token[] {
  const where = withoutMode(words.replace(/_/g, ' , '));
  return tokensOf(where, { list: where !== words });
}

function readTokens(words: string): Read {
  const tokens = partsOf(words);
  const countries = new Set(tokens.flatMap(token => (token.is === 'country' ? [token.country] : [])));
  if (countries.size > 1) return NOWHERE;
  const country = [...countries][0] ?? null;
  const states = tokens.filter(token => token.is === 'state').filter(token => agrees(token.state, country));
  const [first] = states;
  if (first && states.some(token => token.state.code !== first.state.code)) {
    const homes = new Set(states.map(token => token.state.country));
    return homes.size === 1 ? { ...NOWHERE, country: first.state.country } : NOWHERE;
  }
  // Alone, `Georgia` is a country or a state, `CA` too. With a word of mode it is read the American way, as `City, CA` is.
  if (first) return readState(tokens, first, country, tokens.length === 1 && withoutMode(words) === words);
  return country === null ? readOther(tokens) : readCountry(tokens, country, words);
}

/** Countries with a city of their name, which then stands twice: `Singapore, Singapore`. */
const CITY_TOO = new Set('DJ GI GT HK KW LU MC MO PA SG SM VA'.split(' '));

function readCountry(tokens: Token[], country: string, words: string): Read {
  const at = tokens.findIndex(token => token.is === 'country' && token.country === country);
  const places = tokens.filter(token => token.is !== 'zip');
  const before = places.slice(0, places.indexOf(tokens[at]!)).filter(token => countryOf(token.words) !== country);
  const large = places.flatMap(token => largeCity(token.words) ?? []).find(place => place.country === country);
  if (places.length > 1 && CITY_TOO.has(country) && places.every(token => token.words === tokens[at]!.words))
    return { city: tokens[at]!.words, region: null, country };
  if (large && country === 'US') return large;
  if (before.length > 0) {
    const city = /^[^|]*[,(]/.test(words) && mayBeCity(before[0]!.words) ? before[0]!.words : null;
    const second = country !== 'US' && country !== 'CA' && before.length === 2 && city !== null ? before[1]!.words : null;
    const region = second !== null && second !== city && mayBeCity(second) ? second : null;
    return { city: city ?? large?.city ?? null, region, country };
  }
  // `Israel, Haifa`, `DEU - Berlin`, `India, Karnataka, Pune`.
  const after = places.slice(1).filter(token => token.is === 'other');
  const city = large?.city ?? (after.length === 1 || words.includes(',') ? after.slice(0, 2).at(-1)?.words : undefined);
  return { city: city && country !== 'US' && mayBeCity(city) ? city : null, region: null, country };
}

/** Neither a state nor a country is named: a ZIP code or the name of a large city may still say where. */
function readOther(tokens: Token[]): Read {
  const zip = tokens.find(token => token.is === 'zip');
  const others = tokens.filter(token => token.is !== 'zip');
  const found = zip ? placeOfZip(zip.words.slice(0, 5)) : null;
  if (found && others.every(token => isCityIn(token.words, found.state)))
    return { city: others[0]?.words ?? found.city, region: found.state, country: 'US' };
  const named = new Map(others.flatMap(token => largeCity(token.words) ?? []).map(place => [place.city, place]));
  return named.size === 1 ? [...named.values()][0]! : NOWHERE;
}

function readState(tokens: Token[], token: StateToken, country: string | null, alone: boolean): Read {
  const { code, country: home } = token.state;
  if (country === null) {
    const other = otherThanState(tokens, token, alone) ?? cityElsewhere(tokens, token);
    if (other) return other;
  }
  return { city: cityBeside(tokens, token), region: code, country: home };
}

/** The city of a state: a town that is known there, else what stands before the state, else what stands after it. */
function cityBeside(tokens: Token[], token: StateToken): string | null {
  const { code, country } = token.state;
  const town = tokens.find(one => one.is === 'town');
  if (town) return town.words;
  if (code === 'DC' && /^washington/i.test(token.words)) return 'Washington';
  const at = tokens.indexOf(token);
  const known = (words: string) => country === 'US' && isCityIn(words, code);
  const before = tokens.slice(0, at).findLast(one => one.is === 'other')?.words ?? null;
  const after = tokens.slice(at + 1).find(one => one.is === 'other')?.words ?? null;
  if (before !== null && (known(before) || (mayBeCity(before) && !(after && known(after))))) return before;
  // `US, Minnesota, Maplewood`: suburbs share a post office, so the post office need not know them where the order says enough.
  const ordered = before === null && (token.words === code || tokens[at - 1]?.is === 'country');
  if (after !== null && ((ordered && mayBeCity(after)) || known(after))) return after;
  if (country !== 'US') return null;
  // `150 Main St Albany`, `Edina-Home Office`.
  return (before && townAtEnd(before, code)) ?? (after && townAtStart(after, code));
}

/** What the name or code of a state means where it may be another place's as well and no second witness speaks for the state. */
function otherThanState(tokens: Token[], token: StateToken, alone: boolean): Read | null {
  const { code, country, as } = token.state;
  if (code === 'DE' && as === 'code' && isElsewhere(tokens, code)) return { city: cityBeside(tokens, token), region: null, country: code };
  if (country === 'CA' && as === 'code' && countryOf(code) !== null) {
    const before = tokens.slice(0, tokens.indexOf(token)).findLast(one => one.is === 'other')?.words ?? null;
    return before !== null && mayBeCity(before) ? { city: before, region: null, country: countryOf(code) } : NOWHERE;
  }
  const ambiguous = as === 'code' ? AMBIGUOUS_ALONE.has(code) : token.words === 'Washington' || code === 'GA';
  return alone && ambiguous ? NOWHERE : null;
}

/** `NM_0116_ATLANTA`: two letters far from a large city of another state are a mark of the employer's. */
function cityElsewhere(tokens: Token[], token: StateToken): Read | null {
  const at = tokens.indexOf(token);
  if (at !== 0 || token.state.as !== 'code') return null;
  const city = tokens.slice(2).find(one => one.is === 'other' && (largeCity(one.words)?.region ?? token.state.code) !== token.state.code);
  return city && !isCityIn(city.words, token.state.code) ? largeCity(city.words) : null;
}

/** Two letters that alone may be a country or a word as well. */
const AMBIGUOUS_ALONE = new Set('CA DE IN IL ID CO AR OR ME HI OK PA MA LA AL AS VI MP VA'.split(' '));

/** `Potsdam, DE, 14469`: the ZIP code is another state's, and the post office knows no such city here. */
function isElsewhere(tokens: Token[], code: string): boolean {
  const zip = tokens.find(token => token.is === 'zip');
  if (!zip || placeOfZip(zip.words.slice(0, 5))?.state === code) return false;
  return tokens.every(token => token.is !== 'other' || !isCityIn(token.words, code));
}

/** True when the words may be a city: not a way of working, not `Multiple locations`, not a building. */
export function mayBeCity(words: string): boolean {
  if (words.length > 40 || !/^\p{L}/u.test(words) || words.split(' ').length > 5) return false;
  return !NOT_A_CITY.test(words) && !isVague(words) && withoutMode(words) === words;
}
