import { isOnlyMode } from './place-mode.ts';
import type { Place, WorkMode } from './posting.ts';

const MODES: readonly (readonly [WorkMode, RegExp])[] = [
  ['hybrid', /\bhybrid\b/],
  [
    'remote',
    /\bremote(?:ly)?\b|\btelecommut(?:e|ing|er)\b|\btelework(?:ing)?\b|\bwork(?:ing)? ?(?:from|at|@) ?home\b|\bwfh\b|\bhome[- ]based\b|^virtual [a-z]{2}$|\bvirtual(?=$|[,)]| -)/,
  ],
  ['onsite', /\bon[- ]?site\b|\bin[- ](?:office|person)\b|\bwork from office\b|^office$/],
];
/** Wordings that name a mode and mean another, or leave it to be agreed. */
const NOT_REMOTE =
  /\b(?:not|non|no)[- ](?:a )?(?:remote|telecommut\w*|telework\w*)|\bremote:? ?(?:no|false)\b|\bremote (?:optional|possible|considered|negotiable)\b/;
const HYBRID_REMOTE = /\bhybrid[- ]remote\b|\bremote[- ]hybrid\b/;

function modeOf(words: string): WorkMode | null {
  const text = words
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
    .trim();
  if (NOT_REMOTE.test(text)) return null;
  if (HYBRID_REMOTE.test(text)) return 'hybrid';
  const found = MODES.filter(([, pattern]) => pattern.test(text));
  return found.length === 1 ? found[0]![0] : null;
}

/**
 * The work mode of a board's own words (`Remote`, `On-site`, `TELECOMMUTE`, `Remote - US`). Null when they say none, leave it open
 * (`Remote or hybrid`, `Remote possible`) or disagree.
 */
export function workModeIn(words: readonly (string | null | undefined)[]): WorkMode | null {
  const found = new Set(words.flatMap(one => (one ? (modeOf(one) ?? []) : [])));
  return found.size === 1 ? [...found][0]! : null;
}

/**
 * The work mode the places tell. A place that is nothing but a mode (`Remote`, `Hybrid`), or remote in a whole country, speaks of the job: one in
 * Denver or remote can be done remotely. Else a city without a word of mode (beside `Austin (Hybrid)` or `Remote - Texas`) leaves it open.
 */
export function workModeOfPlaces(places: readonly Place[]): WorkMode | null {
  const mode = workModeIn(places.map(place => place.raw));
  const ofJob = ({ raw, city, region }: Place) => isOnlyMode(raw) || (city === null && region === null && modeOf(raw) === 'remote');
  if (places.some(ofJob)) return mode;
  const other = places.some(place => place.city !== null && modeOf(place.raw) === null);
  return other ? null : mode;
}
