import { CREDENTIALS, type Credential, type Verdict } from '../../posting/taxonomy.ts';
import type { Case } from '../case.ts';
import { askingLine, asksNothingElse, FORCE, type Found, plainClause, underWishes } from './asking.ts';
import { COUNTS, isBullet, leadInOf } from './lines.ts';
import { type Chance, type Mutant, type Mutation, pick } from './mutation.ts';
import { NAMES_SOMEBODY, PROFESSIONS } from './professions.ts';

type Verdicts = Record<Credential, Verdict>;

const verdictsOf = (choose: (credential: Credential) => Verdict): Verdicts =>
  Object.fromEntries(CREDENTIALS.map(credential => [credential, choose(credential)])) as Verdicts;

function withLine({ lines, at }: Found, line: string): string {
  const bullet = isBullet(lines[at] ?? '') ? '- ' : '';
  return lines.map((old, index) => (index === at ? bullet + line : old)).join('\n');
}

/** The demand for therapists gives way to a sentence that gives everybody the same verdict. */
function replaced(one: Case, sentence: string, verdict: Verdict): Mutant | null {
  const found = askingLine(one);
  const verdicts = one.label.verdicts;
  if (!found || !verdicts || !CREDENTIALS.some(credential => verdicts[credential] === 'named') || underWishes(found)) return null;
  // Of alternatives told in several lines the others would still let somebody in.
  const leadIn = leadInOf(found.lines, found.at);
  if (COUNTS.test(leadIn) && (isBullet(found.lines[found.at] ?? '') || leadIn.endsWith(':'))) return null;
  return { text: withLine(found, sentence), expected: verdictsOf(() => verdict) };
}

/** The clause with another force, when the label says of its credentials and of all others just what the clause says now. */
function forced(
  one: Case,
  from: { force: RegExp; listed: Verdict; others: Verdict },
  to: { force: string; listed: Verdict; others: Verdict },
): Mutant | null {
  const clause = plainClause(one);
  const verdicts = one.label.verdicts;
  if (!clause || !verdicts || !from.force.test(clause.force ?? '')) return null;
  const { found, start, said, credentials } = clause;
  const by = (listed: Verdict, others: Verdict) => verdictsOf(credential => (credentials.includes(credential) ? listed : others));
  const now = by(from.listed, from.others);
  if (CREDENTIALS.some(credential => verdicts[credential] !== now[credential])) return null;
  const line = found.lines[found.at] ?? '';
  const changed = `${line.slice(0, start)}${said.replace(FORCE, '')} ${to.force}${line.slice(start + said.length)}`;
  return { text: found.lines.map((old, at) => (at === found.at ? changed : old)).join('\n'), expected: by(to.listed, to.others) };
}

const DEMAND = { force: /^(?:required|needed|a must|)$/, listed: 'named', others: 'barred' } as const;
const WISH = { force: /^(?:(?:strongly |highly )?preferred|a plus|desired|helpful)$/, listed: 'preferred', others: 'open' } as const;

const firmer = (one: Case): Mutant | null => forced(one, WISH, { ...DEMAND, force: 'required' });
const softer = (one: Case): Mutant | null => forced(one, DEMAND, { ...WISH, force: 'preferred' });

type List = { said: string; credentials: readonly Credential[] };

const LISTS: readonly [List, ...List[]] = [
  { said: 'an OT or PT', credentials: ['OT', 'PT'] },
  { said: 'a speech-language pathologist', credentials: ['SLP'] },
  { said: 'an OT, COTA, PT or PTA', credentials: ['OT', 'OTA', 'PT', 'PTA'] },
  { said: 'a physical therapist or physical therapist assistant', credentials: ['PT', 'PTA'] },
  { said: 'an occupational therapist, PT or SLP', credentials: ['OT', 'PT', 'SLP'] },
];

/** A demand or a wish that is added where nobody is demanded, liked or shut out yet. */
function addedLine(one: Case, chance: Chance, words: string, listed: Verdict, others: Verdict): Mutant | null {
  const { label, input } = one;
  const verdicts = label.verdicts;
  if (label.partial || input.truncated || !verdicts || CREDENTIALS.some(credential => verdicts[credential] !== 'open')) return null;
  if (NAMES_SOMEBODY.test(input.title) || /licen[cs]|background|\bnot? (?:need|requir)/i.test(input.text)) return null;
  const list = pick(LISTS, chance);
  const expected = verdictsOf(credential => (list.credentials.includes(credential) ? listed : others));
  return { text: `${input.text.trimEnd()}\n\nRequirements\nA current license as ${list.said} is ${words}.`, expected };
}

/** Letters and schools that belong to one of the two professions, and other senses of the letters: a swap would be half done. */
const UNSWAPPABLE =
  /NBCOT|AOTA|ACOTE|APTA|CAPTE|FSBPT|\b(?:DPT|MPT|OTD|MOT|OTR|SPT|MSOT|CHT|OCS|FT)\b|\b063[13]\b|overtime|pacific|\d ?(?:[ap]\.?m\.?)? ?PT\b/i;
/** "occupational or physical therapist": half a name. */
const HALF_NAME = /\b(?:occupational|physical)(?:\/|,| and| or| &)/i;
const PARTNERS: Readonly<Record<Credential, Credential>> = { OT: 'PT', PT: 'OT', OTA: 'PTA', PTA: 'OTA', SLP: 'SLP' };

/** The two professions change places in title and text, and so do their verdicts. */
function swapped({ label: { relevance, partial, verdicts }, input: { title, text } }: Case): Mutant | null {
  const both = `${title}\n${text}`;
  if (partial || relevance !== 'nonclinical' || !verdicts || UNSWAPPABLE.test(both) || HALF_NAME.test(both)) return null;
  if (CREDENTIALS.every(credential => verdicts[credential] === verdicts[PARTNERS[credential]])) return null;
  return { title: swap(title), text: swap(text), expected: verdictsOf(credential => verdicts[PARTNERS[credential]]) };
}

const SWAPS: readonly (readonly [string, string])[] = [
  [PROFESSIONS.OTA.name, PROFESSIONS.PTA.name],
  ['occupational therap', 'physical therap'],
  ['COTA', 'PTA'],
  ['OTA', 'PTA'],
  ['OT', 'PT'],
];

function swap(text: string): string {
  const words = SWAPS.flat();
  const pattern = new RegExp(`\\b(?:${words.map(word => (word === word.toLowerCase() ? word : `${word}(?=s?\\b)`)).join('|')})`, 'gi');
  return text.replaceAll(pattern, found => {
    const pair = SWAPS.find(([a, b]) => [a, b].some(word => (word === word.toUpperCase() ? word === found : word === found.toLowerCase())));
    if (!pair) return found;
    return inCaseOf(found, pair.find(word => word.toLowerCase() !== found.toLowerCase()) ?? found);
  });
}

/** Capitals where the replaced words had them: in every word, in the first, or throughout. */
function inCaseOf(model: string, words: string): string {
  if (model === model.toUpperCase()) return words.toUpperCase();
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  if (/ [A-Z]/.test(model)) return words.split(' ').map(capital).join(' ');
  return /^[A-Z]/.test(model) ? capital(words) : words;
}

/** Changes of what is demanded; each moves the verdicts to known ones. */
export const DEMANDS: readonly Mutation[] = [
  { name: 'another license', apply: one => replaced(one, 'An active RN license is required.', 'barred') },
  { name: 'denied demand', apply: one => (asksNothingElse(one) ? replaced(one, 'No clinical license is needed.', 'open') : null) },
  { name: 'swapped license', apply: swapped },
  { name: 'added demand', apply: (one, chance) => addedLine(one, chance, 'required', 'named', 'barred') },
  { name: 'added wish', apply: (one, chance) => addedLine(one, chance, 'preferred, but not required', 'preferred', 'open') },
  { name: 'preferred to required', apply: firmer },
  { name: 'required to preferred', apply: one => (asksNothingElse(one) ? softer(one) : null) },
];
