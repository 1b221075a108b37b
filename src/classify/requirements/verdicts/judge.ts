import type { Credential, Verdict } from '../../../posting/taxonomy.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { Item } from '../../schema/names.ts';
import { CAPABILITIES } from '../capabilities.ts';
import type { Part, Requirement } from '../parts/part.ts';

/** From the strongest yes to no. */
const ORDER: readonly Verdict[] = ['named', 'preferred', 'implied', 'open', 'unknown', 'barred'];

export type Judgment = { readonly verdict: Verdict; readonly hits: readonly RuleHit[] };

const rankOf = (verdict: Verdict): number => ORDER.indexOf(verdict);

/** The judgment that lets in most. */
function bestJudgment(judgments: readonly Judgment[]): Judgment | null {
  let best: Judgment | null = null;
  for (const judgment of judgments) if (!best || rankOf(judgment.verdict) < rankOf(best.verdict)) best = judgment;
  return best;
}

/** The judgment that lets in least; beside a license by name a degree that anybody may hold says nothing. */
function worstOf(judged: readonly (Judgment & { part: Part })[]): Judgment | null {
  const named = judged.find(({ verdict }) => verdict === 'named');
  const barred = judged.find(({ verdict, part }) => verdict === 'barred' && !(named && part.kind === 'study' && isOfAnybody(part)));
  return barred ?? bestJudgment(judged.filter(({ verdict }) => verdict !== 'barred')) ?? null;
}

/** A degree that names no profession: "PT or PTA with a master's degree". */
function isOfAnybody({ names, items }: Part): boolean {
  return names.length === 0 && items.every(({ item }) => item === 'any-field' || item === 'health-field');
}

/** What a requirement says of a credential: the best of its ways in, each as bad as its worst part. */
export function judgeRequirement({ ways }: Requirement, credential: Credential): Judgment {
  const judged = ways.map(parts => worstOf(parts.map(part => ({ part, ...judgePart(part, credential) }))));
  return bestJudgment(judged.filter(found => found !== null)) ?? { verdict: 'open', hits: [] };
}

/** What one part says of a credential by itself. */
export function judgePart(part: Part, credential: Credential): Judgment {
  if (part.kind === 'lay') return { verdict: 'open', hits: part.hits };
  return part.kind === 'study' ? judgeStudy(part, credential) : judgePeople(part, credential);
}

function judgePeople(part: Part, credential: Credential): Judgment {
  const named = part.names.filter(({ of }) => of === credential);
  if (named.length > 0) return { verdict: 'named', hits: named.map(({ hit }) => hit) };
  const board = part.items.filter(({ item, of }) => item === 'board' && of === credential);
  if (board.length > 0) return { verdict: 'named', hits: board.map(({ hit }) => hit) };
  const { people } = CAPABILITIES[credential];
  const covered = part.items.filter(({ item }) => people.includes(item) || people.includes(FIELDS_OF_PEOPLE[item] ?? item));
  if (covered.length > 0) return { verdict: 'implied', hits: covered.map(({ hit }) => hit) };
  const anybody = hitsOf(part, item => item === 'lay' || item === 'any-field' || item === 'care-work');
  if (anybody.length > 0) return { verdict: 'open', hits: [...anybody, ...part.hits] };
  return { verdict: 'barred', hits: part.hits };
}

/** The field of a profession stands for its people: "from a clinical discipline". */
const FIELDS_OF_PEOPLE: Partial<Record<Item, Item>> = { 'clinical-field': 'professional', 'therapy-field': 'therapist' };

function judgeStudy(part: Part, credential: Credential): Judgment {
  const carried = CAPABILITIES[credential];
  const levels: readonly Item[] = part.levels.length > 0 ? part.levels : ['degree'];
  const reaches = levels.some(level => carried.levels.includes(level));
  const owns = levels.some(level => carried.own_levels.includes(level));
  const named = part.names.filter(({ of, field }) => (field ? carried.own.includes(of) && owns : of === credential));
  if (named.length > 0) return { verdict: 'named', hits: named.map(({ hit }) => hit) };
  const board = part.items.filter(({ item, of }) => item === 'board' && of !== null && carried.own.includes(of) && owns);
  if (board.length > 0) return { verdict: 'named', hits: board.map(({ hit }) => hit) };
  const people = part.items.filter(({ item }) => carried.people.includes(item));
  if (people.length > 0) return { verdict: 'implied', hits: people.map(({ hit }) => hit) };
  const fields = part.items.filter(({ item }) => carried.fields.includes(item) && reaches);
  // Beside a field far from health a clinical one is only one of several subjects; beside a profession by name it is another.
  const foreign = part.items.some(({ item }) => item === 'other-field') && part.names.length === 0;
  const clinical = fields.filter(({ item }) => (item === 'clinical-field' && !foreign) || (item === 'therapy-field' && owns));
  if (clinical.length > 0) return { verdict: 'implied', hits: clinical.map(({ hit }) => hit) };
  if (fields.length > 0) return { verdict: 'open', hits: fields.map(({ hit }) => hit) };
  const anybody = hitsOf(part, item => item === 'any-field' || item === 'lay');
  const any = part.related || anybody.length > 0 || isBare(part);
  if (part.instead || (any && reaches)) return { verdict: 'open', hits: [...anybody, ...part.hits] };
  return { verdict: 'barred', hits: part.hits };
}

/** The words of a part that name things of a kind. */
function hitsOf({ items }: Part, isOne: (item: Item) => boolean): RuleHit[] {
  return items.filter(({ item }) => isOne(item)).map(({ hit }) => hit);
}

/** A degree with no word in what. */
function isBare({ names, items }: Part): boolean {
  return names.length === 0 && items.length === 0;
}

/** Whether a credential surely brings what a part likes. */
export function isLiked(part: Part, credential: Credential): boolean {
  const { verdict } = judgePart(part, credential);
  if (verdict === 'named' || verdict === 'implied') return true;
  // Whoever likes the field likes the assistants in it: "a therapy background is a plus".
  if (part.kind === 'people' && part.names.length === 0 && part.items.some(({ item }) => item === 'therapy-field')) return true;
  return part.kind === 'people' && part.items.some(({ item }) => item === 'care-work');
}
