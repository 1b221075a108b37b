import type { Credential } from '../posting/taxonomy.ts';
import type { Field, Segment } from './document.ts';
import { SEP, type Token } from './lexer.ts';
import type { Cue, Group } from './rule.ts';
import type { RuleHit } from './rules.ts';
import { isProfession, type SpeaksOf } from './senses.ts';

/** A credential, a generic phrase for people, or another licence, as written at the tokens `first` up to, not including, `last`. */
export type Mention = {
  readonly hit: RuleHit;
  readonly first: number;
  readonly last: number;
  readonly names: readonly Credential[];
  /** A field of study or business ("physical therapy") and not a person ("physical therapist"). */
  readonly field: boolean;
  readonly group: Group | null;
};

export type CueHit = { readonly cue: Cue; readonly first: number; readonly last: number };

/** A part of a sentence between semicolons, with what it mentions. */
export type Clause = {
  readonly text: Field;
  readonly segment: Segment;
  readonly first: number;
  readonly last: number;
  readonly mentions: readonly Mention[];
  readonly cues: readonly CueHit[];
};

/** Cuts the segments of a field into clauses and hands each its mentions and cues. Clauses without a mention are left out. */
export function readClauses(field: Field, hits: readonly RuleHit[], speaksOf: SpeaksOf): Clause[] {
  const bySegment = new Map<Segment, RuleHit[]>();
  for (const hit of hits) {
    const { effect } = hit.rule;
    if (!('names' in effect || 'group' in effect || 'cue' in effect)) continue;
    const own = bySegment.get(hit.segment);
    if (own) own.push(hit);
    else bySegment.set(hit.segment, [hit]);
  }
  const clauses: Clause[] = [];
  for (const [segment, own] of bySegment) {
    const mentions = longest(own.flatMap(toMention).filter(mention => isMeant(field, mention, speaksOf)));
    if (mentions.length === 0) continue;
    const cues = own.flatMap(hit => ('cue' in hit.rule.effect ? [{ cue: hit.rule.effect.cue, first: hit.first, last: hit.last }] : []));
    const takeMentions = taker(mentions);
    const takeCues = taker(cues);
    for (const [first, last] of cutClauses(field, segment)) {
      const held = takeMentions(last);
      const told = takeCues(last);
      if (held.length > 0) clauses.push({ text: field, segment, first, last, mentions: held, cues: told });
    }
  }
  return clauses;
}

/** Hands out items clause by clause: each call gives those not given yet that stand before `end`. Linear over all calls. */
function taker<T extends { first: number; last: number }>(items: readonly T[]): (end: number) => T[] {
  const sorted = [...items].sort((a, b) => a.first - b.first);
  let at = 0;
  return end => {
    const from = at;
    while (at < sorted.length && (sorted[at] as T).first < end) at++;
    return sorted.slice(from, at).filter(({ last }) => last <= end);
  };
}

function toMention(hit: RuleHit): Mention[] {
  const { effect } = hit.rule;
  if ('names' in effect) return [{ hit, first: hit.first, last: hit.last, names: effect.names, field: effect.field === true, group: null }];
  if ('group' in effect) return [{ hit, first: hit.first, last: hit.last, names: [], field: false, group: effect.group }];
  return [];
}

function isMeant(field: Field, { first, last }: Mention, speaksOf: SpeaksOf): boolean {
  return last - first > 1 || isProfession(field, first, speaksOf);
}

/** Whether a phrase for people is written for many of them ("nurses", "health professionals"); letters ("RNs") stand for licences. */
export function isCrowd({ raw, tokens }: Field, { last }: Mention): boolean {
  const token = tokens[last - 1] as Token;
  return /[a-z]s$/.test(raw.slice(token.start, token.end)) && !token.word.endsWith('s') && !/^[A-Z]{2}/.test(raw.slice(token.start));
}

/**
 * Leaves out mentions that stand inside longer ones ("physical therapist" in "physical therapist assistant"), generic ones that overlap a
 * credential, and whatever stands inside the name of something else ("physician recruiter").
 */
function longest(mentions: readonly Mention[]): Mention[] {
  const nobody = byToken(mentions.filter(mention => mention.group === 'nobody'));
  const people = mentions.filter(mention => mention.group !== 'nobody' && !isPartOf(mention, nobody.get(mention.first)));
  const names = outermost(people.filter(mention => mention.names.length > 0));
  const named = byToken(names);
  const degrees = people.filter(mention => mention.group === 'other-degree');
  const groups = outermost(people.filter(mention => mention.names.length === 0 && mention.group !== 'other-degree'));
  const free = groups.filter(group => !named.has(group.first) && !named.has(group.last - 1));
  return [...names, ...free, ...degrees].sort((a, b) => a.first - b.first);
}

/** Token → the longest mention that covers it. */
function byToken(mentions: readonly Mention[]): Map<number, Mention> {
  const covered = new Map<number, Mention>();
  for (const mention of mentions) {
    for (let at = mention.first; at < mention.last; at++) {
      const known = covered.get(at);
      if (!known || known.last - known.first < mention.last - mention.first) covered.set(at, mention);
    }
  }
  return covered;
}

function isPartOf(mention: Mention, whole: Mention | undefined): boolean {
  return (
    whole !== undefined &&
    whole.first <= mention.first &&
    mention.last <= whole.last &&
    mention.last - mention.first < whole.last - whole.first
  );
}

/** Of overlapping mentions the one that begins first, and of those the longest. */
function outermost(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = [];
  for (const mention of [...mentions].sort((a, b) => a.first - b.first || b.last - a.last)) {
    const before = kept[kept.length - 1];
    const same = before?.first === mention.first && before.last === mention.last;
    if (!before || mention.first >= before.last || same) kept.push(mention);
  }
  return kept;
}

/** A clause longer than this is cut: what a sentence of hostile length says is bounded work, and nobody writes one. */
const LONGEST_CLAUSE = 150;

function cutClauses(field: Field, { first, last }: Segment): [number, number][] {
  const clauses: [number, number][] = [];
  let from = first;
  for (let at = first + 1; at < last; at++) {
    if (((field.tokens[at]?.sep ?? 0) & SEP.semicolon) === 0 && at - from < LONGEST_CLAUSE) continue;
    clauses.push([from, at]);
    from = at;
  }
  clauses.push([from, last]);
  return clauses;
}
