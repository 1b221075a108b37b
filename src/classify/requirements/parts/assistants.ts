import type { Credential } from '../../../posting/taxonomy.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { Item } from '../../schema/names.ts';
import { CAPABILITIES } from '../capabilities.ts';
import type { Part } from './part.ts';

const ASSISTANTS: ReadonlySet<Item> = new Set(['any-assistant', 'assistant']);

/** Whether a word for clinicians names assistants among them: "in OT, as therapist or as assistant". */
function isOfBoth({ item, hit }: Part['items'][number], { statement }: Part): boolean {
  const inside = ({ first, last }: RuleHit) => first >= hit.first && last <= hit.last;
  const isOne = ({ rule: { effect } }: RuleHit) => 'item' in effect && ASSISTANTS.has(effect.item);
  return item === 'professional' && statement.hits.some(own => isOne(own) && inside(own));
}

/** "OT or PT (therapist or assistant)" names the assistants of the therapists it names; elsewhere a word for assistants means any. */
export function withAssistants(parts: readonly Part[]): Part[] {
  const therapists = parts.flatMap(part => {
    const meant = part.kind === 'people' || part.items.some(one => isOfBoth(one, part));
    return meant && part.force !== 'shut-out' ? [...part.names, ...part.items].flatMap(({ of }) => of ?? []) : [];
  });
  const theirs = assistantsOf(new Set(therapists));
  return parts.map(part => {
    const assistant = part.items.find(one => (part.kind === 'people' && ASSISTANTS.has(one.item)) || isOfBoth(one, part));
    if (!assistant || (theirs.length === 0 && !ASSISTANTS.has(assistant.item))) return part;
    const others = part.items.filter(item => item !== assistant);
    const alone = part.names.length + others.length === 0;
    const force = alone && part.force === 'demanded' ? 'let-in' : part.force;
    if (force === 'shut-out' || theirs.length === 0) return { ...part, items: [...others, { ...assistant, item: 'assistant' }], force };
    return { ...part, items: others, names: [...part.names, ...theirs.map(of => ({ of, field: false, hit: assistant.hit }))], force };
  });
}

/** The assistants who studied the field of some therapists, themselves left out. */
function assistantsOf(therapists: ReadonlySet<Credential>): Credential[] {
  const all = Object.entries(CAPABILITIES) as [Credential, (typeof CAPABILITIES)[Credential]][];
  return all.flatMap(([credential, { own, people }]) =>
    people.includes('assistant') && own.some(of => therapists.has(of)) ? [credential] : [],
  );
}
