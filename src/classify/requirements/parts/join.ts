import { SEP } from '../../../text/lexer.ts';
import type { Section } from '../../../text/sections.ts';
import type { Unit } from '../mentions/unit.ts';
import type { Requirement } from './part.ts';
import { anyOf } from './ways.ts';

/** What a unit asks for; `opensList`: it says that one of the items below it will do. */
type Share = { readonly unit: Unit; readonly requirement: Requirement | null; readonly opensList: boolean };

/** Joins the requirements of units that "or", or a line that opens a list, makes ways into one. */
export function joinShares(shares: readonly Share[]): Requirement[] {
  const groups: Requirement[][] = [];
  const list = new OpenList();
  let joinNext = false;
  let fresh = false;
  for (const { unit, requirement, opensList } of shares) {
    const startsOr = unit.cues.some(({ cue, first }) => cue === 'or' && first === unit.first);
    const endsOr = unit.cues.some(({ cue, last }) => cue === 'or' && last === unit.last);
    const group = fresh ? groups[groups.length - 1] : undefined;
    const member = list.takes(unit, joinNext || startsOr || opensList);
    if (requirement) {
      if (group && (joinNext || startsOr)) group.push(requirement);
      else if (member) list.add(requirement, groups);
      else groups.push([requirement]);
    }
    if (opensList) list.open(unit);
    const bare = unit.cues.some(({ cue, first, last }) => cue === 'or' && first === unit.first && last === unit.last);
    fresh = requirement !== null || (bare && fresh);
    joinNext = endsOr || bare;
  }
  return groups.map(group => (group.length === 1 ? (group[0] as Requirement) : anyOf(group)));
}

const LINES = SEP.newline | SEP.blank | SEP.bullet;

/** A line of a few words below "one of the following" is a member of the list though it has no bullet. */
const SHORT_LINE = 8;

/** The list of alternatives that a line opened, while its items go on. */
class OpenList {
  #members: Requirement[] | null = null;
  #section: Section | null = null;
  #opener: Unit['segment'] | null = null;
  /** The members stand in the line that opened the list: the next line is none. */
  #inline = false;

  open({ segment }: Unit): void {
    this.#members = [];
    this.#section = segment.section;
    this.#opener = segment;
    this.#inline = false;
  }

  /** Whether a unit is an item of the list; one that is neither an item nor a short line, nor joined, ends it. */
  takes({ segment, first, last, cues, statements }: Unit, joined: boolean): boolean {
    // A line "And:" begins what is asked for beside the list.
    if (cues.some(({ cue, first: at, last: end }) => cue === 'and' && at === first && end === last)) this.#members = null;
    const own = segment === this.#opener;
    if (this.#inline && !own && !joined) this.#members = null;
    if (this.#members === null) return false;
    // "Must hold one of these: RN, OT or PT": what goes on in the same line is the whole list.
    const between = statements[0]?.field.tokens.slice(this.#opener?.last, first + 1) ?? [];
    if (own || (this.#members.length === 0 && !between.some(({ sep }) => (sep & LINES) !== 0))) {
      this.#inline = true;
      return true;
    }
    const item = segment.kind === 'item' && segment.section === this.#section;
    const short = segment.kind !== 'heading' && last - first <= SHORT_LINE;
    if (!item && !short && !joined && segment.kind !== 'item') this.#members = null;
    return item || short;
  }

  add(requirement: Requirement, groups: Requirement[][]): void {
    if (this.#members === null) return;
    if (this.#members.length === 0) groups.push(this.#members);
    this.#members.push(requirement);
  }
}
