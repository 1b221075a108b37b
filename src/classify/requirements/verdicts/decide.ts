import { CREDENTIALS, type Credential, type Verdict } from '../../../posting/taxonomy.ts';
import type { Evidence } from '../../../text/evidence.ts';
import type { VerdictOf } from '../../classification.ts';
import { evidenceOfHit, type RuleHit } from '../../reading/hit.ts';
import type { Titled } from '../mentions/title.ts';
import type { Findings } from '../parts/gather.ts';
import type { Part, Requirement } from '../parts/part.ts';
import { isLiked, type Judgment, judgePart, judgeRequirement } from './judge.ts';

/** What the rules make of a credential, before it is weighed how sure that is. */
export type Answer = Omit<VerdictOf, 'confidence'>;

/** How much of the posting there is. `unfinished`: it breaks off in a sentence; `asks`: it says somewhere what an applicant brings; `sent`: sentences that send the reader elsewhere for that. */
type Extent = {
  readonly truncated: boolean;
  readonly unfinished: boolean;
  readonly words: number;
  readonly asks: boolean;
  readonly sent: readonly Evidence[];
};

type Decision = { verdict: Verdict; rule: string; hits: readonly RuleHit[]; evidence?: readonly Evidence[] };

/** A body shorter than this that asks for nothing says nothing about who may apply. */
const TEASER_WORDS = 25;

/** Words between the last member of a list and the place where a text breaks off: "PT or OT license, or". */
const CUT_REACH = 4;

/** Most words shown for a verdict; those that decided come first. */
const MOST_SHOWN = 4;

/** Decides the verdict on every credential. */
export function decideVerdicts(findings: Findings, titled: Titled, extent: Extent): Record<Credential, Answer> {
  const judge = new Judge(findings, titled, extent);
  return ofEach(credential => toAnswer(judge.decide(credential)));
}

/** The bare verdicts, without the words. */
export function verdictsOf(findings: Findings, titled: Titled, extent: Extent): Record<Credential, Verdict> {
  const judge = new Judge(findings, titled, extent);
  return ofEach(credential => judge.decide(credential).verdict);
}

function ofEach<T>(of: (credential: Credential) => T): Record<Credential, T> {
  return Object.fromEntries(CREDENTIALS.map(credential => [credential, of(credential)])) as Record<Credential, T>;
}

function toAnswer({ verdict, rule, hits, evidence }: Decision): Answer {
  const shown = evidence ?? [...new Set(hits)].slice(0, MOST_SHOWN).map(evidenceOfHit);
  return {
    verdict,
    rule: hits[0] ? `${rule}:${hits[0].rule.id}` : rule,
    evidence: shown.slice(0, MOST_SHOWN),
  };
}

class Judge {
  readonly #findings: Findings;
  readonly #titled: Titled;
  readonly #extent: Extent;
  /** Requirements that name credentials, with their parts, and those that ask for anything else. */
  readonly #naming: readonly Requirement[];
  readonly #parts: readonly Part[];
  readonly #other: readonly Requirement[];

  constructor(findings: Findings, titled: Titled, extent: Extent) {
    this.#findings = findings;
    this.#titled = titled;
    this.#extent = extent;
    const { requirements } = findings;
    const asked = requirements.flatMap(partsOf).some(({ kind }) => kind !== 'lay');
    const all = asked ? requirements : waysIn(findings);
    this.#naming = all.filter(names);
    this.#parts = this.#naming.flatMap(partsOf);
    this.#other = all.filter(requirement => !names(requirement));
  }

  /** The first of these that has something to say decides: the precedence docs/rules.md states. What is liked lifts what is open. */
  decide(credential: Credential): Decision {
    const decision =
      this.#unsettled(credential) ??
      this.#excluded(credential) ??
      this.#named(credential) ??
      this.#byPerson(credential) ??
      this.#asked(credential) ??
      this.#byTitle(credential) ??
      this.#silent();
    if (decision.verdict !== 'open') return decision;
    const liked = this.#findings.liked.filter(part => isLiked(part, credential));
    return liked[0] ? { verdict: 'preferred', rule: 'preferred', hits: bearingOn(credential, liked) } : decision;
  }

  #unsettled(credential: Credential): Decision | null {
    // Whether a license is asked for at all concerns everybody; whether some may apply, them alone.
    const own = this.#findings.unsettled.filter(part => part.strict || isMeant(part, credential));
    const unsettled = own.length > 0 ? bearingOn(credential, own) : this.#findings.leftOpen;
    return unsettled.length > 0 ? { verdict: 'unknown', rule: 'unsettled', hits: unsettled } : null;
  }

  #excluded(credential: Credential): Decision | null {
    const shut = this.#findings.shutOut.filter(part => isMeant(part, credential));
    if (shut.length === 0) return null;
    // "No assistants. PT or PTA license."
    const demanded = this.#parts.some(({ strict, names }) => strict && names.some(({ of, field }) => of === credential && !field));
    return demanded ? null : { verdict: 'barred', rule: 'excluded', hits: bearingOn(credential, shut) };
  }

  #named(credential: Credential): Decision | null {
    const judged = [
      ...this.#naming.map(requirement => judgeRequirement(requirement, credential)),
      ...this.#findings.letIn.map(part => judgePart(part, credential)),
    ];
    const named = judged.filter(({ verdict }) => verdict === 'named');
    return named.length > 0 && this.#naming.length + this.#other.length > 0 ? said('named', named) : null;
  }

  /** A person named by the title is the one wanted where the text names none. */
  #byPerson(credential: Credential): Decision | null {
    const { persons } = this.#titled;
    if (this.#naming.length > 0 || persons.size === 0) return null;
    const own = persons.get(credential);
    if (own) return { verdict: 'named', rule: 'title', hits: own };
    return { verdict: this.#extent.sent.length > 0 ? 'unknown' : 'barred', rule: 'title', hits: [...persons.values()].flat() };
  }

  /** What shuts out weighs most; beside people by name other demands count only where they shut out. */
  #asked(credential: Credential): Decision | null {
    const named = this.#naming.map(requirement => judgeRequirement(requirement, credential));
    const other = this.#other
      .map(requirement => judgeRequirement(requirement, credential))
      .filter(({ verdict }) => verdict === 'barred' || (verdict !== 'open' && named.length === 0));
    // "Physical Therapist, Utilization Management. Requirements are in the attached file.": a bare name is no more than the title says.
    const bare = this.#extent.sent.length > 0 && this.#parts.every(({ kind, strict }) => kind === 'people' && !strict);
    if (named.length > 0 && bare) return { verdict: 'unknown', rule: 'bare-name', hits: this.#parts.flatMap(({ hits }) => hits) };
    const decision = worst([...named, ...other], named.length > 0 ? 'not-listed' : 'demand');
    if (decision?.verdict !== 'barred') return decision;
    // "RN or LPN license; therapists will also be considered".
    const implied = this.#findings.letIn.map(part => judgePart(part, credential)).filter(({ verdict }) => verdict === 'implied');
    if (implied.length > 0 && named.length === 0) return said('let-in', implied);
    return this.#isCut() ? { ...decision, verdict: 'unknown', rule: 'cut-off' } : decision;
  }

  /** Whether the text breaks off in what it asks for: a list without its end bars nobody. */
  #isCut(): boolean {
    const { unfinished, words } = this.#extent;
    return (
      unfinished &&
      [...this.#parts, ...this.#other.flatMap(partsOf)].some(
        ({ statement, last }) => statement.segment.last === words && words - last <= CUT_REACH,
      )
    );
  }

  #byTitle(credential: Credential): Decision | null {
    const { fields, others } = this.#titled;
    if (others.length > 0) return { verdict: 'barred', rule: 'other-license-title', hits: others };
    // Where a degree of any kind is asked for, the field of the title is what is worked on.
    const study = this.#other.flatMap(partsOf).some(({ kind }) => kind === 'study');
    if (fields.size === 0 || study) return null;
    const own = fields.get(credential);
    if (own) return { verdict: 'named', rule: 'title-field', hits: own };
    return { verdict: this.#isSilent() ? 'unknown' : 'barred', rule: 'title-field', hits: [...fields.values()].flat() };
  }

  #isSilent(): boolean {
    return this.#extent.truncated || this.#extent.sent.length > 0 || !this.#extent.asks;
  }

  #silent(): Decision {
    const { sent, asks, truncated, words } = this.#extent;
    if (sent.length > 0) return { verdict: 'unknown', rule: 'deferred', hits: [], evidence: sent };
    const study = this.#findings.requirements.flatMap(partsOf).filter(({ kind }) => kind === 'study');
    if (study.length > 0) return { verdict: 'open', rule: 'open-degree', hits: study.flatMap(({ hits }) => hits) };
    const teaser = truncated || (!asks && words < TEASER_WORDS);
    return teaser ? { verdict: 'unknown', rule: 'teaser', hits: [] } : { verdict: 'open', rule: 'nothing-demanded', hits: [] };
  }
}

/** Those let in, where nothing else is asked for: people by name, and any beside others who are shut out. */
function waysIn({ letIn, liked, shutOut, denied }: Findings): Requirement[] {
  // "No license needed. Teachers, OTs and PTs all do well here": these are examples of anybody.
  if (denied.length > 0 && !liked.some(({ kind }) => kind === 'people')) return [];
  return letIn.filter(part => part.names.length > 0 || shutOut.length > 0).map(part => ({ ways: [[part]] }));
}

const partsOf = ({ ways }: Requirement): Part[] => ways.flat();

function names(requirement: Requirement): boolean {
  return partsOf(requirement).some(part => part.names.length > 0 || part.items.some(({ item }) => item === 'board'));
}

function isMeant(part: Part, credential: Credential): boolean {
  const { verdict } = judgePart(part, credential);
  return verdict === 'named' || verdict === 'implied';
}

/** The words of parts, those first that speak of this credential: of a long list only the first are shown. */
function bearingOn(credential: Credential, parts: readonly Part[]): RuleHit[] {
  const own = parts.map(part => judgePart(part, credential)).filter(({ verdict }) => verdict !== 'barred');
  return [...own.flatMap(({ hits }) => hits), ...parts.flatMap(({ hits }) => hits)];
}

function said(rule: string, judgments: readonly Judgment[]): Decision {
  return { verdict: (judgments[0] as Judgment).verdict, rule, hits: judgments.flatMap(({ hits }) => hits) };
}

/** What shuts out weighs most; else what says most. */
function worst(judgments: readonly Judgment[], rule: string): Decision | null {
  const of = (wanted: Verdict) => judgments.filter(({ verdict }) => verdict === wanted);
  if (of('barred').length > 0) return said(rule, of('barred'));
  if (of('implied').length > 0) return said('implied', of('implied'));
  return judgments.length > 0 ? said('alternative', judgments) : null;
}
