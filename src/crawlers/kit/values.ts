import { decodeHTMLStrict } from 'entities';
import { readPlace } from '../../posting/places.ts';
import type { WorkMode } from '../../posting/posting.ts';
import type { RawDate, RawPlace } from '../adapter.ts';
import { text, texts } from './json.ts';

/** How adapters read the values of a page: markup, addresses, dates, places, work modes. Nothing here throws on what a server sent. */

/** Decodes HTML entities once. Entities without a semicolon stay as they are: `R&D`, `AT&T`. */
export function decodeOnce(value: string): string {
  return decodeHTMLStrict(value);
}

const TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/i;

/** Whether a text holds HTML tags. */
export function hasTags(value: string): boolean {
  return TAG.test(value);
}

/** HTML that was escaped once or twice on its way: decoded, at most two rounds, until tags show. What never shows a tag stays as it was. */
export function unescapeHtml(value: string): string {
  let html = value;
  for (let round = 0; round < 2 && !hasTags(html); round++) html = decodeOnce(html);
  return hasTags(html) ? html : value;
}

/** That an HTML page ends before its end, as a clause, or null: the rows behind the cut are missing. */
export function cutHtml(body: string): string | null {
  return /<\/(?:html|body)\s*>/i.test(body.slice(-5_000)) ? null : 'the page is cut off: its end is missing';
}

/** Elements whose end may not be left out. */
const CLOSED = String.raw`(?:div|section|article|main|table|ul|ol|form|span|a|h[1-6]|strong|em)\b`;

/** The same of a page whose text counts: it must also break off inside an element, since small pages may leave out the ends of html and body. */
export function cutText(body: string): string | null {
  const cut = cutHtml(body);
  if (!cut) return null;
  const count = (start: string) => body.match(new RegExp(start + CLOSED, 'gi'))?.length ?? 0;
  return count('<') > count('</') ? cut : null;
}

/** An absolute http(s) address without its fragment, or null. */
export function httpUrl(value: unknown, base?: string): string | null {
  const string = text(value);
  if (!string) return null;
  const url = URL.parse(string, base);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  url.hash = '';
  return url.href;
}

/** The tenant label of a host under one of the vendor's domains: `acme` of acme.breezy.hr. Null for other hosts and reserved labels. */
export function tenantOf(url: URL, domain: string, reserved: readonly string[] = []): string | null {
  const host = url.hostname.toLowerCase();
  if (!host.endsWith(`.${domain}`)) return null;
  const label = host.slice(0, -domain.length - 1);
  return label === '' || label.includes('.') || ['www', 'api', 'app', 'help', ...reserved].includes(label) ? null : label;
}

/** A target of one part, or null when an address does not name it. */
export function targetOf<Name extends string>(name: Name, value: string | null): Record<Name, string> | null {
  return value ? ({ [name]: value } as Record<Name, string>) : null;
}

/** The decoded segments of a path. A segment that is no valid percent-encoding stays as it is. */
export function segments(url: URL): string[] {
  return url.pathname
    .split('/')
    .filter(Boolean)
    .map(segment => {
      try {
        return decodeURIComponent(segment);
      } catch {
        // A stray percent sign is part of the name then.
        return segment;
      }
    });
}

/** A date as the board wrote it, with the name of its field; null when the field is blank. */
export function dated(value: unknown, from: string): RawDate | null {
  const said = text(value);
  return said ? { value: said, from } : null;
}

/** The work mode a board's own field names: `On-site`, `ON_SITE`, `fully`, `REMOTE`. Null for what is neither of the three. */
export function workModeOf(value: unknown): WorkMode | null {
  const word = text(value)
    ?.toLowerCase()
    .replace(/[\s_-]+/g, '');
  if (!word) return null;
  if (/^(?:fully?)?remote(?:only)?$|^fully$|^telecommute$|^100%remote$/.test(word)) return 'remote';
  if (/^hybrid(?:remote)?$|^partiallyremote$/.test(word)) return 'hybrid';
  return /^(?:fully)?on(?:site|premise|premises)$|^inperson$|^inoffice$/.test(word) ? 'onsite' : null;
}

/** Places without those whose words stood before. */
export function distinctPlaces(places: readonly RawPlace[]): RawPlace[] {
  const byWords = new Map<string, RawPlace>();
  for (const place of places) if (!byWords.has(place.raw)) byWords.set(place.raw, place);
  return [...byWords.values()];
}

/** Parts of a place joined the way people write them, blanks and repeats left out. */
export function joinPlace(...parts: unknown[]): string {
  const said = texts(...parts);
  return said.filter((part, index) => said.indexOf(part) === index).join(', ');
}

/** A place in words whose country the board says apart. The words say more than the country where they name one themselves. */
export function placeIn(raw: string, country: string | null): RawPlace {
  if (!country) return { raw };
  const [alone, beside] = [readPlace({ raw }), readPlace({ raw, country })];
  // Two letters at the end that are a country's may be those of a region of the country told: `Bombay, MH` in India.
  const regional = beside.region !== null && beside.region === alone.country && raw.endsWith(`, ${beside.region}`);
  return alone.country === null || regional ? { raw, country } : { raw };
}

/** The country a place's words name, as ISO 3166-1 alpha-2, or null. */
export function countryIn(raw: string): string | null {
  return readPlace({ raw }).country;
}

/** Places a board wrote into one text, separated by semicolons or bars. */
export function splitPlaces(raw: unknown): string[] {
  return (text(raw) ?? '')
    .split(/\s*[;|]\s*/)
    .map(part => part.trim())
    .filter(Boolean);
}
