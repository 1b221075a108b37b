import { isCityIn, placeOfZip } from './cities.ts';
import { countryOf } from './countries.ts';
import { largeCity } from './large-cities.ts';
import { stateOf } from './states.ts';

/** Parts of a place that are written without a comma: `Austin TX`, `US-MN-Minneapolis`, `MN 55435`, `KS/MO`. */

/** A part with one of these words names a building, an area or an organisation, not a city. */
export const NOT_A_CITY =
  /\d|[&:;/@]|\b(?:office|hospital|clinics?|campus|center|centre|headquarters|hq|corporate|field|territory|region(?:al)?|area|metro(?:politan)?|district|prefecture|province|county|building|bldg|suite|floor|medical|health|university|college|school|street|st\.? ?$|avenue|ave|road|rd|drive|blvd|home|main|department|division|time|eastern|central|mountain|pacific|locations?|preferred|surrounding|suburbs?)\b/i;
const STREET =
  /(?:\d|\b(?:[NSEW]|[NS][EW]|street|st|avenue|ave|road|rd|drive|dr|blvd|boulevard|highway|hwy|lane|ln|way|parkway|pkwy|court|ct|plant))\.?$/i;

/** A state's code or whole name: the `Mont` of `Mont-Royal` is no Montana. */
const WHOLE = /^(?:[A-Z]{2}|IND|[Oo](?:hio|HIO)|[Ii](?:owa|OWA)|[Uu](?:tah|TAH)|.{5,})$/;

/** Takes one part to the parts it is made of. */
export function apartToken(part: string): string[] {
  return apartHyphens(part)
    .split(', ')
    .flatMap(piece => apartHead(piece))
    .flatMap(piece => apartTail(piece));
}

/** `KS/MO`, `OH or KY`: states with something between them. */
export function expandStates(part: string): string[] {
  const pieces = part.split(/\s*[/&]\s*|\s+(?:or|and)\s+/);
  const states = pieces.every(piece => {
    const state = stateOf(piece);
    return state && (state.as === 'name' || piece === state.code);
  });
  return states ? pieces : [part];
}

/** `US-MN-Minneapolis` and `MN-Edina-Home Office` to parts; `Winston-Salem` stays whole. */
function apartHyphens(words: string): string {
  if (countryOf(words) || stateOf(words)) return words;
  const head = /^([^-,]{2,24}?)\s?-(?=\S)/.exec(words)?.[1];
  if (head && (countryOf(head) || (stateOf(head) && WHOLE.test(head)))) {
    const rest = words.slice(words.indexOf('-') + 1);
    const state = stateOf(head);
    if (state?.country === 'US' && isCityIn(rest, state.code)) return `${head}, ${rest}`;
    const city = /^([^-]+)-/.exec(rest)?.[1];
    if (city && largeCity(city)) return `${head}, ${city}, ${rest.slice(city.length + 1)}`;
    const inner = apartHyphens(rest);
    return `${head}, ${inner === rest && state ? rest.replace(/-(?=\S)/, ', ') : inner}`;
  }
  return apartLast(words);
}

/** `Gilbert-Arizona-United States of America`. */
function apartLast(words: string): string {
  const [, rest = '', tail = ''] = /^([^,]+)-([^-,]+)$/.exec(words) ?? [];
  // Not so `Île-de-France`.
  const named = !/-(?:de|en)$/i.test(rest) && ((stateOf(tail) && WHOLE.test(tail)) || (tail.length > 2 && countryOf(tail)));
  return named ? `${apartHyphens(rest)}, ${tail}` : words;
}

/** `US MD`, `CO Denver Metropolitan`: a country or a state's code before the rest. */
function apartHead(part: string): string[] {
  const [, head, rest] = /^(US|USA|[A-Z]{2})[\s.]+(\S.*)$/.exec(part) ?? [];
  if (!head || !rest || stateOf(part) || countryOf(part)) return [part];
  if (head.startsWith('US')) return afterUs(rest) ? [head, ...afterUs(rest)!] : [part];
  const state = stateOf(head);
  const town = state?.country === 'US' ? (isCityIn(rest, state.code) ? rest : townAtStart(rest, state.code)) : null;
  return town ? [head, town] : [part];
}

/** `TX Plant 5` after `US`, where two letters can be nothing else. */
function afterUs(rest: string): string[] | null {
  if (stateOf(rest)) return [rest];
  const [, code = '', more = ''] = /^([A-Z]{2}) (.+)$/.exec(rest) ?? [];
  if (stateOf(code)?.country !== 'US' || countryOf(more)) return null;
  const parts = apartHead(rest);
  return parts.length > 1 ? parts : [code, more];
}

/** `Irvine, California US`, `Austin TX` and `MN 55435` to parts; a state without a comma needs a city the post office knows. */
function apartTail(whole: string): string[] {
  // `Guelph, ON N1H 3T9`: what a Canadian postal code tells is not known here.
  const part = whole.replace(/(?<=\S)\s+[A-Z]\d[A-Z] ?\d[A-Z]\d$/, '');
  const [, before, zip] = /^(.+?)\s+(\d{5}(?:-\d{4})?)$/.exec(part) ?? [];
  if (before && zip) return beforeZip(before, zip) ?? [part];
  if (stateOf(part) || countryOf(part)) return [part];
  // `Athens, OH 1866`: the number of a shop.
  const shop = /^(.+?)\s+#?\d{3,6}$/.exec(part)?.[1];
  if (shop && stateOf(shop)) return [shop];
  const country = /^(.+?)\s+(US|USA|U\.S\.A?\.?|United States(?: of America)?|Canada)$/.exec(part);
  if (country) return [...apartTail(country[1]!), country[2]!];
  const words = part.split(' ');
  for (const size of [1, 2]) {
    const city = words.slice(0, -size).join(' ');
    const tail = words.slice(-size).join(' ');
    const state = city ? stateOf(tail) : null;
    if (state?.country !== 'US' || (state.as === 'code' && tail !== state.code)) continue;
    const town = isCityIn(city, state.code) ? city : townAtEnd(city, state.code);
    if (town) return [town, tail];
  }
  return [part];
}

function beforeZip(before: string, zip: string): string[] | null {
  const parts = apartTail(before);
  if (stateOf(before) || parts.length > 1) return [...parts, zip];
  // `56 Woodbine Rd Pace FL 32571`: a ZIP code of the state is witness enough for its two letters.
  const [, street, code] = /^(.+) ([A-Z]{2})$/.exec(before) ?? [];
  return street && code && placeOfZip(zip.slice(0, 5))?.state === code ? [street, code, zip] : null;
}

/** `150 Main Street Albany`: the town after a street or a number, as the post office knows it in that state. */
export function townAtEnd(words: string, state: string): string | null {
  const all = words.split(' ');
  for (let size = Math.min(4, all.length - 1); size > 0; size--) {
    const town = all.slice(-size).join(' ');
    if (STREET.test(all.slice(0, -size).join(' ')) && !NOT_A_CITY.test(town) && isCityIn(town, state)) return town;
  }
  return null;
}

/** `San Diego Bldg A`: the town before a building, a number or an area. */
export function townAtStart(words: string, state: string): string | null {
  const all = words.split(/[\s-]+/);
  for (let size = Math.min(4, all.length - 1); size > 0; size--) {
    const town = all.slice(0, size).join(' ');
    if (NOT_A_CITY.test(all[size]!) && !/^county/i.test(all[size]!) && !NOT_A_CITY.test(town) && isCityIn(town, state)) return town;
  }
  return null;
}
