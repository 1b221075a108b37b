import type { Credential } from '../../posting/taxonomy.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import type { Statement } from '../statements.ts';
import { CAPABILITIES } from './capabilities.ts';
import { OF_FIELDS } from './governor.ts';
import { isGeneric, type Part, type Requirement } from './part.ts';
import type { CueHit } from './row.ts';

/** How far the members of a list may stand from the phrase they spell out: "licensed clinician in good standing (RN, PT, OT)". */
const HEAD_REACH = 7;

/** Leaves out a generic word that the list right after it spells out, or lets the list be its examples. */
export function withoutHeads(parts: readonly Part[], cues: readonly CueHit[]): Part[] {
  const kept: Part[] = [];
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (!next || !isHead(part, next) || part.force !== next.force) {
      kept.push(part);
      continue;
    }
    const between = (cue: CueHit) => cue.first >= part.last - 1 && cue.first <= next.last + 1;
    const examples = cues.some(
      cue => (cue.cue === 'examples' && between(cue) && cue.first < next.first) || (cue.cue === 'equivalent' && between(cue)),
    );
    if (examples || isFields(next))
      kept.push(
        { ...next, items: [...part.items, ...next.items], hits: [...part.hits, ...next.hits], first: part.first },
        ...parts.slice(index + 2),
      );
    else if (opensList(part, next)) kept.push(...parts.slice(index + 1));
    else {
      kept.push(part);
      continue;
    }
    break;
  }
  return kept;
}

/** Fields in the bracket of a generic license stand for its people, and are never all of them: "clinical license (nursing, therapy, lab)". */
function isFields({ names, items, hits }: Part): boolean {
  return names.length === 0 && items.length > 0 && hits.every(({ rule }) => 'item' in rule.effect && rule.effect.field === true);
}

function isHead(part: Part, next: Part): boolean {
  return (
    isGeneric(part) &&
    next.kind === 'people' &&
    next.first - part.last <= HEAD_REACH &&
    (next.names.length > 0 || next.items.some(({ item }) => item === 'other-license'))
  );
}

/** Whether a colon, a bracket or a dash stands between two parts: a list follows. */
function opensList({ last, statement: { field } }: Part, { first }: Part): boolean {
  return field.tokens.slice(last, first + 1).some(({ sep }) => (sep & (SEP.colon | SEP.open | SEP.dash)) !== 0);
}

/** Most ways in that a requirement is spelled out to: nobody writes more, and a hostile text is bounded work. */
const MOST_WAYS = 64;

/** Makes the parts a segment demands into the ways in it leaves; one of those behind `oneOf` will do. Clauses are demands of their own unless "or" begins one. */
export function toRequirement(found: readonly Part[], cues: readonly CueHit[], oneOf: number | null): Requirement | null {
  const parts = found.filter(part => !isAbsorbed(part, found));
  let ways: Part[][] = [];
  const clauses = clausesOf(parts);
  for (const [at, clause] of clauses.entries()) {
    const own = waysOf(clause, cues, oneOf);
    const index = parts.indexOf(clause[0] as Part);
    if (index === 0) ways = own;
    else if (isAlternative(parts, index, cues, oneOf) || isOfOthers(clauses[at - 1] ?? [], clause)) ways = [...ways, ...own];
    else ways = ways.flatMap(way => own.map(other => [...way, ...other])).slice(0, MOST_WAYS);
  }
  return ways.length > 0 ? { ways } : null;
}

/** "COTA with five years; OTR with two": two clauses that ask for the licenses of different people. */
function isOfOthers([before]: readonly Part[], [part]: readonly Part[]): boolean {
  return before !== undefined && part !== undefined && isLicensed(before) && isLicensed(part) && !repeats(before, part);
}

/** Parts by the clause they stand in; what a bracket or an aside holds belongs to the clause around it. */
function clausesOf(parts: readonly Part[]): Part[][] {
  const clauses = new Map<Statement, Part[]>();
  for (const part of parts) {
    const clause = part.statement.parent ?? part.statement;
    clauses.set(clause, [...(clauses.get(clause) ?? []), part]);
  }
  return [...clauses.values()];
}

/** The ways in of one clause: "or" between unlike parts opens one, everything else adds to the last. */
function waysOf(parts: readonly Part[], cues: readonly CueHit[], oneOf: number | null): Part[][] {
  const ways: Part[][] = [];
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const current = ways[ways.length - 1];
    if (!before || !current) ways.push([part]);
    else if (!isAlternative(parts, index, cues, oneOf)) current.push(part);
    // "licensed PT and a bachelor's degree or equivalent experience": what anybody may bring stands for the last thing only.
    else if (part.kind === 'lay' && current.length > 1) ways.push([...current.slice(0, -1), part]);
    else ways.push([part]);
  }
  return ways;
}

/** "A license, a degree, or two years": a comma or a semicolon before the last "or" makes each a way in, where nothing adds another thing. */
function isEnumerated(parts: readonly Part[], index: number, cues: readonly CueHit[]): boolean {
  for (let at = index; at < parts.length; at++) {
    const [before, part] = [parts[at - 1], parts[at]];
    if (!before || !part) return false;
    const joint = jointOf(before, part, cues);
    if ((sepsBetween(before, part) & (SEP.comma | SEP.semicolon)) === 0 || joint === 'and') return false;
    if (joint === 'or') return true;
  }
  return false;
}

/** "OTRs and COTAs with NBCOT certification": beside people of its profession a board names nobody further. */
export function isAbsorbed(part: Part, others: readonly Part[]): boolean {
  const boards = part.items.flatMap(({ item, of }) => (item === 'board' && of ? [of] : []));
  if (part.names.length > 0 || boards.length === 0 || boards.length < part.items.length) return false;
  const ofTheirs = (of: Credential) =>
    others.some(({ names }) => names.some(name => !name.field && CAPABILITIES[name.of].own.includes(of)));
  return boards.every(ofTheirs);
}

function isAlternative(parts: readonly Part[], index: number, cues: readonly CueHit[], oneOf: number | null): boolean {
  const [before, part] = [parts[index - 1], parts[index]];
  if (!before || !part) return false;
  if (isLicensed(before) && isLicensed(part) && !repeats(before, part)) return true;
  const joint = jointOf(before, part, cues);
  if (joint !== null) return joint === 'or';
  const isListed = oneOf !== null && before.first >= oneOf;
  return (sepsBetween(before, part) & SEP.slash) !== 0 || isListed || isNumbered(before, part) || isEnumerated(parts, index, cues);
}

function sepsBetween({ last, statement: { field } }: Part, { first }: Part): number {
  return field.tokens.slice(last, first + 1).reduce((flags: number, { sep }: Token) => flags | sep, 0);
}

/** "A physical therapist with a license; DPT or another doctorate": the same people once more are no other way in. */
function repeats(before: Part, part: Part): boolean {
  return part.names.length > 0 && part.names.every(({ of }) => before.names.some(name => name.of === of)) && part.items.length === 0;
}

/** Credentials and other licenses by name: nobody holds two, so a clause that asks for several lets each in. */
function isLicensed({ kind, names, items }: Part): boolean {
  return kind === 'people' && (names.length > 0 || items.some(({ item }) => item === 'other-license'));
}

/** Words between "or" and what it joins: "or five or more recent years". */
const JOINT_REACH = 3;

/** The last joiner between two parts that stands in no bracket of the first; between them a word of a third thing may stand. */
function jointOf({ last, statement: { field } }: Part, { first }: Part, cues: readonly CueHit[]): 'or' | 'and' | null {
  let joint: 'or' | 'and' | null = null;
  let depth = 0;
  let at = last;
  for (const cue of cues) {
    if (cue.first < last - 1 || cue.last > first + 1 || (cue.cue !== 'or' && cue.cue !== 'and') || isOfLevel(cue, cues)) continue;
    for (; at <= cue.first; at++) {
      const sep = field.tokens[at]?.sep ?? 0;
      if ((sep & SEP.close) !== 0) depth = 0;
      if ((sep & SEP.open) !== 0) depth++;
    }
    const apart = cue.cue === 'or' && cues.some(other => startsAnother(other, cues) && other.first >= cue.last && other.last <= first);
    const far = apart || (cue.cue === 'or' && broughtFrom(cue.last, first, cues) - cue.last > JOINT_REACH && cue.first > last);
    const ended = field.tokens.slice(cue.last, first + 1).some(({ sep }) => (sep & SEP.semicolon) !== 0);
    if (depth === 0 && !far && !ended) joint = cue.cue;
  }
  return joint;
}

/** Where the words begin that bring what stands at `to`: "or a current license as a nurse". */
function broughtFrom(from: number, to: number, cues: readonly CueHit[]): number {
  return cues.find(({ cue, first, last }) => OF_FIELDS.has(cue) && first >= from && last <= to)?.first ?? to;
}

/** "three years or more": the "or" of a level joins nothing. */
function isOfLevel({ first, last }: CueHit, cues: readonly CueHit[]): boolean {
  return cues.some(outer => outer.cue === 'higher' && outer.first <= first && last <= outer.last);
}

/** "RN or CRC with four years": what follows "with" is no way in of its own, unless the phrase asks for somebody ("anyone with"). */
function startsAnother({ cue, first, last }: CueHit, cues: readonly CueHit[]): boolean {
  return cue === 'barrier' && !cues.some(outer => outer.cue === 'hold' && outer.first <= first && last <= outer.last);
}

/** "(a) an OT; (b) a nurse": a letter or a figure of its own in a bracket begins another way in. */
function isNumbered({ last, statement: { field } }: Part, { first }: Part): boolean {
  return field.tokens.slice(last, first).some(({ word, sep }, at) => {
    const after = field.tokens[last + at + 1]?.sep ?? 0;
    return word.length === 1 && (sep & (SEP.open | SEP.semicolon)) !== 0 && (after & (SEP.close | SEP.stop)) !== 0;
  });
}

/** Several requirements of which any one will do. */
export function anyOf(requirements: readonly Requirement[]): Requirement {
  return { ways: requirements.flatMap(({ ways }) => ways) };
}
