import type { Credential } from '../../posting/taxonomy.ts';
import type { Field, Segment } from '../document.ts';
import { SEP, type Token } from '../lexer.ts';
import type { PostingReading } from '../read-posting.ts';
import type { Cue, Force } from '../rule.ts';
import type { RuleHit } from '../rules.ts';
import type { Section } from '../sections.ts';
import type { Statement } from '../statements.ts';
import { readParts } from './clause.ts';
import { type Mention, readMentions } from './mention.ts';
import type { Part, Requirement } from './part.ts';
import { type CueHit, readCues } from './row.ts';
import { anyOf, toRequirement, withoutHeads } from './ways.ts';

/** What the text of a posting says about who may apply. */
export type Findings = {
  requirements: Requirement[];
  liked: Part[];
  letIn: Part[];
  shutOut: Part[];
  /** What is said not to be demanded. */
  denied: RuleHit[];
  /** Words that put off, leave open or deny what is asked for. */
  told: Map<Force, RuleHit[]>;
};

/** What one segment gives, with what joins it to its neighbors. */
type Share = {
  readonly segment: Segment;
  readonly requirement: Requirement | null;
  readonly startsOr: boolean;
  readonly endsOr: boolean;
  readonly opensList: boolean;
};

const BOILERPLATE: ReadonlySet<Section> = new Set(['about', 'eeo', 'benefits', 'pay']);

/** Reads the requirements of a posting's text: segment by segment, then over the lists that run through several of them. */
export function gather(posting: PostingReading): Findings {
  const field = posting.document.text;
  const findings: Findings = { requirements: [], liked: [], letIn: [], shutOut: [], denied: [], told: new Map() };
  const mentions = bySegment(readMentions(posting, field), ({ hit }) => hit.segment);
  const statements = bySegment(posting.fields.get('text')?.statements ?? [], ({ segment }) => segment);
  const reader = new SegmentReader(field, findings);
  const shares = field.segments.map((segment, index) => {
    const next = field.segments[index + 1];
    const afterword = next && !mentions.has(next) ? afterwordIn(next, statements.get(next) ?? []) : null;
    return reader.read(segment, mentions.get(segment) ?? [], statements.get(segment) ?? [], afterword);
  });
  findings.requirements.push(...joinShares(shares));
  return findings;
}

/** "A therapy degree? Unnecessary.": a sentence that is a word of force and no more speaks of the one before it. */
function afterwordIn(segment: Segment, statements: readonly Statement[]): Force | null {
  if (segment.kind === 'heading') return null;
  const hits = statements.flatMap(statement => statement.hits);
  const whole = hits.find(({ rule, first, last }) => 'force' in rule.effect && first === segment.first && last === segment.last);
  return whole && 'force' in whole.rule.effect && whole.rule.effect.reach !== 'right' ? whole.rule.effect.force : null;
}

function bySegment<T>(things: readonly T[], segmentOf: (thing: T) => Segment): Map<Segment, T[]> {
  const found = new Map<Segment, T[]>();
  for (const thing of things) {
    const segment = segmentOf(thing);
    const list = found.get(segment);
    if (list) list.push(thing);
    else found.set(segment, [thing]);
  }
  return found;
}

/** Reads one segment after the other and keeps what the next one may refer to. */
class SegmentReader {
  readonly #field: Field;
  readonly #findings: Findings;
  /** The last list of credentials, for "one of the three". */
  #list: readonly Credential[] = [];
  /** What a heading, or a sentence that opens a list, says of the items below it. */
  #heading: Cue | null = null;

  constructor(field: Field, findings: Findings) {
    this.#field = field;
    this.#findings = findings;
  }

  read(segment: Segment, mentions: readonly Mention[], statements: readonly Statement[], afterword: Force | null): Share {
    const hits = statements.flatMap(statement => statement.hits);
    const cues = readCues(hits);
    const opensList = this.#opensList(segment, cues);
    const share = {
      segment,
      requirement: this.#requirement(segment, mentions, statements, cues, hits, afterword),
      startsOr: cues.some(({ cue, first }) => cue === 'or' && first === segment.first),
      endsOr: cues.some(({ cue, last }) => cue === 'or' && last === segment.last),
      opensList,
    };
    this.#keep(segment, mentions, cues, opensList);
    return share;
  }

  #requirement(
    segment: Segment,
    mentions: readonly Mention[],
    statements: readonly Statement[],
    cues: readonly CueHit[],
    hits: readonly RuleHit[],
    afterword: Force | null,
  ): Requirement | null {
    if (BOILERPLATE.has(segment.section)) return null;
    for (const hit of hits) if ('force' in hit.rule.effect) note(this.#findings.told, hit.rule.effect.force, hit);
    if (segment.kind === 'heading') return null;
    this.#findings.denied.push(...deniedIn(hits, cues));
    const meant = this.#withReferences(mentions, statements, cues);
    const read = readParts(meant, cues, this.#heading);
    const parts = afterword ? read.map(part => (part.by ? part : { ...part, force: afterword })) : read;
    const kept = withoutHeads(withAssistants(parts), cues);
    const having = (force: Force) => kept.filter(part => part.force === force && part.kind !== 'lay');
    this.#findings.denied.push(...having('denied').flatMap(({ hits: own }) => own));
    this.#findings.liked.push(...having('wished'));
    this.#findings.letIn.push(...having('let-in').filter(({ kind }) => kind === 'people'));
    this.#findings.shutOut.push(...having('shut-out').filter(({ kind }) => kind === 'people'));
    const demanded = kept.filter(({ force, kind }) => force === 'demanded' || force === 'told' || (kind === 'lay' && force !== 'denied') || (kind === 'study' && force === 'let-in'));
    const referred = (at: number) => cues.some(({ cue, first, last }) => cue === 'reference' && first <= at && at < last);
    return toRequirement(demanded, cues, cues.some(({ cue, first }) => cue === 'one-of' && !referred(first)));
  }

  /** "be one of the three", "either profession": mentions of the list told before. */
  #withReferences(mentions: readonly Mention[], statements: readonly Statement[], cues: readonly CueHit[]): readonly Mention[] {
    const references = cues.filter(
      ({ cue, first }) =>
        cue === 'reference' && !mentions.some(mention => mention.first - first < 4 && mention.first >= first && mention.names.length > 0),
    );
    if (references.length === 0 || this.#list.length === 0) return mentions;
    const made = references.flatMap(({ first, last }): Mention[] => {
      const statement = statements.findLast(own => own.first <= first && last <= own.last);
      const hit = statement?.hits.find(own => own.first === first && own.last === last);
      return statement && hit ? [{ hit, statement, first, last, names: this.#list, item: null, of: null, field: false }] : [];
    });
    return [...mentions.filter(mention => !made.some(own => own.first < mention.last && mention.first < own.last)), ...made].sort(
      (a, b) => a.first - b.first,
    );
  }

  /** Whether a segment says that one of the items below it will do. */
  #opensList(segment: Segment, cues: readonly CueHit[]): boolean {
    const after = this.#field.tokens[segment.last];
    const colon = ((after?.sep ?? 0) & SEP.colon) !== 0;
    return cues.some(({ cue, last }) => cue === 'one-of' && (segment.last - last <= 2 || (colon && segment.last - last <= 5)));
  }

  #keep(segment: Segment, mentions: readonly Mention[], cues: readonly CueHit[], opensList: boolean): void {
    const names = [...new Set(mentions.flatMap(mention => mention.names))];
    if (names.length > 1) this.#list = names;
    const brings = cues.find(({ cue }) => cue === 'license' || cue === 'licensed' || cue === 'study' || cue === 'work');
    if (segment.kind === 'heading') this.#heading = segment.last - segment.first <= SHORT_LABEL ? (brings?.cue ?? null) : null;
    else if (opensList) this.#heading = brings?.cue ?? 'seek';
    else if (segment.kind === 'sentence') this.#heading = null;
  }
}

/** Words of denial that speak of a license, of schooling or of past work. */
function deniedIn(hits: readonly RuleHit[], cues: readonly CueHit[]): RuleHit[] {
  const asked = ({ cue }: CueHit) => cue === 'license' || cue === 'study';
  return hits.filter(
    ({ rule, first, last }) =>
      'force' in rule.effect &&
      rule.effect.force === 'denied' &&
      cues.some(cue => asked(cue) && cue.last > first - DENIED_REACH && cue.first < last + DENIED_REACH),
  );
}

/** How near a word of denial a license is named: "a therapy license is in no way required". */
const DENIED_REACH = 4;

/** A heading of more words than this does not say what is brought ("What you need to know about our license"). */
const SHORT_LABEL = 4;

function note<K>(map: Map<K, RuleHit[]>, key: K, hit: RuleHit): void {
  const list = map.get(key);
  if (list) list.push(hit);
  else map.set(key, [hit]);
}

const ASSISTANT_OF: Partial<Record<Credential, Credential>> = { OT: 'OTA', PT: 'PTA' };

/** "OT or PT (therapist or assistant)" names the assistants of the therapists it names; elsewhere a bare "assistant" is nobody. */
function withAssistants(parts: readonly Part[]): Part[] {
  const therapists = parts.flatMap(({ names, force, kind }) => (kind === 'people' && force !== 'shut-out' ? names : []));
  const theirs = [...new Set(therapists.flatMap(({ of }) => ASSISTANT_OF[of] ?? []))];
  return parts.flatMap(part => {
    const assistant = part.items.find(({ item }) => item === 'any-assistant' || item === 'assistant');
    if (!assistant || part.kind !== 'people') return [part];
    if (part.force !== 'shut-out' && theirs.length > 0) {
      const items = part.items.filter(item => item !== assistant);
      const alone = part.names.length + items.length === 0;
      if (alone && part.force === 'demanded' && part.statement.parent === null) return [];
      const named = theirs.map(of => ({ of, field: false, hit: assistant.hit }));
      return [{ ...part, items, names: [...part.names, ...named], force: alone && part.force === 'demanded' ? 'let-in' : part.force }];
    }
    const beside = part.items.some(({ item }) => item === 'therapist') || part.force === 'shut-out' || part.force === 'let-in';
    if (beside || assistant.item === 'assistant')
      return [{ ...part, items: part.items.map(own => (own === assistant ? { ...own, item: 'assistant' as const } : own)) }];
    const rest = part.items.filter(item => item !== assistant);
    return rest.length + part.names.length > 0 ? [{ ...part, items: rest }] : [];
  });
}

/** Joins the requirements of segments that "or", or a line that opens a list, makes ways into one. */
function joinShares(shares: readonly Share[]): Requirement[] {
  const groups: Requirement[][] = [];
  let list: Requirement[] | null = null;
  let listSection: Section | null = null;
  let joinNext = false;
  for (const { segment, requirement, startsOr, endsOr, opensList } of shares) {
    const group = groups[groups.length - 1];
    const bare = segment.last - segment.first === 1 && startsOr;
    const continues = list !== null && segment.kind === 'item' && segment.section === listSection;
    if (list && !continues && !startsOr && !joinNext && !opensList && segment.kind !== 'item' && !isShortLine(segment)) list = null;
    if (requirement) {
      if (group && (joinNext || startsOr)) group.push(requirement);
      else if (list && (continues || isShortLine(segment))) {
        if (list.length === 0) groups.push(list);
        list.push(requirement);
      } else groups.push([requirement]);
    }
    if (opensList) {
      list = requirement && groups[groups.length - 1]?.at(-1) === requirement ? [] : [];
      listSection = segment.section;
    }
    joinNext = endsOr || bare;
  }
  return groups.map(group => (group.length === 1 ? (group[0] as Requirement) : anyOf(group)));
}

/** A line of a few words below "one of the following" is a member of the list though it has no bullet. */
const SHORT_LINE = 8;
function isShortLine({ first, last, kind }: Segment): boolean {
  return kind !== 'heading' && last - first <= SHORT_LINE;
}

/** Whether a token is the first of its line. */
export function startsLine({ sep }: Token): boolean {
  return (sep & (SEP.newline | SEP.bullet)) !== 0;
}
