import { isCityIn } from './cities.ts';
import { largeCity } from './large-cities.ts';
import type { Token } from './place-tokens.ts';
import { partsOf, readWords } from './place-words.ts';
import type { Place } from './posting.ts';

/** Words for more than one country. */
const MANY_COUNTRIES = /\b(?:europe|emea|apac|latam|asia|africa|americas?|world ?wide|global(?:ly)?|international)\b/i;

const ENGLISH = new Intl.DisplayNames('en', { type: 'region' });

/**
 * A place that was read by its words alone, decided by the country its employer hires in (ISO 3166-1 alpha-2): `Springfield` and `Remote`
 * are in that country, `IN` is Indiana for an American employer, and `SA - St Agnes` not Saudi Arabia for an Australian one. What the words
 * say of another country stays: `London, United Kingdom`.
 */
export function atHome(place: Place, home: string): Place {
  if (place.country === home || MANY_COUNTRIES.test(place.raw) || saysItself(place, home)) return place;
  // `CA` alone would be California again.
  const read = readWords(`${place.raw}, ${ENGLISH.of(home) ?? home}`);
  // Abroad a word alone may be a region as well as a city, and American towns need their state.
  const closer = read.region !== null || (home !== 'US' && place.raw.includes(','));
  return read.country === home && closer ? { raw: place.raw, ...read } : { raw: place.raw, city: null, region: null, country: home };
}

/** Whether the words themselves, and not only two or three letters, name the country a place was read to be in. */
function saysItself({ raw, country, region }: Place, home: string): boolean {
  if (country === null) return false;
  // The states of one and the provinces of the other have different codes; employers of both write the neighbor's too.
  if ((home === 'US' || home === 'CA') && region !== null && (country === 'US' || country === 'CA') && !raw.endsWith(', CA')) return true;
  const tokens = partsOf(raw.replace(/[()]/g, ' , '));
  return tokens.some(token => names(token, { country, home, beside: tokens }));
}

/** Whether a part of a place says the country by itself. Two letters do only for a few, or beside a town the post office knows there. */
function names(token: Token, { country, home, beside }: { country: string; home: string; beside: readonly Token[] }): boolean {
  if (token.is === 'country') return token.words.length !== 2 || token.words === 'US' || token.words === 'UK';
  if (token.is !== 'state') return largeCity(token.words)?.country === country;
  if (token.state.country !== country) return false;
  const { as, code } = token.state;
  // `Windsor, CA` of a Canadian employer.
  return as === 'name' || (code !== home && beside.some(other => other !== token && isCityIn(other.words, code)));
}
