import { type Document, type Field, readDocument } from '../../text/document.ts';
import type { ClassifierInput } from '../classification.ts';
import type { FacetName, Force, Subject } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';
import { forceAt } from './force.ts';
import type { RuleHit, RuleMatch } from './hit.ts';
import { readSenses, type Senses } from './senses.ts';
import type { FieldStatements, Statement } from './statement.ts';
import { readStatements } from './statements.ts';

/** A posting read once, for everything that is asked about it: its texts, the rules found in them, and the statements they make. */
export type PostingReading = {
  readonly input: ClassifierInput;
  readonly document: Document;
  readonly hits: readonly RuleHit[];
  /** The words of force among the hits. */
  readonly forces: readonly RuleHit[];
  /** What those of the hits say that read a facet, by facet. */
  readonly facets: ReadonlyMap<FacetName, readonly FacetValue[]>;
  readonly fields: ReadonlyMap<Field['name'], FieldStatements>;
  /** What its abbreviations mean. */
  readonly senses: Senses;
};

/** What a rule read for a facet, with the statement it stands in. */
export class FacetValue {
  readonly value: string | number | boolean;
  readonly rule: Rule;
  readonly hit: RuleHit;
  readonly statement: Statement;
  readonly subject: Subject;

  constructor(value: FacetValue['value'], hit: RuleHit, statement: Statement) {
    this.value = value;
    this.rule = hit.rule;
    this.hit = hit;
    this.statement = statement;
    this.subject = statement.subject;
  }

  /** Told only when asked: few readers ask, and it looks through the whole statement. */
  get force(): Force {
    return forceAt(this.statement, this.hit.first, this.hit.last);
  }
}

/** Reads a posting: every text is matched once and cut into statements once. Linear in the text. */
export function readPosting(input: ClassifierInput, rules: { readonly match: RuleMatch }): PostingReading {
  const document = readDocument(input);
  const fields = new Map<Field['name'], FieldStatements>();
  const hitsOf: RuleHit[][] = [];
  for (const field of Object.values(document)) {
    const found = rules.match(field);
    hitsOf.push(found);
    fields.set(field.name, readStatements(field, found));
  }
  const hits = hitsOf.flat();
  const forces = hits.filter(({ rule }) => rule.kind === 'force');
  return { input, document, hits, forces, facets: byFacet(hits, fields), fields, senses: readSenses(hits) };
}

function byFacet(hits: readonly RuleHit[], fields: PostingReading['fields']): Map<FacetName, FacetValue[]> {
  const facets = new Map<FacetName, FacetValue[]>();
  for (const hit of hits) {
    const { kind, effect } = hit.rule;
    if (kind !== 'facet' || !('facet' in effect)) continue;
    const statement = fields.get(hit.field.name)?.of(hit);
    if (!statement) continue;
    if (effect.of && !effect.of.includes(statement.subject)) continue;
    if (effect.when && !effect.when.includes(forceAt(statement, hit.first, hit.last))) continue;
    const value = new FacetValue(effect.value, hit, statement);
    const known = facets.get(effect.facet);
    if (known) known.push(value);
    else facets.set(effect.facet, [value]);
  }
  return facets;
}

/**
 * Everything rules read for a facet, in the order of the text: title, department, place, body. A rule that says of whom (`of`) or with what
 * force (`when`) its words count is heard only there.
 */
export function valuesOf({ facets }: PostingReading, facet: FacetName): readonly FacetValue[] {
  return facets.get(facet) ?? [];
}
