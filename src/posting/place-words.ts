import { isCityIn, placeOfZip } from './cities.ts';
import { countryOf, isAbroad } from './countries.ts';
import type { Place } from './posting.ts';
import { type State, stateOf } from './states.ts';

/** Words of work mode and of vagueness: they say nothing of where. */
const MODE =
  /\b(?:fully |100% )?(?:remote(?:ly)?|hybrid|telecommut(?:e|ing)|telework|virtual|work from home|home[- ]based|on-?site|in[- ]office|in[- ]person)\b(?: (?:position|role|job|work|eligible|based))?(?: (?:in|within|from)\b)?/gi;
const VAGUE =
  /^(?:\d+|multiple|various|several|all|many|any)?\s*(?:locations?|cities|states|sites|territories)$|^(?:nationwide|anywhere|worldwide|global|n\/?a|tbd|various|multiple)$/i;
const FILLER = /^(?:or|and|only|in)$/;
/** A part with one of these words names a building, an area or an organisation, not a city. */
const NOT_A_CITY =
  /\d|[&:;/@]|\b(?:office|hospital|clinics?|campus|center|centre|headquarters|hq|corporate|field|territory|region(?:al)?|area|metro|district|county|building|bldg|suite|floor|medical|health|university|college|school|street|st\.? ?$|avenue|ave|road|rd|drive|blvd|home|main|department|division|time|eastern|central|mountain|pacific|locations?)\b/i;
const ZIP = /^(\d{5})(?:-\d{4})?$/;

type Token = { words: string; state: State | null; country: string | null; zip: string | null };

/** The state a board's own region part names (`MN`, `Minnesota`, `MN - Minnesota`), unless the country speaks against it. */
export function stateIn(region: string, country: string | null): State | null {
  const state = stateOf(region) ?? stateOf(region.split(/\s+-\s+|-/).at(-1) ?? '') ?? stateOf(region.split(/\s+-\s+|-/)[0] ?? '');
  return state && (country === null || country === state.country || (state.country === 'US' && country === state.code)) ? state : null;
}

function looksLikeCity(words: string): boolean {
  return words.length <= 40 && /^\p{L}/u.test(words) && !NOT_A_CITY.test(words) && words.split(' ').length <= 5;
}

type Read = Omit<Place, 'raw'>;
const NOWHERE: Read = { city: null, region: null, country: null };

/** Reads the words of one place. */
export function readWords(words: string): Read {
  const outside = words.replace(/\([^()]*\)/g, ' ');
  const read = readTokens(outside);
  if (read.region || read.country || outside === words) return read;
  // What stands in brackets counts when nothing else says where: `Remote (US)`, `Remote (Texas)`.
  return readTokens(words.replace(/[()]/g, ' , '));
}

function readTokens(words: string): Read {
  const text = withoutMode(words).replace(/[\s,]*\/\s*(?=,|$)|(?<=^|,)\s*\/\s*/g, ' ');
  const tokens = tokensOf(text);
  // `Toronto, Ontario, CA`: after a province CA is the country.
  const last = tokens.at(-1);
  if (last?.words === 'CA' && tokens.some(token => token.state?.country === 'CA')) Object.assign(last, { state: null, country: 'CA' });
  const states = tokens.filter(token => token.state !== null);
  const countries = [...new Set(tokens.flatMap(token => (token.country && !token.state ? [token.country] : [])))];
  if (countries.length > 1) return NOWHERE;
  const country = countries[0] ?? null;
  const zip = tokens.find(token => token.zip !== null)?.zip ?? null;

  const usable = states.filter(token => country === null || token.state!.country === country);
  const [first, second] = usable;
  // `New York, New York` and `Washington, DC`: the first of two states is a city of the second.
  if (first && second && usable.length === 2 && tokens.indexOf(second) === tokens.indexOf(first) + 1) {
    if (second.state!.country === 'US' && isCityIn(first.words, second.state!.code)) {
      return { city: first.words, region: second.state!.code, country: 'US' };
    }
  }
  if (new Set(usable.map(token => token.state!.code)).size > 1) return NOWHERE;
  if (first) return readState(tokens, first, country);
  if (country === null && zip !== null) return readZip(tokens, zip);
  if (country === null) return NOWHERE;
  const at = tokens.findIndex(token => token.country === country);
  const before = tokens.slice(0, at).filter(token => token.zip === null);
  const city = before.length > 0 && words.includes(',') && looksLikeCity(before[0]!.words) ? before[0]!.words : null;
  const region = country !== 'US' && country !== 'CA' && before.length === 2 && city !== null ? before[1]!.words : null;
  return { city, region, country };
}

function readState(tokens: Token[], token: Token, country: string | null): Read {
  const { code, country: home, as } = token.state!;
  const at = tokens.indexOf(token);
  const before = tokens.slice(0, at).findLast(one => one.zip === null && one.country === null)?.words ?? null;
  if (as === 'code' && before !== null && country === null && isAbroad(before, code)) return { city: before, region: null, country: code };
  const other = country === null ? otherThanState(token, before, tokens.length === 1) : null;
  if (other) return other;
  const place = { region: code, country: home };
  if (before !== null) {
    const sure = mayBeCity(before) || (home === 'US' && isCityIn(before, code));
    return { city: sure ? before : null, ...place };
  }
  const after = tokens.slice(at + 1).find(one => one.zip === null && one.country === null && one.state === null)?.words ?? null;
  const city = after !== null && home === 'US' && (isCityIn(after, code) || (token.words === code && looksLikeCity(after))) ? after : null;
  return { city, ...place };
}

/** What the name or code of a state means where it may be another place's as well and no second witness speaks for the state. */
function otherThanState({ words, state }: Token, before: string | null, alone: boolean): Read | null {
  const { code, country, as } = state!;
  if (code === 'GA' && as === 'name') return before !== null && isCityIn(before, code) ? null : NOWHERE;
  if (country === 'CA' && as === 'code' && countryOf(code) !== null)
    return before !== null && looksLikeCity(before) ? { city: before, region: null, country: countryOf(code) } : NOWHERE;
  // Alone, `Washington` is a city or a state, and two letters that are a country as well may be either.
  const ambiguous = words === 'Washington' || (as === 'code' && AMBIGUOUS_ALONE.has(code));
  return alone && before === null && ambiguous ? NOWHERE : null;
}

const AMBIGUOUS_ALONE = new Set([
  'CA',
  'DE',
  'IN',
  'IL',
  'ID',
  'CO',
  'AR',
  'OR',
  'ME',
  'HI',
  'OK',
  'PA',
  'MA',
  'LA',
  'AL',
  'AS',
  'VI',
  'MP',
  'VA',
]);

function readZip(tokens: Token[], zip: string): Read {
  const found = placeOfZip(zip);
  const others = tokens.filter(token => token.zip === null);
  if (!found || others.some(token => !isCityIn(token.words, found.state))) return NOWHERE;
  return { city: others[0]?.words ?? found.city, region: found.state, country: 'US' };
}

/** The parts a place is written in, each with what it may be by itself. */
export function tokensOf(words: string): Token[] {
  const text = apartHyphens(words.trim());
  return text
    .split(/[,>·:;|]|\s[-–—/]\s|^[-–—/\s]+|[-–—/\s]+$/)
    .map(part => part.trim().replace(/^[-–—/]+\s*|\s*[-–—/]+$/g, ''))
    .filter(part => part !== '' && !VAGUE.test(part) && !FILLER.test(part))
    .flatMap(apartTail)
    .map(tokenOf);
}

/** Takes out what speaks of the way of working: `Remote - Texas` is about Texas. */
export function withoutMode(words: string): string {
  return words.replace(MODE, ' , ');
}

/** True when the words may be a city: not a way of working, not `Multiple locations`, not a building. */
export function mayBeCity(words: string): boolean {
  return looksLikeCity(words) && !VAGUE.test(words) && withoutMode(words) === words;
}

function tokenOf(words: string): Token {
  const bare = words.replace(/\s+(?:metropolitan area|metro area|area|metro|state)$/i, '');
  const state = stateOf(words) ?? stateOf(bare);
  return { words, state, country: state ? null : countryOf(words), zip: ZIP.exec(words)?.[1] ?? null };
}

/** `US-MN-Minneapolis` and `MN-Edina-Home Office` to parts; `Winston-Salem` stays whole. */
function apartHyphens(words: string): string {
  const head = /^([^-,]{2,24})-(?=\S)/.exec(words)?.[1];
  if (head && (countryOf(head) || (stateOf(head) && (head === head.toUpperCase() || stateOf(head)?.as === 'name')))) {
    const rest = words.slice(head.length + 1);
    const state = stateOf(head);
    if (state?.country === 'US' && isCityIn(rest, state.code)) return `${head}, ${rest}`;
    const inner = apartHyphens(rest);
    return `${head}, ${inner === rest && state ? rest.replace(/-(?=\S)/, ', ') : inner}`;
  }
  const tail = /^([^,]+?)-([A-Z]{2})$/.exec(words);
  return tail && stateOf(tail[2]!) ? `${tail[1]}, ${tail[2]}` : words;
}

/** `Irvine, California US`, `Austin TX` and `MN 55435` to parts; a state without a comma needs a city the post office knows. */
function apartTail(part: string): string[] {
  const zip = /^(.+?)\s+(\d{5}(?:-\d{4})?)$/.exec(part);
  if (zip) return stateOf(zip[1]!) || apartTail(zip[1]!).length > 1 ? [...apartTail(zip[1]!), zip[2]!] : [part];
  if (stateOf(part) || countryOf(part)) return [part];
  const country = /^(.+?)\s+(US|USA|U\.S\.A?\.?|United States(?: of America)?|Canada)$/.exec(part);
  if (country) return [...apartTail(country[1]!), country[2]!];
  const words = part.split(' ');
  for (const size of [1, 2]) {
    const city = words.slice(0, -size).join(' ');
    const tail = words.slice(-size).join(' ');
    const state = city ? stateOf(tail) : null;
    if (state?.country === 'US' && (state.as === 'name' || tail === state.code) && isCityIn(city, state.code)) return [city, tail];
  }
  return [part];
}
