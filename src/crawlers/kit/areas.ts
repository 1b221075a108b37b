import { readPlace } from '../../posting/places.ts';
import type { RawPlace } from '../adapter.ts';
import { text } from './json.ts';
import { countryIn } from './values.ts';

/**
 * Where applicants of a remote job may live, as boards list it: `USA,  Canada, Europe`, `USA Only`. Each area becomes a place;
 * what reads as one place already (`Austin, TX`) stays whole.
 */
export function areasIn(said: unknown): RawPlace[] {
  const raw = text(said)
    ?.replace(/\s+/g, ' ')
    .replace(/[\s,]+$/, '');
  if (!raw) return [];
  const whole = readPlace({ raw });
  if (whole.city || whole.region || whole.country) return [{ raw }];
  const parts = raw.split(/\s*[,;/]\s*/).filter(Boolean);
  return [...new Set(parts)].map(part => {
    const country = countryIn(part.replace(/\s+(?:only|timezones?)$/i, ''));
    return country && !/timezone/i.test(part) ? { raw: part, country } : { raw: part };
  });
}
