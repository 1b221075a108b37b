import type { BodyPart } from '../adapter.ts';
import { text } from './json.ts';
import { decodeOnce, hasTags, unescapeHtml } from './values.ts';

/** A field of a body as a part of its own, html or plain text as it turns out; nothing when the field is blank. */
export function partOf(value: unknown, heading?: string): BodyPart[] {
  const said = text(value);
  if (!said) return [];
  const body = unescapeHtml(said);
  const part = hasTags(body) ? { html: body } : { text: decodeOnce(body) };
  return [heading ? { heading, ...part } : part];
}
