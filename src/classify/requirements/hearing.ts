import { CREDENTIALS, type Credential } from '../../posting/taxonomy.ts';
import type { Field } from '../../text/document.ts';
import type { Section } from '../../text/sections.ts';
import type { VerdictOf } from '../classification.ts';
import type { PostingReading } from '../read-posting.ts';
import { type Mention, readMentions } from './mention.ts';

/** What is known of a credential without its wording, and the words around what is named: each once, with the token it was heard at first. */
export type Hearing = { readonly facts: ReadonlySet<string>; readonly words: ReadonlyMap<string, number> };

/** Sections that speak of others: what they name is nobody who may apply. */
const ELSEWHERE: ReadonlySet<Section> = new Set(['about', 'benefits', 'eeo', 'pay']);
/** Words this near to what is named mostly belong to it; words further off, up to the end of a usual clause, may. */
const NEAR = 3;
const FAR = 8;

/** Hears what a text says about every credential, as terms that mean the same for each: "own near preferred", "therapists far our". */
export function hear(posting: PostingReading, answers: Readonly<Record<Credential, VerdictOf>>): Map<Credential, Hearing> {
  const field = posting.document.text;
  const mentions = readMentions(posting, field).filter(({ hit }) => !ELSEWHERE.has(hit.segment.section));
  const around = mentions.map(mention => surroundings(field, mention));
  const at = new Map<number, Mention>();
  for (const mention of mentions) for (let token = mention.first; token < mention.last; token++) at.set(token, mention);
  const hearings = CREDENTIALS.map((credential): [Credential, Hearing] => {
    const facts = new Set(answerOf(credential, answers[credential]));
    const words = new Map<string, number>();
    for (const [index, mention] of mentions.entries()) {
      const kind = kindOf(mention, credential);
      facts.add(`has ${kind}`).add(`has ${kind} in ${mention.hit.segment.section}`);
      for (const { token, distance } of around[index] ?? []) {
        const other = at.get(token);
        const word = other ? `<${kindOf(other, credential)}>` : field.tokens[token]?.word;
        const term = `${kind} ${distance} ${word}`;
        if (word && !words.has(term)) words.set(term, token);
      }
    }
    return [credential, { facts, words }];
  });
  return new Map(hearings);
}

const isAssistant = (credential: Credential): boolean => credential === 'OTA' || credential === 'PTA';

function answerOf(credential: Credential, { verdict, rule }: VerdictOf): string[] {
  const by = rule.split(':')[0];
  return [`said ${verdict}`, `said ${verdict} by ${by}`, isAssistant(credential) ? 'of an assistant' : 'of a therapist'];
}

/** What a mention is to a credential: its own name, that of others, or a kind of thing. */
function kindOf({ names, item, field }: Mention, credential: Credential): string {
  if (names.length === 0) return String(item);
  const who = names.includes(credential) ? 'own' : names.every(isAssistant) ? 'assistants' : 'therapists';
  return field ? `${who} field` : who;
}

/** The tokens around a mention, the nearest first. */
function surroundings({ tokens }: Field, { first, last }: Mention): { token: number; distance: 'near' | 'far' }[] {
  const found: { token: number; distance: 'near' | 'far' }[] = [];
  for (let off = 1; off <= FAR; off++) {
    const distance = off <= NEAR ? 'near' : 'far';
    for (const token of [first - off, last - 1 + off]) if (token >= 0 && token < tokens.length) found.push({ token, distance });
  }
  return found;
}
