import type { Credential } from '../../../posting/taxonomy.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
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
  /** The persons stand in brackets after a word for all of them: "Therapist (PT/OT)". */
  readonly among: boolean;
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
    const isField = mention.field || !standsApart(mention);
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
  return { persons, fields, others, otherFields, among: named.length > 0 && named.every(isAmong) };
}

/** Letters that begin a title name what is worked on ("PT/OT Coder"); set apart, or spelled out, they name the person. */
function standsApart({ first, last, statement }: Mention): boolean {
  const { field } = statement;
  const token = field.tokens[first] as Token;
  if (last - first > 1 || !token.upper) return true;
  return last === field.tokens.length || isSetApart({ first, statement });
}

function isSetApart({ first, statement: { field } }: Pick<Mention, 'first' | 'statement'>): boolean {
  return field.tokens.slice(1, first + 1).some(({ sep }) => (sep & (SEP.open | SEP.dash | SEP.comma | SEP.colon)) !== 0);
}

/** A generic word for people right before the bracket a mention stands in. */
function isAmong({ first, statement }: Mention): boolean {
  const { tokens } = statement.field;
  if (statement.parent === null) return false;
  const open = statement.first;
  return (
    first >= open &&
    statement.parent.hits.some(({ rule, last }) => 'item' in rule.effect && rule.effect.field !== true && last === open) &&
    tokens.length > open
  );
}
