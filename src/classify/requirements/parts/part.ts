import type { Credential } from '../../../posting/taxonomy.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Force, Item } from '../../schema/names.ts';
import type { Mention } from '../mentions/mention.ts';

/**
 * One thing a clause asks for, at the tokens `first` up to, not including, `last`. `people`: any one of some credentials, groups and licenses.
 * `study`: a degree of one of some levels in one of some fields. `lay`: years or knowledge that anybody may have.
 */
export type Part = {
  readonly kind: 'people' | 'study' | 'lay';
  readonly statement: Statement;
  readonly first: number;
  readonly last: number;
  readonly force: Force;
  /** The word of force that decided, when there is one. */
  readonly by: RuleHit | null;
  readonly names: readonly { readonly of: Credential; readonly field: boolean; readonly hit: RuleHit }[];
  readonly items: readonly { readonly item: Item; readonly of: Credential | null; readonly hit: RuleHit }[];
  readonly levels: readonly Item[];
  /** Other fields or licenses near the named ones will do. */
  readonly related: boolean;
  /** A license, or a degree, is asked for in so many words. */
  readonly strict: boolean;
  /** Work may stand in the place of it. */
  readonly instead: boolean;
  readonly hits: readonly RuleHit[];
};

/** Ways in: any one of them will do, each of which asks for all of its parts. */
export type Requirement = { readonly ways: readonly (readonly Part[])[] };

/** The names and the kinds that some mentions stand for. */
export function membersOf(mentions: readonly Mention[]): Pick<Part, 'names' | 'items' | 'hits'> {
  return {
    names: mentions.flatMap(({ names, field, hit }) => names.map(of => ({ of, field, hit }))),
    items: mentions.flatMap(({ item, of, hit }) => (item ? [{ item, of, hit }] : [])),
    hits: mentions.map(({ hit }) => hit),
  };
}

/** Words for people, or for where they come from, that a list may spell out. */
const GENERIC: ReadonlySet<Item> = new Set([
  'therapist',
  'professional',
  'registered',
  'care-work',
  'any-field',
  'therapy-field',
  'clinical-field',
]);

/** Whether a part asks for people by a generic word alone. */
export function isGeneric({ kind, names, items }: Part): boolean {
  return kind === 'people' && names.length === 0 && items.every(({ item }) => GENERIC.has(item));
}
