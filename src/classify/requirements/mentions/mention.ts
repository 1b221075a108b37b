import type { Credential } from '../../../posting/taxonomy.ts';
import type { Field } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import type { RuleHit } from '../../reading/hit.ts';
import { type PostingReading, valuesOf } from '../../reading/posting.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Item } from '../../schema/names.ts';
import { CAPABILITIES } from '../capabilities.ts';

/** A credential, a generic word for people, another license, a degree or years, written at the tokens `first` up to, not including, `last`. */
export type Mention = {
  readonly hit: RuleHit;
  readonly statement: Statement;
  readonly first: number;
  readonly last: number;
  readonly names: readonly Credential[];
  readonly item: Item | null;
  /** Of which profession a board or a school is. */
  readonly of: Credential | null;
  /** A field of study or business ("physical therapy") and not a person ("physical therapist"). */
  readonly field: boolean;
};

const gathered = new WeakMap<Field, readonly Mention[]>();

/** The mentions of one field of a posting in the order of the text, gathered once: title, units and the arbiter ask for them. */
export function readMentions(posting: PostingReading, field: Field): readonly Mention[] {
  const mentions = gathered.get(field) ?? gather(posting, field);
  gathered.set(field, mentions);
  return mentions;
}

function gather(posting: PostingReading, field: Field): Mention[] {
  const { hits, fields, senses } = posting;
  const reading = fields.get(field.name);
  if (!reading) return [];
  const certificates = valuesOf(posting, 'certifications').filter(({ hit }) => hit.field === field && hit.last - hit.first > 1);
  // "Certified Professional in Healthcare Quality": the field is part of a name.
  const ofCertificate = ({ first, last, rule: { effect } }: RuleHit) =>
    'item' in effect &&
    effect.field === true &&
    certificates.some(({ hit }) => hit.first <= first && last <= hit.last && hit.last - hit.first > last - first);
  const mentions = hits.flatMap(hit => {
    if (hit.field !== field || (hit.rule.kind !== 'names' && hit.rule.kind !== 'item') || ofCertificate(hit)) return [];
    const statement = reading.of(hit);
    const single = hit.last - hit.first === 1;
    return statement && !isApart(hit) && !(single && !senses.isMeant(field, hit.first)) ? toMention(hit, statement) : [];
  });
  return outermost(mentions);
}

/** Whether something parts the words of a hit: "a therapist, assistant or biller" names no therapist assistant. A list has commas of its own. */
function isApart({ field, first, last, rule: { effect } }: RuleHit): boolean {
  const list = 'names' in effect && effect.names.length > 1;
  const parting = SEP.open | SEP.close | SEP.semicolon | (list ? 0 : SEP.comma | SEP.dash);
  // "A physical or occupational therapist, assistants too": what a comma parts from all the rest is another thing.
  const assistants = list && effect.names.every(of => CAPABILITIES[of].people.includes('assistant'));
  if (assistants && ((field.tokens[last - 1] as Token).sep & SEP.comma) !== 0) return true;
  // "PT/A", and not "as a PT a year ago".
  const { start, end, sep: tie } = field.tokens[last - 1] as Token;
  if (list && end - start === 1 && (tie & SEP.slash) === 0) return true;
  return field.tokens.slice(first + 1, last).some(({ sep }) => (sep & parting) !== 0);
}

function toMention(hit: RuleHit, statement: Statement): Mention[] {
  const { effect } = hit.rule;
  const at = { hit, statement, first: hit.first, last: hit.last };
  if ('names' in effect) return [{ ...at, names: effect.names, item: null, of: null, field: effect.field === true }];
  if ('item' in effect) return [{ ...at, names: [], item: effect.item, of: effect.of ?? null, field: effect.field === true }];
  return [];
}

/**
 * Of mentions that overlap the one that begins first, and of those the longest ("physical therapist assistant"); names before kinds. What
 * stands inside the name of something else ("physician recruiter") is left out.
 */
function outermost(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = [];
  const rank = ({ names, item }: Mention) => (names.length > 0 ? 0 : item === 'nobody' ? 2 : 1);
  const sorted = [...mentions].sort((a, b) => a.first - b.first || b.last - a.last || rank(a) - rank(b));
  for (const mention of sorted) {
    const before = kept[kept.length - 1];
    if (!before || mention.first >= before.last) kept.push(mention);
  }
  return kept.filter(({ item }) => item !== 'nobody');
}
