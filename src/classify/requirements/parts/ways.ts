import type { Credential } from '../../../posting/taxonomy.ts';
import { SEP } from '../../../text/lexer.ts';
import type { Section } from '../../../text/sections.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Cue } from '../../schema/names.ts';
import { CAPABILITIES } from '../capabilities.ts';
import type { CueHit } from '../mentions/row.ts';
import type { Unit } from '../mentions/unit.ts';
import { isGeneric, type Part, type Requirement } from './part.ts';

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
    const examples = cues.some(
      ({ cue, first }) =>
        first >= part.last - 1 && ((cue === 'examples' && first < next.first) || (cue === 'equivalent' && first < listEnd(next))),
    );
    if (examples || isFields(next))
      kept.push(
        { ...next, items: [...part.items, ...next.items], hits: [...part.hits, ...next.hits], first: part.first },
        ...parts.slice(index + 2),
      );
    else if (opensList(part, next, cues)) kept.push(...parts.slice(index + 1));
    else {
      kept.push(part);
      continue;
    }
    break;
  }
  return kept;
}

/** Where a list ends: with its bracket, or right behind its last member. */
function listEnd({ statement, last }: Part): number {
  return statement.parent ? statement.last : last + 2;
}

/** Fields in the bracket of a generic license stand for its people, and are never all of them: "clinical license (nursing, therapy, lab)". */
function isFields({ names, items, hits }: Part): boolean {
  return names.length === 0 && items.length > 0 && hits.some(({ rule }) => 'item' in rule.effect && rule.effect.field === true);
}

function isHead(part: Part, next: Part): boolean {
  return (
    isGeneric(part) &&
    next.kind === 'people' &&
    (next.statement.parent ? next.statement.first : next.first) - part.last <= HEAD_REACH &&
    (next.names.length > 0 || next.items.some(({ item }) => item === 'other-license'))
  );
}

/** Whether a colon, a bracket or a dash stands between two parts, or a word that leads on ("a clinical background as a PT"): a list follows. */
function opensList({ last, statement: { field } }: Part, { first }: Part, cues: readonly CueHit[]): boolean {
  return (
    cues.some(cue => cue.cue === 'into' && cue.first >= last && cue.last <= first) ||
    field.tokens.slice(last, first + 1).some(({ sep }) => (sep & (SEP.colon | SEP.open | SEP.dash)) !== 0)
  );
}

/** Most ways in that a requirement is spelled out to: nobody writes more, and a hostile text is bounded work. */
const MOST_WAYS = 64;

/** Makes the parts a segment demands into the ways in it leaves. Clauses are demands of their own unless "or" begins one. */
export function toRequirement(found: readonly Part[], cues: readonly CueHit[]): Requirement | null {
  const parts = found.filter(part => !isAbsorbed(part, found));
  let ways: Part[][] = [];
  const clauses = clausesOf(parts);
  for (const clause of clauses) {
    const own = waysOf(clause, cues);
    const index = parts.indexOf(clause[0] as Part);
    if (index === 0) ways = own;
    else if (isAlternative(parts, index, cues)) ways = [...ways, ...own];
    else ways = ways.flatMap(way => own.map(other => [...way, ...other])).slice(0, MOST_WAYS);
  }
  return ways.length > 0 ? { ways } : null;
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
function waysOf(parts: readonly Part[], cues: readonly CueHit[]): Part[][] {
  const ways: Part[][] = [];
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const current = ways[ways.length - 1];
    if (!before || !current) ways.push([part]);
    else if (!isAlternative(parts, index, cues)) current.push(part);
    // "licensed PT and a bachelor's degree or equivalent experience": what anybody may bring stands for the last thing only.
    else if (part.kind === 'lay' && current.length > 1) ways.push([...current.slice(0, -1), part]);
    else ways.push([part]);
  }
  return ways;
}

/** "OTRs and COTAs with NBCOT certification": beside people of its profession a board names nobody further. */
function isAbsorbed(part: Part, others: readonly Part[]): boolean {
  const boards = part.items.flatMap(({ item, of }) => (item === 'board' && of ? [of] : []));
  if (part.names.length > 0 || boards.length === 0 || boards.length < part.items.length) return false;
  const ofTheirs = (of: Credential) =>
    others.some(({ names }) => names.some(name => !name.field && CAPABILITIES[name.of].own.includes(of)));
  return boards.every(ofTheirs);
}

function isAlternative(parts: readonly Part[], index: number, cues: readonly CueHit[]): boolean {
  const [before, part] = [parts[index - 1], parts[index]];
  if (!before || !part) return false;
  // "RN with five years, PTA or OTA": nobody holds both.
  const held = parts.slice(0, index).findLast(isLicensed);
  if (held && isLicensed(part) && !repeats(held, part)) return true;
  const joint = jointOf(before, part, cues);
  if (joint) return joint === 'or';
  return part.kind !== 'lay' && cues.some(({ cue, last }) => cue === 'one-of' && last <= before.first);
}

/** "A physical therapist with a license; DPT or another doctorate": the same people once more are no other way in. */
function repeats(before: Part, part: Part): boolean {
  return part.names.length > 0 && part.names.every(({ of }) => before.names.some(name => name.of === of)) && part.items.length === 0;
}

/** Credentials and other licenses by name: nobody holds two, so a clause that asks for several lets each in. */
function isLicensed({ kind, levels, names, items }: Part): boolean {
  return (
    (kind === 'people' || (kind === 'study' && levels.length === 0)) &&
    (names.length > 0 || items.some(({ item }) => item === 'other-license'))
  );
}

/** The first joiner between two parts. */
function jointOf(before: Part, part: Part, cues: readonly CueHit[]): Cue | undefined {
  const { tokens } = part.statement.field;
  // "Master's degree; licensed or eligible as an SLP": where the list ended before the joiner, it joins what follows.
  const ended = (at: number) => tokens.slice(before.last, at).some(({ sep }) => (sep & ENDS) !== 0);
  const between = cues.filter(({ first, last }) => first >= before.last - 1 && last <= part.first + 1 && !ended(first));
  return between.find(cue => (cue.cue === 'or' || cue.cue === 'and') && !isOfLevel(cue, cues) && joins(cue, part, between))?.cue;
}

/** Marks behind which a list has ended. */
const ENDS = SEP.semicolon | SEP.newline | SEP.blank | SEP.bullet | SEP.stop | SEP.dash;

/**
 * Whether a joiner joins two parts, and not words of a bracket before or of a third thing ("licensed or eligible; two years"): in "RN or CRC
 * with four years" what follows "with" is no way in, but behind a semicolon somebody whom no rule knows may bring it.
 */
function joins({ cue, first: at, last }: CueHit, { kind, first, statement: { field } }: Part, between: readonly CueHit[]): boolean {
  const ends = cue === 'or' && kind === 'lay' ? ENDS | SEP.comma : ENDS;
  const behind = field.tokens.slice(last + 1, first + 1);
  const bracket = behind.find(({ sep }) => (sep & (SEP.open | SEP.close)) !== 0)?.sep ?? SEP.open;
  if ((bracket & SEP.open) === 0 || behind.some(({ sep }) => (sep & ends) !== 0)) return false;
  if (cue === 'and' || ((field.tokens[at]?.sep ?? 0) & SEP.semicolon) !== 0) return true;
  return !between.some(other => other.cue === 'barrier' && other.first >= last && other.last <= first);
}

/** "three years or more": the "or" of a level joins nothing. */
function isOfLevel({ first, last }: CueHit, cues: readonly CueHit[]): boolean {
  return cues.some(outer => outer.cue === 'higher' && outer.first <= first && last <= outer.last);
}

/** What a unit asks for; `opensList`: it says that one of the items below it will do. */
type Share = { readonly unit: Unit; readonly requirement: Requirement | null; readonly opensList: boolean };

/** The alternatives that a line opened: they go on while its items do. */
type List = { readonly members: Requirement[]; readonly section: Section };

/** Joins the requirements of units that "or", or a line that opens a list, makes ways into one. */
export function joinShares(shares: readonly Share[]): Requirement[] {
  const groups: Requirement[][] = [];
  let list: List | null = null;
  let before: Requirement[] | null = null;
  let joinNext = false;
  for (const { unit, requirement, opensList } of shares) {
    const joined = joinNext || hasOr(unit, or => or.first === unit.first);
    joinNext = hasOr(unit, or => or.last === unit.last);
    // A line "or" by itself joins what stands on either side.
    if (joined && joinNext && !requirement) continue;
    if (unit.segment.kind !== 'item' && !joined) list = null;
    const group: Requirement[] = (joined ? before : null) ?? membersFor(unit, list) ?? [];
    if (requirement && group.push(requirement) === 1) groups.push(group);
    before = requirement ? group : null;
    if (opensList) list = { members: [], section: unit.segment.section };
  }
  return groups.map(group => ({ ways: group.flatMap(({ ways }) => ways) }));
}

const hasOr = ({ cues }: Unit, isThere: (or: CueHit) => boolean): boolean => cues.some(cue => cue.cue === 'or' && isThere(cue));

const membersFor = ({ segment }: Unit, list: List | null): Requirement[] | null =>
  segment.kind === 'item' && list?.section === segment.section ? list.members : null;
