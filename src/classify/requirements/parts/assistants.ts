import type { Credential } from '../../../posting/taxonomy.ts';
import type { Item } from '../../schema/names.ts';
import { CAPABILITIES } from '../capabilities.ts';
import type { Part } from './part.ts';

const ASSISTANTS: ReadonlySet<Item> = new Set(['any-assistant', 'assistant']);

/** "OT or PT (therapist or assistant)" names the assistants of the therapists it names; elsewhere a word for assistants means any. */
export function withAssistants(parts: readonly Part[]): Part[] {
  const therapists = parts.flatMap(({ kind, force, names, items }) =>
    kind === 'people' && force !== 'shut-out' ? [...names, ...items].flatMap(({ of }) => of ?? []) : [],
  );
  const theirs = assistantsOf(new Set(therapists));
  return parts.map(part => {
    const assistant = part.kind === 'people' ? part.items.find(({ item }) => ASSISTANTS.has(item)) : undefined;
    if (!assistant) return part;
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
