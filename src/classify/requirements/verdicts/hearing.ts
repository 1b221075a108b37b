import { CREDENTIALS, type Credential } from '../../../posting/taxonomy.ts';
import type { Field } from '../../../text/document.ts';
import { BOILERPLATE } from '../../../text/sections.ts';
import { keepWord, type Word } from '../../../text/words.ts';
import type { Begin, Ear } from '../../learned/ear.ts';
import type { PostingReading } from '../../reading/posting.ts';
import { type Mention, readMentions } from '../mentions/mention.ts';
import type { Titled } from '../mentions/title.ts';
import type { RoleOfRow } from '../parts/clause.ts';
import type { Findings } from '../parts/gather.ts';
import type { Answer } from './decide.ts';
import { factsOfOtherwise, type Otherwise } from './otherwise.ts';

/** Words this near to what is named mostly belong to it; words further off, up to the end of a usual clause, may. */
const NEAR = 3;
const FAR = 8;

/** Hears what a posting says about every credential, as terms that mean the same for each: "own wished", "therapists far our". */
export function hear<E extends Ear>(
  posting: PostingReading,
  answers: Readonly<Record<Credential, Answer>>,
  otherwise: ReadonlyMap<Credential, Otherwise>,
  findings: Findings,
  titled: Titled,
  sent: boolean,
  begin: Begin<E>,
): Map<Credential, E> {
  const field = posting.document.text;
  const mentions = readMentions(posting, field).filter(({ hit }) => !BOILERPLATE.has(hit.segment.section));
  const roles = rolesOf(mentions, findings);
  const whole = ofWhole(posting, findings, sent);
  // Those to whom every name is the same hear the same: OT and SLP where only PT is named.
  const heard = new Map<string, { readonly named: ReadonlySet<string>; readonly ear: E }>();
  const hearings = CREDENTIALS.map((credential): [Credential, E] => {
    const kinds = mentions.map(mention => kindOf(mention, credential));
    const key = kinds.join('|');
    const same = heard.get(key);
    const ear = begin(same?.ear);
    if (!same) hearAround(field, mentions, kinds, ear);
    const named = same?.named ?? asNamed(mentions, kinds, roles);
    heard.set(key, { named, ear });
    const answer = answers[credential];
    const doubted = factsOfOtherwise(answer.verdict, otherwise.get(credential) ?? new Map());
    for (const facts of [whole, answerOf(credential, answer), doubted, ofTitle(titled, credential), named])
      for (const fact of facts) ear.fact(fact);
    return [credential, ear];
  });
  return new Map(hearings);
}

/** What is named, with its role and its place. */
function asNamed(mentions: readonly Mention[], kinds: readonly string[], roles: readonly string[]): Set<string> {
  const facts = new Set<string>();
  for (const [index, { hit }] of mentions.entries()) {
    facts.add(`${kinds[index]} ${roles[index]}`).add(`has ${kinds[index]} in ${hit.segment.section}`);
  }
  return facts;
}

/** What a kind is heard as, and where words stand that are near to it or far. */
type Place = { readonly itself: Word; readonly near: string; readonly far: string };

/** The words around what is named, each with what it stands near to, the nearest first; another name is heard as its kind. */
function hearAround({ tokens }: Field, mentions: readonly Mention[], kinds: readonly string[], ear: Ear): void {
  const places = new Map<string, Place>();
  for (const kind of kinds)
    if (!places.has(kind)) places.set(kind, { itself: keepWord(`<${kind}>`), near: `${kind} near`, far: `${kind} far` });
  const words = tokens.map(({ known }) => known);
  for (const [index, { first, last }] of mentions.entries()) words.fill((places.get(kinds[index] as string) as Place).itself, first, last);
  const hearAt = (at: number, place: string) => {
    const word = at < 0 ? undefined : words[at];
    if (word && word.text !== '') ear.word(at, place, word);
  };
  for (const [index, { first, last }] of mentions.entries()) {
    const { near, far } = places.get(kinds[index] as string) as Place;
    for (let off = 1; off <= FAR; off++) {
      hearAt(first - off, off <= NEAR ? near : far);
      hearAt(last - 1 + off, off <= NEAR ? near : far);
    }
  }
}

/** The role of each mention: that of the row it stands in. Both are in the order of the text. */
function rolesOf(mentions: readonly Mention[], { read }: Findings): string[] {
  let next = 0;
  return mentions.map(({ first }) => {
    while (next < read.length && (read[next] as RoleOfRow).last <= first) next++;
    const row = read[next];
    return row && row.first <= first ? row.role : 'unread';
  });
}

/** What is known of the posting whoever asks. */
function ofWhole({ input, document }: PostingReading, { denied, leftOpen, requirements }: Findings, sent: boolean): string[] {
  const words = document.text.tokens.length;
  const facts = [`words ${words < 60 ? 'few' : words < 150 ? 'some' : 'many'}`];
  if (sent) facts.push('sent elsewhere');
  if (denied.length > 0) facts.push('something denied');
  if (leftOpen.length > 0) facts.push('left open');
  if (input.truncated) facts.push('cut');
  if (requirements.length === 0) facts.push('asks for nothing');
  return facts;
}

function ofTitle({ persons, fields, others, otherFields }: Titled, credential: Credential): string[] {
  const facts: string[] = [];
  for (const [what, named] of [
    ['person', persons],
    ['field', fields],
  ] as const) {
    if (named.has(credential)) facts.push(`title ${what} own`);
    else if (named.size > 0) facts.push(`title ${what} other`);
  }
  if (others.length > 0) facts.push('title other license');
  if (otherFields.length > 0) facts.push('title other field');
  return facts;
}

const isAssistant = (credential: Credential): boolean => credential === 'OTA' || credential === 'PTA';

function answerOf(credential: Credential, { verdict, rule }: Answer): string[] {
  const by = rule.split(':')[0];
  const who = isAssistant(credential) ? 'assistant' : 'therapist';
  return [`said ${verdict}`, `said ${verdict} by ${by}`, `said ${verdict} of ${who}`, `of ${who}`];
}

/** What a mention is to a credential: its own name, that of others, or a kind of thing. */
function kindOf({ names, item, field }: Mention, credential: Credential): string {
  if (names.length === 0) return String(item);
  const who = names.includes(credential) ? 'own' : names.every(isAssistant) ? 'assistants' : 'therapists';
  return field ? `${who} field` : who;
}
