import type { Credential } from '../../../posting/taxonomy.ts';
import { SEP } from '../../../text/lexer.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { PostingReading } from '../../reading/posting.ts';
import { type Mention, readMentions } from './mention.ts';

/** Whom a title names: persons, fields that are worked on or led, and people of other licenses. */
export type Titled = {
  readonly persons: ReadonlyMap<Credential, readonly RuleHit[]>;
  readonly fields: ReadonlyMap<Credential, readonly RuleHit[]>;
  readonly others: readonly RuleHit[];
  /** Fields of other professions: "behavioral health". */
  readonly otherFields: readonly RuleHit[];
};

/** Reads whom a title names. A recruiter's title names those to be placed, and a business ("physical therapy billing") nobody. */
export function readTitle(posting: PostingReading): Titled {
  const { title } = posting.document;
  const mentions = readMentions(posting, title);
  const persons = new Map<Credential, RuleHit[]>();
  const fields = new Map<Credential, RuleHit[]>();
  const product = posting.hits.some(({ rule, field }) => field === title && 'cue' in rule.effect && rule.effect.cue === 'product');
  const named = mentions.filter(mention => mention.names.length > 0);
  for (const mention of named) {
    const isField = mention.field;
    if (isField && product) continue;
    for (const name of mention.names) {
      const into = isField ? fields : persons;
      into.set(name, [...(into.get(name) ?? []), mention.hit]);
    }
  }
  const foreign = mentions.filter(({ item }) => item === 'other-license');
  // A "Physician & Nurse Recruiter" is neither; a "Sales Specialist, RN" is.
  const others = foreign.filter(mention => !mention.field && (!product || isSetApart(mention))).map(({ hit }) => hit);
  const otherFields = foreign.filter(({ field }) => field).map(({ hit }) => hit);
  return { persons, fields, others, otherFields };
}

/** Whether a mark parts a mention from the words before it. */
function isSetApart({ first, statement: { field } }: Mention): boolean {
  return field.tokens.slice(1, first + 1).some(({ sep }) => (sep & (SEP.open | SEP.dash | SEP.comma | SEP.colon)) !== 0);
}
