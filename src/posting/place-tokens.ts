import { isCityIn } from './cities.ts';
import { countryOf } from './countries.ts';
import { isAbroad } from './large-cities.ts';
import { apartToken, expandStates } from './place-apart.ts';
import { isVague } from './place-mode.ts';
import { type State, stateOf } from './states.ts';

/** A part of a place and what it is there. A `town` is one the post office knows in the state beside it; `other` may be one or not. */
export type Token =
  | { is: 'state'; words: string; state: State }
  | { is: 'country'; words: string; country: string }
  | { is: 'town' | 'zip' | 'other'; words: string };

const ZIP = /^\d{5}(?:-\d{4})?$/;

/**
 * The parts a place is written in, each decided: what is a town, what a state, what a country. `list` says that the words may be a list of
 * where a job may be done (`Remote - Indiana, Pennsylvania`), in which a state's name is not another state's town.
 */
export function tokensOf(words: string, { list = false } = {}): Token[] {
  const tokens = words
    .replace(/[\s,]*\/\s*(?=,|$)|(?<=^|,)\s*\/\s*/g, ' ')
    .split(/[,>·:;|~_]|\s[-–—/]\s|^[-–—/\s]+|[-–—/\s]+$/)
    .map(part => part.trim().replace(/^(?:[-–—/.]+\s*|(?:or|and) )|\s*[-–—/]+$/g, ''))
    .filter(part => part !== '' && !isVague(part))
    .flatMap(apartToken)
    .filter(part => /[\p{L}\p{N}]/u.test(part) && !isVague(part))
    .flatMap(expandStates)
    .map(tokenOf);
  return settleCodes(settleTowns(tokens, list));
}

function tokenOf(words: string): Token {
  const bare = words.replace(/\s+(?:metropolitan area|metro area|area|metro|metropolitan|state|only)$/i, '');
  const state = stateOf(words) ?? stateOf(bare);
  if (state) return { is: 'state', words, state };
  const country = countryOf(words);
  if (country) return { is: 'country', words, country };
  return { is: ZIP.test(words) ? 'zip' : 'other', words };
}

/** `Lebanon, NH`, `New York, New York`, `Ontario, CA`: the name of a country or a state beside a state that has such a town is the town. */
function settleTowns(tokens: Token[], list: boolean): Token[] {
  const settled = [...tokens];
  for (const [at, token] of tokens.entries()) {
    const state = isName(token) ? stateBeside(settled, at, list) : null;
    if (state && (isCityIn(token.words, state.code) || isWrittenAsTown(tokens, at))) settled[at] = { is: 'town', words: token.words };
  }
  return settled;
}

/** `Poland, OH`: the post office does not know all small towns, and nobody writes a country before a state's code. Not so `India, IN`. */
function isWrittenAsTown(tokens: Token[], at: number): boolean {
  const [country, state, ...others] = tokens.slice(at);
  return (
    at === 0 &&
    country?.is === 'country' &&
    state?.is === 'state' &&
    state.state.as === 'code' &&
    countryOf(state.state.code) !== country.country &&
    others.every(token => token.is === 'zip' || (token.is === 'country' && token.country === 'US'))
  );
}

/** Two letters are no town, whatever they stand for. */
function isName(token: Token): boolean {
  return token.is === 'country' ? token.words.length > 3 : token.is === 'state' && token.state.as === 'name';
}

/** The US state whose town the name at `at` may be. */
function stateBeside(tokens: Token[], at: number, list: boolean): State | null {
  const token = tokens[at]!;
  const before = usState(tokens[at - 1]);
  const after = usState(tokens[at + 1]);
  if (token.is === 'state') {
    if (token.state.country === 'CA') return besideProvince(tokens, at);
    // `Indiana, Pennsylvania, Ohio` is a list of states; `Indiana, PA` is a town.
    const listed = (other: State) => other.as === 'name' && other.code !== token.state.code && (list || runAt(tokens, at) > 2);
    if (after) return listed(after) ? null : after;
    return before && before.as === 'code' && at > 0 && tokens[at - 2]?.is !== 'town' && tokens[at - 2]?.is !== 'other' ? before : null;
  }
  if (after) return after;
  return before && tokens[at - 2]?.is !== 'other' && tokens[at - 2]?.is !== 'town' ? before : null;
}

/** `Ontario, CA` and `US, CA, Ontario` are in California where nothing else speaks of Canada; `London, Ontario, CA` and `CA - Ontario` are not. */
function besideProvince(tokens: Token[], at: number): State | null {
  if (tokens.some(token => token.is === 'country' && token.country === 'CA')) return null;
  const inUs = tokens.some(token => token.is === 'country' && token.country === 'US');
  const before = usState(tokens[at - 1]);
  if (before && (inUs || before.code !== 'CA' || before.as === 'name')) return before;
  const first = tokens.slice(0, at).every(token => token.is === 'country');
  return first || inUs ? usState(tokens[at + 1]) : null;
}

function usState(token: Token | undefined): State | null {
  return token?.is === 'state' && token.state.country === 'US' ? token.state : null;
}

/** How many states stand in a row around `at`. */
function runAt(tokens: Token[], at: number): number {
  let first = at;
  while (usState(tokens[first - 1])) first--;
  let last = at;
  while (usState(tokens[last + 1])) last++;
  return last - first + 1;
}

/** Codes that mean something else by what stands beside them. */
function settleCodes(tokens: Token[]): Token[] {
  const provinces = tokens.some(token => token.is === 'state' && token.state.country === 'CA');
  const settled = tokens.map((token, at): Token => {
    // `Toronto, Ontario, CA` and `CA-ON-Toronto`: beside a province CA is the country.
    if (token.words === 'CA' && provinces && (at === tokens.length - 1 || (at === 0 && tokens.length > 2)))
      return { is: 'country', words: token.words, country: 'CA' };
    const country = token.is === 'state' ? countryBesideCity(tokens, token.words, token.state) : null;
    return country ? { is: 'country', words: token.words, country } : token;
  });
  if (settled.every(token => token.is === 'country')) return settled;
  return settled.map((token, at): Token => (isCodeOfRegion(settled, at) ? { is: 'other', words: token.words } : token));
}

/** `Berlin, DE`, `IND - Pune`, `Tbilisi, Georgia`: the country that a state's words name as well, beside a large city of it. */
function countryBesideCity(tokens: Token[], words: string, { code, as }: State): string | null {
  const georgia = code === 'GA' && as === 'name';
  if (words === 'IND') return tokens.some(token => token.is === 'other' && isCityIn(token.words, code)) ? null : 'IN';
  if (as === 'name' && !georgia) return null;
  const country = georgia ? 'GE' : code;
  return tokens.some(token => token.is === 'other' && isAbroad(token.words, country)) ? country : null;
}

/** `Mumbai, MH, IN`, `USA - Field - BDI`: a country's code beside a country is that of a region or a site. */
function isCodeOfRegion(tokens: Token[], at: number): boolean {
  const token = tokens[at]!;
  if (token.is !== 'country' || !/^[A-Z]{2,3}$/.test(token.words) || token.country === 'US') return false;
  const [first] = tokens;
  const head = first?.is === 'country' ? first.country : first?.is === 'state' ? first.state.country : null;
  if (at > 0 && head !== null && head !== token.country) return true;
  const next = tokens[at + 1];
  return tokens[at - 1]?.is === 'other' && next !== undefined && countryOf(next.words) !== null;
}
