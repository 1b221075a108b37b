import { OmbreError } from '../errors.ts';

/** A slip in a form, told in one sentence for people; programs get the field and what is allowed beside it. */
type EntryMistake = OmbreError & { field: string; allowed: string };

export function entryMistake(field: string, told: string, allowed: string): EntryMistake {
  return Object.assign(new OmbreError('E_ENTRY', told), { field, allowed });
}

/** A value as it can be repeated in a sentence. */
export function quoted(value: unknown): string {
  const text = String(value)
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed();
  return `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`;
}
