import type { Credential } from '../../../posting/taxonomy.ts';
import type { Field } from '../../../text/document.ts';
import { SEP } from '../../../text/lexer.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { PostingReading } from '../../reading/posting.ts';
import type { Force } from '../../schema/names.ts';
import type { Mention } from '../mentions/mention.ts';
import { outermost, readUnits, type Unit } from '../mentions/unit.ts';
import type { RoleReader } from '../roles/role.ts';
import { withAssistants } from './assistants.ts';
import { type RoleOfRow, readParts } from './clause.ts';
import type { Part, Requirement } from './part.ts';
import { joinShares, toRequirement, withoutHeads } from './ways.ts';

/** What the text of a posting says about who may apply. */
export type Findings = {
  readonly requirements: Requirement[];
  readonly liked: Part[];
  readonly letIn: Part[];
  readonly shutOut: Part[];
  /** Of whom it is left open whether they may apply. */
  readonly unsettled: Part[];
  /** Every row that was read, with its role. */
  readonly read: RoleOfRow[];
  /** What is said not to be demanded. */
  readonly denied: RuleHit[];
  /** Words that leave open what is asked for, of whomever. */
  readonly leftOpen: RuleHit[];
};

/** Reads the requirements of a posting's text: unit by unit, then over the lists that run through several of them. */
export function gather(posting: PostingReading, roles: RoleReader): Findings {
  const findings: Findings = {
    requirements: [],
    liked: [],
    letIn: [],
    shutOut: [],
    unsettled: [],
    read: [],
    denied: [],
    leftOpen: [],
  };
  const reader = new UnitReader(posting.document.text, findings, roles);
  const units = readUnits(posting);
  findings.requirements.push(...joinShares(units.map(unit => reader.read(unit))));
  return findings;
}

/** Reads one unit after the other and keeps what the next one may refer to. */
class UnitReader {
  readonly #field: Field;
  readonly #findings: Findings;
  readonly #roles: RoleReader;
  /** The last list of credentials, for "one of the three". */
  #list: readonly Credential[] = [];
  /** What a heading, or a sentence that opens a list, does with the items below it. */
  #force: Force | null = null;
  /** That heading or sentence itself. */
  #above: Unit | null = null;

  constructor(field: Field, findings: Findings, roles: RoleReader) {
    this.#field = field;
    this.#findings = findings;
    this.#roles = roles;
  }

  read(unit: Unit): { unit: Unit; requirement: Requirement | null; opensList: boolean } {
    const opensList = this.#opensList(unit);
    const requirement = this.#requirement(unit);
    this.#keep(unit);
    return { unit, requirement, opensList };
  }

  #requirement(unit: Unit): Requirement | null {
    const { cues } = unit;
    this.#findings.leftOpen.push(...leftOpenIn(unit));
    this.#findings.denied.push(...unit.forces.filter(hit => isOf(hit, 'denied')));
    if (unit.mentions.length + cues.length === 0) return null;
    const around = { unit, cues, above: this.#above, force: this.#force };
    const { parts, rows } = readParts(this.#withReferences(unit), around, this.#roles);
    this.#findings.read.push(...rows);
    if (parts.length === 0) return null;
    const kept = withoutHeads(withAssistants(parts), cues);
    this.#sort(kept, turnsAway(unit));
    return toRequirement(
      kept.filter(({ force }) => force === 'demanded' || force === 'told'),
      cues,
    );
  }

  /** Notes what is liked, let in, denied and, where words `turn` somebody away, shut out. */
  #sort(parts: readonly Part[], turn: boolean): void {
    const { liked, letIn, shutOut, unsettled, denied } = this.#findings;
    for (const part of parts) {
      if (part.kind === 'lay') continue;
      if (part.force === 'wished') liked.push(part);
      if (part.force === 'denied') denied.push(...part.hits);
      if (part.kind === 'people' && part.force === 'let-in') letIn.push(part);
      if (turn && part.kind === 'people' && part.force === 'shut-out') shutOut.push(part);
      if (part.kind === 'people' && part.force === 'unsettled') unsettled.push(part);
    }
  }

  /** "be one of the three", "either profession": mentions of the list told before. */
  #withReferences({ mentions, statements, cues }: Unit): readonly Mention[] {
    const names = this.#list;
    const references = names.length > 0 ? outermost(cues.filter(({ cue }) => cue === 'reference')) : [];
    if (references.length === 0) return mentions;
    const made = references.flatMap(({ first, last }): Mention[] => {
      const statement = statements.findLast(own => own.first <= first && last <= own.last);
      const hit = statement?.hits.find(own => own.first === first && own.last === last);
      return statement && hit ? [{ hit, statement, first, last, names, item: null, of: null, field: false }] : [];
    });
    const free = mentions.filter(mention => !made.some(own => own.first < mention.last && mention.first < own.last));
    return [...free, ...made].sort((a, b) => a.first - b.first);
  }

  /** Whether a unit says that one of the items below it will do. */
  #opensList({ last: end, cues }: Unit): boolean {
    const colon = this.#endsInColon(end);
    return cues.some(({ cue, last }) => cue === 'one-of' && end - last <= (colon ? LISTED_BY_COLON : LISTED_BY_END));
  }

  #endsInColon(end: number): boolean {
    return ((this.#field.tokens[end]?.sep ?? 0) & SEP.colon) !== 0;
  }

  #keep(unit: Unit): void {
    const { segment, mentions } = unit;
    if (segment.kind === 'heading' || this.#endsInColon(unit.last)) {
      this.#above = unit;
      this.#force = mentions.length === 0 ? onlyForceOf(unit) : null;
    } else if (segment.kind === 'sentence') {
      this.#force = null;
      if (this.#above?.segment.kind !== 'heading') this.#above = null;
    }
    const names = [...new Set(mentions.flatMap(mention => mention.names))];
    if (names.length > 1) this.#list = names;
  }
}

/** What a line does with what stands below it: "You do not need:", "It helps if you are:". */
function onlyForceOf({ forces }: Unit): Force | null {
  const told = new Set(forces.flatMap(hit => ('force' in hit.rule.effect ? [hit.rule.effect.force] : [])));
  const [force] = told;
  return force !== undefined && told.size === 1 && FROM_ABOVE.has(force) ? force : null;
}

const FROM_ABOVE: ReadonlySet<Force> = new Set(['wished', 'denied', 'shut-out']);

/** Words between "one of the following" and the end of its line: "licenses", or with a colon "active state licenses in Ohio". */
const LISTED_BY_END = 2;
const LISTED_BY_COLON = 5;

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
