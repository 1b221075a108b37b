import { SEP, type Token } from '../../text/lexer.ts';
import type { Cue, Force, Item } from '../rule.ts';
import type { Statement } from '../statements.ts';
import { type Asked, readAsked } from './asking.ts';
import type { Mention } from './mention.ts';
import { membersOf, type Part } from './part.ts';
import { type CueHit, isSchooling, type Row, readRows } from './row.ts';
import { type Fields, readFields } from './study.ts';

/** The parts of one segment in the order of the text, those that say nothing of the applicant left out. `heading` governs what nothing else does. */
export function readParts(mentions: readonly Mention[], cues: readonly CueHit[], heading: Cue | null): Part[] {
  const parts: Part[] = [];
  const rows = readRows(mentions, cues);
  let covered = 0;
  for (const [index, row] of rows.entries()) {
    if (row.first < covered) continue;
    const next = rows[index + 1];
    const schooling = row.mentions.some(isSchooling);
    const ahead = !schooling && next?.mentions.some(isSchooling) === true && leadsTo(row, next, cues);
    const before = parts[parts.length - 1];
    const goesOn = before !== undefined && continues(before, row, cues);
    const made = schooling
      ? studyPart(row, null, mentions, cues, heading, goesOn)
      : ahead
        ? studyPart(next, row, mentions, cues, heading, goesOn)
        : plainPart(row, cues, heading, goesOn);
    if (made.part) parts.push(made.part);
    covered = Math.max(covered, made.last);
  }
  return parts;
}

/** Words between a part and one that goes on with it: "or a", "or an associate". */
const LONGEST_LINK = 3;

/** Whether a row goes on with what is asked for before it: by "or", or in the bracket right behind it. */
function continues(before: Part, row: Row, cues: readonly CueHit[]): boolean {
  if (before.kind === 'lay' || row.first - before.last > LONGEST_LINK) return false;
  const bracket = ((row.statement.field.tokens[before.last]?.sep ?? 0) & SEP.open) !== 0;
  return bracket || cues.some(({ cue, first, last }) => cue === 'or' && first >= before.last && last <= row.first);
}

/** "a nursing or OT degree": fields right before the word for the schooling. */
function leadsTo(row: Row, next: Row, cues: readonly CueHit[]): boolean {
  if (row.statement !== next.statement || !row.mentions.every(({ field, names }) => field || names.length > 0)) return false;
  const { tokens } = row.statement.field;
  const gap = next.first - row.last;
  if (((tokens[next.first] as Token).sep & (SEP.comma | SEP.open | SEP.close | SEP.slash)) !== 0) return false;
  if (cues.some(({ cue, first }) => cue === 'into' && first === next.last)) return false;
  return (
    gap === 0 ||
    cues.some(({ cue, first, last }) => cue === 'related' && first >= row.last && first <= next.first && last >= next.first && gap <= 3)
  );
}

function studyPart(
  row: Row,
  before: Row | null,
  mentions: readonly Mention[],
  cues: readonly CueHit[],
  heading: Cue | null,
  goesOn: boolean,
): Made {
  const fields: Fields = before
    ? {
        mentions: before.mentions,
        related: cues.some(({ cue, first }) => cue === 'related' && first >= before.last && first <= row.last + 1),
        unknown: false,
        levels: [],
        last: row.last,
      }
    : readFields(row, mentions, cues);
  const first = before?.first ?? row.first;
  const fieldsEnd = Math.max(row.last, fields.last);
  const told = levelsBehind(fieldsEnd, row, mentions, cues);
  const last = told[told.length - 1]?.last ?? fieldsEnd;
  const asked = readAsked({ mentions: row.mentions, first, last, statement: row.statement }, cues, heading);
  if (!goesOn && !asked.asked) return { part: null, last };
  const { names, items, hits } = membersOf(fields.mentions);
  const part: Part = {
    ...partOf('study', row.statement, first, last, asked, cues),
    names,
    items,
    levels: withHigher([...levelsOf(row, told.length > 0), ...fields.levels, ...told.flatMap(({ item }) => item ?? [])], row.last, cues),
    related: fields.related,
    only: false,
    instead: cues.some(hit => hit.cue === 'instead' && hit.first - last <= INSTEAD_REACH),
    open: false,
    unknown: fields.unknown,
    strict: true,
    hits: [...row.mentions.map(({ hit }) => hit), ...hits],
  };
  return { part, last };
}

/** Words between a school and the level of its course: "at either the assistant level". */
const LEVEL_REACH = 8;

/** "a program that a board accredits, at the associate level": the levels that are told behind the school. */
function levelsBehind(last: number, { statement }: Row, mentions: readonly Mention[], cues: readonly CueHit[]): Mention[] {
  const leads = cues.some(({ cue, first }) => cue === 'ends' && (first === last || first === last + 1));
  const near = mentions.filter(mention => mention.statement === statement && mention.first >= last && mention.first - last <= LEVEL_REACH);
  const other = near.findIndex(mention => !isSchooling(mention));
  return leads ? near.slice(0, other < 0 ? near.length : other) : [];
}

/** A part, when the words speak of the applicant, and where they end. */
type Made = { readonly part: Part | null; readonly last: number };

/** How far behind a degree its substitute may stand: "degree in design from a good school, or equivalent experience". */
const INSTEAD_REACH = 12;

/** The levels of a row; the word "degree" after one of them, or where the level is told further on, is none of its own. */
function levelsOf({ mentions }: Row, told: boolean): Item[] {
  const levels = mentions.flatMap(({ item, first }, index) => {
    const follows = item === 'degree' && (told || mentions[index - 1]?.last === first);
    return item && !follows ? [item] : [];
  });
  return levels;
}

const ASCENDING: readonly Item[] = ['associate', 'bachelor', 'master', 'doctorate'];

/** "Associate's degree or higher": every level above will do as well. */
function withHigher(levels: readonly Item[], last: number, cues: readonly CueHit[]): Item[] {
  const higher = cues.some(({ cue, first, last: end }) => cue === 'higher' && first >= last - 1 && first - last <= 1 && end > last);
  const least = Math.min(...levels.map(level => ASCENDING.indexOf(level)).filter(rank => rank >= 0));
  return higher && Number.isFinite(least) ? [...new Set([...levels, ...ASCENDING.slice(least)])] : [...levels];
}

function plainPart(row: Row, cues: readonly CueHit[], heading: Cue | null, goesOn: boolean): Made {
  const lay = row.mentions.every(({ item }) => item === 'lay');
  // "within one year" is a date and no experience.
  if (lay && cues.some(({ cue, last }) => cue === 'ends' && last === row.first)) return { part: null, last: row.last };
  const asked = readAsked(row, cues, heading);
  if (!lay && !asked.asked && !(goesOn && row.mentions.some(({ names }) => names.length > 0))) return { part: null, last: row.last };
  const members = membersOf(row.mentions);
  const after = (cue: Cue) => cues.some(hit => hit.cue === cue && hit.first >= row.last && hit.first - row.last <= 2);
  const made = partOf(lay ? 'lay' : 'people', row.statement, row.first, row.last, asked, cues);
  // Work near patients is demanded of anybody; only where it is liked does it speak for those who have done it.
  const anybody = lay || (made.force !== 'wished' && row.mentions.every(({ item }) => item === 'care-work'));
  const part: Part = {
    ...made,
    kind: anybody ? 'lay' : 'people',
    ...members,
    levels: [],
    related: after('related'),
    only: cues.some(hit => hit.cue === 'only' && (hit.first === row.last || hit.last === row.first) && !isForce(row.statement, hit)),
    instead: after('instead'),
    open: after('equivalent') || cues.some(hit => hit.cue === 'equivalent' && hit.first < row.last && hit.last > row.first),
    unknown: false,
    strict: isStrict(row, cues),
  };
  return { part, last: row.last };
}

/** Whether a word of force holds a cue: "not only". */
function isForce({ hits }: Statement, { first, last }: CueHit): boolean {
  return hits.some(hit => 'force' in hit.rule.effect && hit.first <= first && last <= hit.last);
}

/** Whether a license or schooling is asked for in so many words. */
function isStrict({ first, last, statement }: Row, cues: readonly CueHit[]): boolean {
  const from = (statement.parent ?? statement).first;
  const before = ({ cue, first: at, last: end }: CueHit) =>
    (cue === 'license' || cue === 'licensed' || cue === 'study') && at >= from && end <= first;
  return cues.some(hit => before(hit) || (hit.cue === 'license' && hit.first >= last && hit.first - last <= 1));
}

function partOf(
  kind: Part['kind'],
  statement: Statement,
  first: number,
  last: number,
  { deciding }: Asked,
  cues: readonly CueHit[],
): Pick<Part, 'kind' | 'statement' | 'first' | 'last' | 'force' | 'by'> {
  const force = deciding?.force ?? (statement.segment.section === 'preferred' ? 'wished' : 'demanded');
  return { kind, statement, first, last, force: lacks(force, statement, first, cues) ? 'demanded' : force, by: deciding?.hit ?? null };
}

/** "applicants without an OT or PT license cannot be considered": to shut out those who lack it is to demand it. */
function lacks(force: Force, { first: from }: Statement, first: number, cues: readonly CueHit[]): boolean {
  return force === 'shut-out' && cues.some(({ cue, first: at, last }) => cue === 'lack' && at >= from && last <= first);
}
