import { type Chance, harmless, type Mutation, pick } from './mutation.ts';
import { ASKS, credentialOf, PROFESSIONS, professionLists } from './professions.ts';

/** Changes of single words and lists, none of which says anything else than before. */
export const WORDING: readonly Mutation[] = [
  harmless('order of a list', text => inLists(text, ({ members, joiners }) => weave([...members].reverse(), joiners))),
  harmless('abbreviations to names', text => inAsking(text, line => inLists(line, list => renamed(list, 'name')))),
  harmless('names to abbreviations', text => inAsking(text, line => inLists(line, list => renamed(list, 'letters')))),
  harmless('inserted bracket', (text, chance) => inAsking(text, line => inLists(line, list => bracketed(list, chance)))),
];

type List = { members: string[]; joiners: string[] };

/** Rewrites each list of professions; one for which there is nothing to write stays as it is. */
function inLists(text: string, rewrite: (list: List) => string | null): string {
  let out = text;
  // From the last to the first, so that the places of those before stay true.
  for (const list of professionLists(text).reverse()) {
    const written = rewrite(list);
    if (written !== null) out = out.slice(0, list.start) + written + out.slice(list.end);
  }
  return out;
}

function inAsking(text: string, rewrite: (line: string) => string): string {
  return text
    .split('\n')
    .map(line => (ASKS.test(line) ? rewrite(line) : line))
    .join('\n');
}

const weave = (members: readonly string[], joiners: readonly string[]): string =>
  members.map((member, at) => member + (joiners[at] ?? '')).join('');

/** The members written out or abbreviated; null when one of them has no other form that is sure, or all have it already. */
function renamed({ members, joiners }: List, form: 'name' | 'letters'): string | null {
  const written = members.map(member => {
    const credential = credentialOf(member);
    if (!credential) return null;
    const plural = /s$/.test(member) ? 's' : '';
    return PROFESSIONS[credential][form] + plural;
  });
  // Letters of a register ("OTR") say more than the profession does.
  if (written.some(one => one === null) || members.some(member => /R|CCC|\/L/.test(member))) return null;
  const spaced = form === 'name' ? joiners.map(joiner => (joiner === '/' ? ' or ' : joiner)) : joiners;
  return weave(
    written.map(one => one ?? ''),
    spaced,
  );
}

const BRACKETS = ['(any setting)', '(please say which)', '(in good standing)'] as const;

/** A bracket behind the first member that says nothing of who may apply; between slashes nobody writes one. */
function bracketed({ members, joiners }: List, chance: Chance): string | null {
  if (joiners[0] === '/') return null;
  const [first = '', ...rest] = members;
  return weave([`${first} ${pick(BRACKETS, chance)}`, ...rest], joiners);
}
