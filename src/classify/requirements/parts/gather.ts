import type { RuleHit } from '../../reading/hit.ts';
import type { PostingReading } from '../../reading/posting.ts';
import type { Force } from '../../schema/names.ts';
import { readUnits, type Unit } from '../mentions/unit.ts';
import type { Role, RoleReader } from '../roles/role.ts';
import { withAssistants } from './assistants.ts';
import { type RoleOfRow, readParts } from './clause.ts';
import type { Part, Requirement } from './part.ts';
import { type Placed, placeUnits } from './place.ts';
import { joinShares, toRequirement, withoutHeads } from './ways.ts';

/** What a text, or one unit of it, says of those who may apply beside what it asks for. */
type Said = {
  readonly liked: readonly Part[];
  readonly letIn: readonly Part[];
  readonly shutOut: readonly Part[];
  /** Of whom it is left open whether they may apply. */
  readonly unsettled: readonly Part[];
  /** Every row that was read, with its role. */
  readonly read: readonly RoleOfRow[];
  /** What is said not to be demanded. */
  readonly denied: readonly RuleHit[];
  /** Words that leave open what is asked for, of whomever. */
  readonly leftOpen: readonly RuleHit[];
};

/** What the text of a posting says about who may apply. */
export type Findings = Said & { readonly requirements: readonly Requirement[] };

/** That a row has another role than it was taken for: how likely it is, and what the text would then say. */
type Doubt = { readonly chance: number; readonly otherwise: () => Findings };

/** What a text says, and in what it may be misread. */
export type Gathered = Findings & { readonly doubts: readonly Doubt[] };

/** Reads the requirements of a posting's text: unit by unit, then over the lists that run through several of them. */
export function gather(posting: PostingReading, roles: RoleReader): Gathered {
  const shares = placeUnits(readUnits(posting), posting.document.text).map(placed => shareOf(placed, roles));
  return { ...toFindings(shares), doubts: doubtsOf(shares) };
}

/** What one unit says. */
type Share = Said & { readonly placed: Placed; readonly requirement: Requirement | null };

function toFindings(shares: readonly Share[]): Findings {
  return {
    requirements: joinShares(shares.map(({ placed: { unit, opensList }, requirement }) => ({ unit, requirement, opensList }))),
    liked: shares.flatMap(({ liked }) => liked),
    letIn: shares.flatMap(({ letIn }) => letIn),
    shutOut: shares.flatMap(({ shutOut }) => shutOut),
    unsettled: shares.flatMap(({ unsettled }) => unsettled),
    read: shares.flatMap(({ read }) => read),
    denied: shares.flatMap(({ denied }) => denied),
    leftOpen: shares.flatMap(({ leftOpen }) => leftOpen),
  };
}

/** Doubts that are looked into, the likeliest first: each is a reading of the whole text. */
const MOST_DOUBTS = 12;
/** A text of more rows is a list without end, in which one more or less says nothing. */
const MOST_ROWS = 100;

/** The other roles that rows may have. */
function doubtsOf(shares: readonly Share[]): Doubt[] {
  if (shares.reduce((rows, { read }) => rows + read.length, 0) > MOST_ROWS) return [];
  const all = shares.flatMap(({ placed, read }, at) =>
    read.flatMap(({ others }, row) =>
      others.map(({ role, chance }) => {
        const otherwise = () => toFindings(shares.with(at, shareOf(placed, asRead(read, row, role))));
        return { chance, otherwise };
      }),
    ),
  );
  return all.sort((a, b) => b.chance - a.chance).slice(0, MOST_DOUBTS);
}

/** The roles that were read of a unit, but that of one row. */
function asRead(read: readonly RoleOfRow[], changed: number, role: Role): RoleReader {
  const known = new Map(read.map((row, at) => [row.first, at === changed ? role : row.role]));
  return ({ first }) => ({ role: known.get(first) as Role, others: [] });
}

function shareOf(placed: Placed, roles: RoleReader): Share {
  const { unit, mentions } = placed;
  const { cues, forces } = unit;
  const { parts, rows } = unit.mentions.length + cues.length > 0 ? readParts(mentions, placed, roles) : NOTHING;
  const kept = parts.length > 0 ? withoutHeads(withAssistants(parts), cues) : parts;
  const asked = kept.filter(({ force }) => force === 'demanded' || force === 'told');
  return {
    placed,
    ...(kept.length > 0 ? sorted(kept, turnsAway(unit)) : NOBODY),
    read: rows,
    denied: [...forces.filter(hit => isOf(hit, 'denied')), ...hitsOf(kept, 'denied')],
    leftOpen: forces.length > 0 ? leftOpenIn(unit) : [],
    requirement: kept.length > 0 ? toRequirement(asked, cues) : null,
  };
}

const NOTHING = { parts: [], rows: [] };

const NOBODY = { liked: [], letIn: [], shutOut: [], unsettled: [] };

/** Who is liked, let in, left open and, where words `turn` somebody away, shut out. */
function sorted(parts: readonly Part[], turn: boolean): Pick<Said, keyof typeof NOBODY> {
  const people = (wanted: Force) => parts.filter(({ kind, force }) => kind === 'people' && force === wanted);
  return {
    liked: parts.filter(({ kind, force }) => kind !== 'lay' && force === 'wished'),
    letIn: people('let-in'),
    shutOut: turn ? people('shut-out') : [],
    unsettled: people('unsettled'),
  };
}

/** The words of parts of one force, those that anybody may bring left out. */
const hitsOf = (parts: readonly Part[], wanted: Force): RuleHit[] =>
  parts.flatMap(({ kind, force, hits }) => (kind !== 'lay' && force === wanted ? hits : []));

/** Words that leave something open and name nobody: what is left open of people by name is left open of them alone, and among duties of a case. */
function leftOpenIn({ segment, forces, mentions }: Unit): RuleHit[] {
  if (segment.section === 'duties' || mentions.some(({ names, item }) => names.length > 0 || item === 'assistant')) return [];
  return forces.filter(hit => isOf(hit, 'unsettled'));
}

/** Whether a unit has words that turn away: without any, a row that sounds like those who are is only talked of. */
function turnsAway({ forces }: Unit): boolean {
  return forces.some(hit => isOf(hit, 'shut-out') || isOf(hit, 'denied'));
}

const isOf = ({ rule: { kind, effect } }: RuleHit, force: Force): boolean =>
  kind === 'force' && 'force' in effect && effect.force === force;
