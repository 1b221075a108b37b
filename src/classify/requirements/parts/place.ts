import type { Credential } from '../../../posting/taxonomy.ts';
import type { Field } from '../../../text/document.ts';
import { SEP } from '../../../text/lexer.ts';
import type { Force } from '../../schema/names.ts';
import type { Mention } from '../mentions/mention.ts';
import { outermost, type Unit } from '../mentions/unit.ts';
import type { Surroundings } from '../roles/role.ts';

/** A unit with what stands above it, and what it names, be it by a word for what was named before. */
export type Placed = Omit<Surroundings, 'before'> & {
  readonly mentions: readonly Mention[];
  /** It says that one of the items below it will do. */
  readonly opensList: boolean;
};

/** Places the units of a text, in its order: what stands above each does not hang on what is made of it. */
export function placeUnits(units: readonly Unit[], field: Field): Placed[] {
  const placer = new Placer(field);
  return units.map((unit, at) => placer.place(unit, afterwordOf(units[at + 1])));
}

/** What a unit that is a word of force and no more does with the one before it. */
function afterwordOf(unit: Unit | undefined): Force | null {
  const whole = unit?.forces.find(({ first, last }) => first === unit.first && last === unit.last);
  return whole && 'force' in whole.rule.effect && whole.rule.effect.reach !== 'right' ? whole.rule.effect.force : null;
}

/** Places one unit after the other and keeps what the next one may refer to. */
class Placer {
  readonly #field: Field;
  /** The last list of credentials, for "one of the three". */
  #list: readonly Credential[] = [];
  /** What a heading, or a sentence that opens a list, does with the items below it. */
  #force: Force | null = null;
  /** That heading or sentence itself. */
  #above: Unit | null = null;

  constructor(field: Field) {
    this.#field = field;
  }

  place(unit: Unit, afterword: Force | null): Placed {
    const opensList = this.#opensList(unit);
    const around = { unit, cues: unit.cues, above: this.#above, force: this.#force, afterword };
    const mentions = this.#withReferences(unit);
    this.#keep(unit);
    return { ...around, mentions, opensList };
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
