import { CREDENTIALS, type Credential, type Verdict } from '../../posting/taxonomy.ts';
import { evidenceOf } from '../../text/document.ts';
import type { VerdictOf } from '../classification.ts';
import type { RuleHit } from '../rules.ts';
import type { Findings } from './gather.ts';
import { isLiked, type Judgment, judgePart, judgeRequirement } from './judge.ts';
import type { Part, Requirement } from './part.ts';
import type { Titled } from './title.ts';
import { isAbsorbed } from './ways.ts';

/** How much of the posting there is. `asks`: it says somewhere what an applicant brings; `sentOn`: words that send the reader to another paper. */
export type Extent = { readonly truncated: boolean; readonly words: number; readonly asks: boolean; readonly sentOn: readonly RuleHit[] };

type Decision = { verdict: Verdict; rule: string; hits: readonly RuleHit[] };

/** A body shorter than this that asks for nothing says nothing about who may apply. */
const TEASER_WORDS = 25;

/** Decides the verdict on every credential. The order of the cases is the precedence docs/rules.md states. */
export function decideVerdicts(findings: Findings, titled: Titled, extent: Extent): Record<Credential, VerdictOf> {
  const judge = new Judge(findings, titled, extent);
  return Object.fromEntries(CREDENTIALS.map(credential => [credential, toVerdict(judge.decide(credential))] as const)) as Record<
    Credential,
    VerdictOf
  >;
}

function toVerdict({ verdict, rule, hits }: Decision): VerdictOf {
  return {
    verdict,
    rule: hits[0] ? `${rule}:${hits[0].rule.id}` : rule,
    evidence: hits.slice(0, 4).map(hit => evidenceOf(hit.field, hit.first, hit.last)),
  };
}

class Judge {
  readonly #findings: Findings;
  readonly #titled: Titled;
  readonly #extent: Extent;
  /** Requirements that name credentials, and those that ask for anything else. */
  readonly #naming: readonly Requirement[];
  readonly #other: readonly Requirement[];

  constructor(findings: Findings, titled: Titled, extent: Extent) {
    this.#findings = findings;
    this.#titled = titled;
    this.#extent = extent;
    const all = findings.requirements.some(asksForMore) ? findings.requirements : waysIn(findings);
    const parts = all.flatMap(({ ways }) => ways.flat());
    const absorbed = ({ ways }: Requirement) => ways.flat().every(part => isAbsorbed(part, parts));
    this.#naming = all.filter(requirement => names(requirement) && !absorbed(requirement));
    this.#other = all.filter(requirement => !names(requirement));
  }

  decide(credential: Credential): Decision {
    const unsettled = this.#findings.told.get('unsettled');
    if (unsettled) return { verdict: 'unknown', rule: 'unsettled', hits: unsettled };
    const excluded = this.#findings.shutOut.flatMap(part => (isMeant(part, credential) ? part.hits : []));
    if (excluded.length > 0 && this.#isNamed(credential)) return { verdict: 'unknown', rule: 'contradiction', hits: excluded };
    if (excluded.length > 0) return { verdict: 'barred', rule: 'excluded', hits: excluded };
    const decision = this.#demanded(credential) ?? this.#byTitle(credential) ?? this.#silent();
    if (decision.verdict !== 'open') return decision;
    const liked = this.#findings.liked.filter(part => isLiked(part, credential));
    return liked[0] ? { verdict: 'preferred', rule: 'preferred', hits: liked.flatMap(({ hits }) => hits) } : decision;
  }

  /** Whether a license of somebody is demanded by name, whoever is shut out elsewhere: "No assistants. PT or PTA license." */
  #isNamed(credential: Credential): boolean {
    const parts = this.#naming.flatMap(({ ways }) => ways.flat());
    return parts.some(({ strict, names: own }) => strict && own.some(({ of, field }) => of === credential && !field));
  }

  #demanded(credential: Credential): Decision | null {
    const named = this.#naming.map(requirement => judgeRequirement(requirement, credential));
    const { denied, noLicense } = this.#findings;
    const strict = this.#naming.some(({ ways }) => ways.flat().some(part => part.strict));
    if (strict && noLicense.length > 0) return { verdict: 'unknown', rule: 'contradiction', hits: noLicense };
    const soft =
      denied.some(({ rule }) => 'force' in rule.effect) &&
      this.#naming.every(({ ways }) => ways.flat().every(part => !part.strict));
    if (soft && this.#naming.length > 0) return { verdict: 'open', rule: 'denied', hits: denied };
    const lets = [...named, ...this.#findings.letIn.map(part => judgePart(part, credential))].filter(({ verdict }) => verdict === 'named');
    const only = lets.length > 0 ? this.#onlyOthers(credential) : [];
    if (only.length > 0) return { verdict: 'unknown', rule: 'contradiction', hits: [...only, ...lets.flatMap(({ hits }) => hits)] };
    if (lets.length > 0 && (this.#naming.length > 0 || this.#other.length > 0)) return said('named', lets);
    const titled = this.#naming.length === 0 ? this.#byPerson(credential) : null;
    if (titled) return titled;
    const other = this.#other.map(requirement => judgeRequirement(requirement, credential)).filter(({ verdict }) => verdict !== 'open');
    // Beside a list that leaves the rest open a license of its own still bars: "nursing, OT or related; active RN license".
    if (this.#naming.length > 0)
      return worst([...named, ...other.filter(({ verdict }) => verdict === 'barred')], 'not-listed') ?? letIn(this.#findings, credential);
    const bars = worst(other, 'demand');
    if (bars?.verdict !== 'barred') return bars;
    const lettingIn = this.#findings.letIn.map(part => judgePart(part, credential)).filter(({ verdict }) => verdict === 'implied');
    return lettingIn.length > 0 ? said('let-in', lettingIn) : bars;
  }

  /** Words that let in nobody but others: "OTR only". */
  #onlyOthers(credential: Credential): RuleHit[] {
    const only = this.#naming.flatMap(({ ways }) => ways.flat()).filter(part => part.only);
    return only.filter(part => judgePart(part, credential).verdict === 'barred').flatMap(({ hits }) => hits);
  }

  /** A person named by the title is the one wanted where the text names none. */
  #byPerson(credential: Credential): Decision | null {
    const { persons } = this.#titled;
    if (persons.size === 0) return null;
    const own = persons.get(credential);
    if (own) return { verdict: 'named', rule: 'title', hits: own };
    const silent = this.#isSilent() && this.#titled.among;
    return { verdict: silent ? 'unknown' : 'barred', rule: 'title', hits: [...persons.values()].flat() };
  }

  #byTitle(credential: Credential): Decision | null {
    if (this.#titled.others.length > 0) return { verdict: 'barred', rule: 'other-license-title', hits: this.#titled.others };
    const { fields } = this.#titled;
    if (fields.size === 0) return null;
    const own = fields.get(credential);
    if (own) return { verdict: 'named', rule: 'title-field', hits: own };
    return { verdict: this.#isSilent() ? 'unknown' : 'barred', rule: 'title-field', hits: [...fields.values()].flat() };
  }

  #isSilent(): boolean {
    const sheet = this.#extent.sentOn.some(({ segment }) => segment.section === 'requirements');
    return this.#extent.truncated || this.#findings.told.has('deferred') || sheet || !this.#extent.asks;
  }

  #silent(): Decision {
    const { told, requirements, denied } = this.#findings;
    if (denied.length > 0) return { verdict: 'open', rule: 'denied', hits: denied };
    const deferred = told.get('deferred');
    if (deferred) return { verdict: 'unknown', rule: 'deferred', hits: deferred };
    const study = requirements.flatMap(({ ways }) => ways.flat()).filter(({ kind }) => kind === 'study');
    if (study.length > 0) return { verdict: 'open', rule: 'open-degree', hits: study.flatMap(({ hits }) => hits) };
    const sheet = this.#extent.sentOn.some(({ segment }) => segment.section === 'requirements');
    if (this.#extent.sentOn.length > 0 && (sheet || !this.#extent.asks))
      return { verdict: 'unknown', rule: 'deferred', hits: this.#extent.sentOn };
    const teaser = this.#extent.truncated || (!this.#extent.asks && this.#extent.words < TEASER_WORDS);
    return teaser ? { verdict: 'unknown', rule: 'teaser', hits: [] } : { verdict: 'open', rule: 'nothing-demanded', hits: [] };
  }
}

/**
 * Those let in, where nothing else is asked for: people by name, whoever "open to" names, and any beside others who are shut out;
 * with them those who are liked by name.
 */
function waysIn({ letIn: lets, liked, shutOut }: Findings): Requirement[] {
  const opened = ({ names: named, by }: Part) =>
    named.length > 0 || shutOut.length > 0 || (by !== null && 'force' in by.rule.effect && by.rule.effect.reach === 'right');
  const ways = lets.filter(opened);
  const best = ways.length > 0 ? liked.filter(({ kind, names: named }) => kind === 'people' && named.length > 0) : [];
  return [...best, ...ways].map(part => ({ ways: [[part]] }));
}

/** Whether a requirement asks for more than anybody may bring. */
function asksForMore({ ways }: Requirement): boolean {
  return ways.flat().some(({ kind }) => kind !== 'lay');
}

function names({ ways }: Requirement): boolean {
  return ways.flat().some(part => part.names.length > 0 || part.items.some(({ item }) => item === 'board'));
}

function isMeant(part: Part, credential: Credential): boolean {
  const { verdict } = judgePart(
    { ...part, items: part.items.filter(({ item }) => item !== 'other-license'), open: false, related: false },
    credential,
  );
  return verdict === 'named' || verdict === 'implied';
}

function said(rule: string, judgments: readonly Judgment[]): Decision {
  return { verdict: (judgments[0] as Judgment).verdict, rule, hits: judgments.flatMap(({ hits }) => hits) };
}

/** What shuts out weighs most; else what says most. */
function worst(judgments: readonly Judgment[], rule: string): Decision | null {
  const barred = judgments.filter(({ verdict }) => verdict === 'barred');
  if (barred.length > 0) return said(rule, barred);
  const unknown = judgments.filter(({ verdict }) => verdict === 'unknown');
  if (unknown.length > 0) return said('cut-off', unknown);
  const implied = judgments.filter(({ verdict }) => verdict === 'implied');
  if (implied.length > 0) return said('implied', implied);
  return judgments.length > 0 ? said('alternative', judgments) : null;
}

function letIn({ letIn: parts }: Findings, credential: Credential): Decision | null {
  const implied = parts.map(part => judgePart(part, credential)).filter(({ verdict }) => verdict === 'implied');
  return implied.length > 0 ? said('let-in', implied) : null;
}
