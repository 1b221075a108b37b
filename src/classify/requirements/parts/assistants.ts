import type { Credential } from '../../../posting/taxonomy.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { Item } from '../../schema/names.ts';
import { CAPABILITIES } from '../capabilities.ts';
import type { Mention } from '../mentions/mention.ts';
import { isGeneric, type Part } from './part.ts';

const ASSISTANTS: ReadonlySet<Item> = new Set(['any-assistant', 'assistant']);

/** Whether a mention is a word for assistants of any kind. */
export const isAssistant = ({ item }: Mention): boolean => item !== null && ASSISTANTS.has(item);

/** "a license in OT or PT (any level)", "in OT, as therapist or as assistant": words for all of them, alone in a bracket or of both, tell the levels. */
function isLevel({ item, hit }: Part['items'][number], { statement, names, items }: Part): boolean {
  if (item !== 'professional') return false;
  const bracketed = statement.parent !== null && names.length === 0 && items.length === 1;
  return bracketed || statement.hits.some(inner => isWordOfAssistants(inner, hit.first, hit.last));
}

const isWordOfAssistants = ({ rule: { effect }, first, last }: RuleHit, from: number, to: number): boolean =>
  'item' in effect && ASSISTANTS.has(effect.item) && first >= from && last <= to;

/** "OT or PT (therapist or assistant)" names the assistants of the therapists it names; elsewhere a bare "assistant" is nobody. */
export function withAssistants(found: readonly Part[]): Part[] {
  const parts = found.map(part => asPeople(part, found));
  const therapists = parts.flatMap(part => {
    const meant = part.kind === 'people' || part.items.some(one => isLevel(one, part));
    return meant && part.force !== 'shut-out' ? [...part.names, ...part.items] : [];
  });
  const theirs = assistantsOf(new Set(therapists.flatMap(({ of }) => of ?? [])));
  return parts.flatMap(part => {
    const assistant = part.items.find(one => (part.kind === 'people' && ASSISTANTS.has(one.item)) || isLevel(one, part));
    if (!assistant) return part;
    // "A licensed clinician; assistant licenses count": nobody is both.
    const alone = ASSISTANTS.has(assistant.item) && part.items.length + part.names.length === 1;
    const beside = alone && part.force === 'demanded' && parts.some(other => isGeneric(other));
    return withThose(beside ? { ...part, force: 'let-in' } : part, assistant, theirs) ?? [];
  });
}

/** "An OT or PT license; the assistant level will do": beside people and no schooling, the level stands for those who have it. */
function asPeople(part: Part, parts: readonly Part[]): Part {
  const { kind, names, items, levels, first, last, statement, force } = part;
  const hit =
    kind === 'study' && levels.length === 1 && names.length + items.length === 0
      ? statement.hits.find(own => isWordOfAssistants(own, first, last))
      : undefined;
  const people = parts.some(other => isGeneric(other) || (other.kind === 'people' && other.names.length > 0));
  if (!hit || !people || parts.some(other => other !== part && other.kind === 'study')) return part;
  const meant = force === 'demanded' ? 'let-in' : force;
  return { ...part, kind: 'people', levels: [], items: [{ item: 'any-assistant', of: null, hit }], hits: [hit], force: meant };
}

/** A part with the assistants it means by a word for them; null when nothing is left of it. */
function withThose(part: Part, assistant: Part['items'][number], theirs: readonly Credential[]): Part | null {
  if (isLevel(assistant, part) && theirs.length === 0) return part;
  const { force } = part;
  const items = part.items.filter(item => item !== assistant);
  const alone = part.names.length + items.length === 0;
  if (force !== 'shut-out' && theirs.length > 0) {
    if (alone && assistant.item === 'any-assistant' && force === 'demanded' && part.statement.parent === null) return null;
    // "NBCOT certification at either level": beside a board the word for assistants means them as well.
    const boards = assistant.item !== 'any-assistant' ? items.flatMap(({ item, of }) => (item === 'board' && of ? [of] : [])) : [];
    const names = [...part.names, ...[...theirs, ...boards].map(of => ({ of, field: false, hit: assistant.hit }))];
    return { ...part, items, names, force: alone && force === 'demanded' ? 'let-in' : force };
  }
  const meant = force === 'shut-out' || force === 'let-in' || items.some(({ item }) => item === 'therapist');
  if (meant || assistant.item === 'assistant') return { ...part, items: [...items, { ...assistant, item: 'assistant' }] };
  return alone ? null : { ...part, items };
}

/** The assistants who studied the field of some therapists, themselves left out. */
export function assistantsOf(therapists: ReadonlySet<Credential>): Credential[] {
  const all = Object.entries(CAPABILITIES) as [Credential, (typeof CAPABILITIES)[Credential]][];
  return all.flatMap(([credential, { own, people }]) =>
    people.includes('assistant') && own.some(of => therapists.has(of)) ? [credential] : [],
  );
}
