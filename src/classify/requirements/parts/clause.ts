import { SEP } from '../../../text/lexer.ts';
import { forceOver } from '../../reading/force.ts';
import type { Statement } from '../../reading/statement.ts';
import type { Cue, Force, Item } from '../../schema/names.ts';
import type { Mention } from '../mentions/mention.ts';
import { type CueHit, isSchooling, type Row, readRows } from '../mentions/row.ts';
import type { Role, RoleReader, Surroundings, ToldRole } from '../roles/role.ts';
import { membersOf, type Part } from './part.ts';
import { readFields } from './study.ts';

/** The parts of one unit in the order of the text, those that say nothing of the applicant left out. */
export function readParts(mentions: readonly Mention[], around: Omit<Surroundings, 'before'>, read: RoleReader): Read {
  const parts: Part[] = [];
  const told: RoleOfRow[] = [];
  const { cues } = around;
  const rows = readRows(mentions, cues);
  let before: Surroundings['before'] = null;
  let covered = 0;
  for (const row of rows) {
    if (row.first < covered) continue;
    const asking = (of: Row): ToldRole => {
      const outright = toldAround(of, around);
      return outright ? { role: outright, others: [] } : read(of, { ...around, before });
    };
    const made = row.mentions.some(isSchooling) ? studyPart(row, mentions, cues, asking) : plainPart(row, cues, asking);
    if (made.part) parts.push(made.part);
    covered = Math.max(covered, made.last);
    if (made.told) {
      before = { role: made.told.role, last: made.last };
      told.push({ ...made.told, first: row.first, last: made.last });
    }
  }
  return { parts, rows: told };
}

/**
 * What stands around a row may tell its role whatever its own words are. "You don't need:" over a list: what its items name with no word of
 * force is not asked for. "A therapy degree? Unnecessary.", "An OT license? A plus.": a question is answered by what stands alone behind it.
 * "Must be fit to assess within the scope of practice of your discipline (for example, RN, OT, PT)": those are whom it asks for.
 */
function toldAround({ first, last, statement }: Row, { force, afterword, cues }: Omit<Surroundings, 'before'>): Role | null {
  const { field, segment } = statement;
  const ofOwn = segment.section === 'requirements' && cues.some(own => own.cue === 'discipline' && own.last === first);
  if (ofOwn && cues.some(own => own.cue === 'must' && own.first >= segment.first && own.last <= first)) return 'demanded';
  if (force === 'denied' && segment.kind === 'item' && forceOver(statement, first, last) === null) return 'denied';
  return field.raw.charAt(segment.end) === '?' && (afterword === 'denied' || afterword === 'wished') ? afterword : null;
}

/** The role of the words `first` up to, not including, `last` of the text. */
export type RoleOfRow = ToldRole & { readonly first: number; readonly last: number };
type Read = { readonly parts: Part[]; readonly rows: RoleOfRow[] };

/** Marks behind which another thing begins: in "Education: degree" the first word is a label and no field. */
const BREAKS = SEP.newline | SEP.stop | SEP.semicolon | SEP.colon | SEP.comma | SEP.slash | SEP.dash | SEP.open | SEP.close;

function studyPart(row: Row, mentions: readonly Mention[], cues: readonly CueHit[], asking: (row: Row) => ToldRole): Made {
  const fields = readFields(row, mentions, cues);
  const { first, statement } = row;
  const last = Math.max(row.last, fields.last);
  const told = asking({ mentions: row.mentions, first, last, statement });
  if (told.role === 'talk') return { part: null, told, last };
  const { names, items, hits } = membersOf(fields.mentions);
  const part: Part = {
    ...partOf('study', statement, first, last, told.role),
    names,
    items,
    levels: withHigher(levelsOf(row), row.last, cues),
    related: fields.related,
    instead: cues.some(hit => hit.cue === 'instead' && hit.first - last <= INSTEAD_REACH),
    strict: true,
    hits: [...row.mentions.map(({ hit }) => hit), ...hits],
  };
  return { part, told, last };
}

/** A part, when the words speak of the applicant, and where they end. */
type Made = { readonly part: Part | null; readonly told: ToldRole | null; readonly last: number };

/** How far behind a degree its substitute may stand: "degree in design from a good school, or equivalent experience". */
const INSTEAD_REACH = 12;

/** The levels of a row; the word "degree" after one of them is none of its own. */
function levelsOf({ mentions }: Row): Item[] {
  return mentions.flatMap(({ item, first }, index) => (item && !(item === 'degree' && mentions[index - 1]?.last === first) ? [item] : []));
}

const ASCENDING: readonly Item[] = ['associate', 'bachelor', 'master', 'doctorate'];

/** "Associate's degree or higher": every level above will do as well. */
function withHigher(levels: readonly Item[], last: number, cues: readonly CueHit[]): Item[] {
  const higher = cues.some(({ cue, first, last: end }) => cue === 'higher' && first >= last - 1 && first - last <= 1 && end > last);
  const least = Math.min(...levels.map(level => ASCENDING.indexOf(level)).filter(rank => rank >= 0));
  return higher && Number.isFinite(least) ? [...new Set([...levels, ...ASCENDING.slice(least)])] : [...levels];
}

function plainPart(row: Row, cues: readonly CueHit[], asking: (row: Row) => ToldRole): Made {
  const lay = row.mentions.every(({ item }) => item === 'lay');
  // "within one year", "or get it in one" is a date and no experience.
  if (lay && cues.some(({ cue, last }) => (cue === 'ends' || cue === 'into') && last === row.first))
    return { part: null, told: null, last: row.last };
  const told = lay ? null : asking(row);
  if (told?.role === 'talk') return { part: null, told, last: row.last };
  const members = membersOf(row.mentions);
  const made = partOf(lay ? 'lay' : 'people', row.statement, row.first, row.last, told?.role ?? forceOf(row));
  // Whether it "has to be an OT" is a question for everybody, whether it "may be" one for OTs alone.
  const strict = isBrought(row, cues, 'license', 'licensed', ...(told?.role === 'unsettled' ? (['must'] as const) : []));
  const schooled = !strict && isBrought(row, cues, 'study');
  const anybody =
    lay || (made.force === 'wished' && isOfOffice(row, cues)) || (!strict && !schooled && isOfWork(row, made.force === 'wished'));
  const part: Part = {
    ...made,
    kind: anybody ? 'lay' : schooled && row.mentions.every(({ field }) => field) ? 'study' : 'people',
    ...members,
    levels: [],
    related: false,
    instead: false,
    strict,
  };
  return { part, told, last: row.last };
}

/** Words between a field and the office it is worked in: "physical therapy or dental office". */
const OFFICE_REACH = 2;

/** "Experience in a physical therapy or dental office": an office of the field is liked, and nobody of it. */
function isOfOffice({ mentions, last, statement: { field } }: Row, cues: readonly CueHit[]): boolean {
  const office = cues.find(({ cue, first }) => cue === 'business' && first >= last && first - last <= OFFICE_REACH)?.first ?? -1;
  return office >= 0 && mentions.every(one => one.field) && !field.tokens.slice(last, office + 1).some(({ sep }) => (sep & BREAKS) !== 0);
}

const OF_WORK: ReadonlySet<Item> = new Set(['other-field', 'any-field', 'health-field']);

/**
 * Fields are worked in, by anybody, where one of them is such that no degree and no license leads to it: "two years in health care". Who likes
 * a profession among them likes its people: "a background in OT or design is welcome".
 */
function isOfWork({ mentions }: Row, wished: boolean): boolean {
  const isWork = ({ item }: Mention) => item !== null && OF_WORK.has(item);
  return mentions.every(({ field }) => field) && (wished ? mentions.every(isWork) : mentions.some(isWork));
}

/** Whether a row is brought by one of some words before it, such as those for a license. */
function isBrought({ first, statement }: Row, cues: readonly CueHit[], ...by: readonly Cue[]): boolean {
  const from = (statement.parent ?? statement).first;
  return cues.some(({ cue, first: at, last }) => by.includes(cue) && at >= from && last <= first);
}

function partOf(
  kind: Part['kind'],
  statement: Statement,
  first: number,
  last: number,
  force: Force,
): Pick<Part, 'kind' | 'statement' | 'first' | 'last' | 'force' | 'by'> {
  const deciding = forceOver(statement, first, last);
  const by = deciding?.force === force ? deciding.hit : null;
  return { kind, statement, first, last, force, by };
}

/** What is done with a row by the words of force alone. */
function forceOf({ first, last, statement }: Row): Force {
  return forceOver(statement, first, last)?.force ?? (statement.segment.section === 'preferred' ? 'wished' : 'demanded');
}
