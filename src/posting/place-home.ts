import { largeCity } from './large-cities.ts';
import { partsOf, readWords } from './place-words.ts';
import type { Place } from './posting.ts';

const ENGLISH = new Intl.DisplayNames('en', { type: 'region' });

/**
 * A place that was read by its words alone, decided by the country its employer hires in (ISO 3166-1 alpha-2): `Springfield` and `Remote`
 * are in that country, `IN` is Indiana for an American employer, and `SA - St Agnes` not Saudi Arabia for an Australian one. What the words
 * say of another country stays: `London, United Kingdom`.
 */
export function atHome(place: Place, home: string): Place {
  if (place.country === home || saysItself(place, home)) return place;
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
  return partsOf(raw.replace(/[()]/g, ' , ')).some(
    token =>
      (token.is === 'country' && token.words.length > 3) ||
      (token.is === 'state' && token.state.as === 'name' && token.state.country === country) ||
      (token.is !== 'state' && token.is !== 'country' && largeCity(token.words)?.country === country),
  );
}
