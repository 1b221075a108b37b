import { parsePay } from '../../posting/pay.ts';
import type { Pay } from '../../posting/posting.ts';
import type { Evidence } from '../classification.ts';
import type { Finding, Reading } from './reading.ts';

/** Countries whose dollar is not the American one, as locations write them. */
const OTHER_DOLLARS: readonly (readonly [RegExp, string])[] = [
  [/\bcanada\b/i, 'CAD'],
  [/\baustralia\b/i, 'AUD'],
  [/\bnew zealand\b/i, 'NZD'],
];
const NO_PLACE = /^(?:remote|hybrid|on-?site|united states|usa?|u\.s\.|nationwide|anywhere|virtual|various|multiple)/i;
/** A text without any of these states no pay, and need not be read. */
const SIGNS = ['$', '£', '€', '₹'];
const MONEY =
  /\b(?:usd|cad|aud|nzd|gbp|eur|dollars?|euros?|pounds|salary|pay|hourly|annually|(?:an?|per) (?:hour|year))\b|\d\s?(?:k|\/\s?h(?:ou)?r)\b/i;

/** Base pay: the board's own field first, then the text, then the title; a title's full range beats half a range in the text. */
export function readPay(reading: Reading): Finding<Pay> | null {
  const { stated, location } = reading.input;
  const places = (location ?? '')
    .split(/[,;|/()–]/)
    .map(part => part.trim())
    .filter(part => /^[A-Z]/.test(part) && !NO_PLACE.test(part));
  if (stated?.pay) return { value: stated.pay, evidence: [] };
  const text = payIn('text', reading.document.text.raw, places);
  const half = text && (text.value.min === null || text.value.max === null);
  const found = text && !half ? text : (payIn('title', reading.document.title.raw, places) ?? text);
  if (!found) return null;
  const abroad = OTHER_DOLLARS.find(([country]) => country.test(location ?? ''));
  const bare =
    found.value.currency === 'USD' && !/us/i.test(found.evidence[0]?.text ?? '') && !/\b(?:us|usa|united states)\b/i.test(location ?? '');
  return abroad && bare ? { ...found, value: { ...found.value, currency: abroad[1] } } : found;
}

function payIn(field: Evidence['field'], raw: string, places: readonly string[]): Finding<Pay> | null {
  if (!SIGNS.some(sign => raw.includes(sign)) && !MONEY.test(raw)) return null;
  const found = parsePay(raw, places);
  if (!found) return null;
  const { pay, start, end } = found;
  return { value: pay, evidence: [{ field, start, end, text: raw.slice(start, end) }] };
}
