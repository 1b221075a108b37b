import { SEP } from './lexer.ts';
import { type Clause, type CueHit, isCrowd, type Mention } from './mentions.ts';
import type { Cue } from './rule.ts';
import type { Section } from './sections.ts';

/** What a clause does with a mention: demands it, likes it, shuts it out, or (null) nothing that concerns the applicant. */
export type Force = 'required' | 'preferred' | 'excluded' | null;

/** How many words a word of licence or degree reaches to a list of credentials. */
const NEAR = 9;
const LICENSE_IN_PROSE = 6;
const DEMAND_IN_PROSE = 12;
const EXCLUSION = 20;
const EXCLUDED_AFTER = 6;
/** A scope word ("supervises", "our") reaches this far when nothing stands between. */
const SCOPE = 12;
/** Most words between two members of one list: "a licensed physical therapist or a registered nurse". */
const LIST_GAP = 3;
/** A list of credentials this near the start of an item, or of a sentence, is its subject. */
const AT_ITEM_START = 8;
const AT_SENTENCE_START = 2;
/** A sentence without a verb of demand asks for the credentials it begins with: "RN, PT or OT with CCM." */
const NOMINAL_START = 4;
const NOMINAL_WORDS = 26;

/** What the clause does with one mention. */
export function forceOf(clause: Clause, mention: Mention): Force {
  const { section, kind } = clause.segment;
  const cues = clause.cues.filter(cue => !partly(cue, mention));
  const list = listAround(clause, mention);
  const own = (cue: CueHit) => mention.group === 'other' && cue.first >= mention.first && cue.last <= mention.last;
  const near = (name: Cue, reach = NEAR) =>
    cues
      .filter(cue => cue.cue !== 'licensed' || !own(cue))
      .some(({ cue, first, last }) => same(cue, name, section) && first - list.last < reach && list.first - last < reach);
  if (excludes(clause, mention)) return lacks(clause, list) ? 'required' : 'excluded';
  if (kind === 'heading') return null;
  const force = isLiked(clause, mention, list) ? 'preferred' : 'required';
  if (mention.group === 'bare-assistant') return isBesideTherapist(clause, mention, list) ? force : null;
  if (mention.group === 'other-degree')
    return section === 'requirements' || near('required') || mention.first - clause.first <= 1 ? force : null;
  if (isDenied(clause, mention)) return null;
  if (isRoleList(clause, list)) return force;
  if ((!ownsDemand(mention) && isScope(clause, mention)) || namesBusiness(clause, mention)) return null;
  if (isSpokenOf(clause, mention, near('hiring', HIRING_CROWD))) return null;
  const bound = near('license') || near('degree') || near('background');
  const labelled = section === 'requirements' && list.first === clause.first && list.last - list.first > 3;
  if (mention.field && !bound && !labelled) return null;
  const generic = mention.group !== null && mention.group !== 'other';
  if (section === 'requirements' || section === 'preferred') {
    return bound ||
      generic ||
      list.first - clause.first <= (kind === 'item' ? AT_ITEM_START : AT_SENTENCE_START) ||
      near('required') ||
      near('hiring')
      ? force
      : null;
  }
  if (near('license', LICENSE_IN_PROSE)) return force;
  if (section === 'duties') return near('required', LICENSE_IN_PROSE) && !generic ? force : null;
  if (near('hiring', DEMAND_IN_PROSE) || near('required', DEMAND_IN_PROSE) || near('preferred', LICENSE_IN_PROSE)) return force;
  const opensWithDegree = cues.some(
    ({ cue, first, last }) =>
      (cue === 'degree' || cue === 'license' || (cue === 'background' && mention.names.length > 0 && !mention.field)) &&
      first - clause.first <= 3 &&
      last <= mention.first &&
      mention.first - last <= NEAR + 3,
  );
  return opensWithDegree || isNominal(clause, mention, list, cues) ? force : null;
}

/** Whether a cue counts as the one asked for: "licensed" is a word of licence, and hiring is the employer's business only where the employer speaks. */
function same(cue: Cue, name: Cue, section: Section): boolean {
  return cue === name || (name === 'license' && cue === 'licensed') || (name === 'hiring' && cue === 'hire' && speaksOfEmployer(section));
}

/** Whether the sentences of a section have the employer as their subject, and not the holder of the job. */
function speaksOfEmployer(section: Section): boolean {
  return section === 'summary' || section === 'other';
}

/** How near a word of hiring stands to a crowd that may apply: "we are looking for licensed clinicians". */
const HIRING_CROWD = 5;
const SUBORDINATE = new Set(['when', 'while', 'whenever', 'if', 'because', 'whether']);

/**
 * Whether a generic phrase or another profession is only spoken of: many of them ("teaches clinicians", "nurses call you") or in a
 * subordinate clause ("tact when a physician disagrees"). The person wanted is one, stands first, or stands beside a word of hiring.
 */
function isSpokenOf(clause: Clause, mention: Mention, hiring: boolean): boolean {
  const only = clause.text.tokens[mention.last]?.word === 'only';
  if (mention.names.length > 0 || mention.group === 'assistant' || hiring || only) return false;
  const before = clause.text.tokens.slice(clause.first, mention.first).map(({ word }) => word);
  if (before.some(word => SUBORDINATE.has(word))) return true;
  const asking = clause.segment.section === 'requirements' || clause.segment.section === 'preferred';
  return isCrowd(clause.text, mention) && !(before.length <= 1 && (asking || mention.group !== 'other'));
}

/** A cue that covers part of a mention is the mention's own word ("licensed" in "licensed therapist" still counts). */
function partly(cue: CueHit, mention: Mention): boolean {
  const apart = cue.last <= mention.first || cue.first >= mention.last;
  const around = cue.first <= mention.first && cue.last >= mention.last;
  const inside = cue.first >= mention.first && cue.last <= mention.last;
  return !apart && !around && !inside;
}

/** The list a mention stands in, from its first member to its last. "OTR only, assistants ..." are two; `close` ends it at dashes and brackets too. */
function listAround({ mentions, text }: Clause, mention: Mention, close = false): { first: number; last: number } {
  let { first, last } = mention;
  const joined = (from: number, to: number) =>
    to - from <= LIST_GAP &&
    !text.tokens.slice(from, to).some(({ word }) => word === 'only') &&
    !(close && text.tokens.slice(from, to + 1).some(({ sep }) => (sep & (SEP.dash | SEP.open | SEP.close)) !== 0));
  for (const other of [...mentions].reverse()) if (other.first < first && joined(other.last, first)) first = other.first;
  for (const other of mentions) if (other.last > last && joined(last, other.first)) last = other.last;
  return { first, last };
}

const DEMANDS = new Set(['background', 'license', 'licensure', 'degree', 'credential']);

/** "therapy background", "clinical license": a generic phrase that holds the word of demand itself speaks of applicants. */
function ownsDemand({ hit, group, first, last }: Mention): boolean {
  return group !== null && hit.field.tokens.slice(first, last).some(({ word }) => DEMANDS.has(word));
}

/** "You are not a clinician in this job". */
function isDenied({ text }: Clause, { first }: Mention): boolean {
  return text.tokens.slice(Math.max(0, first - 2), first).some(({ word }) => word === 'not' || word === 'isnt' || word === 'arent');
}

/** Whether a phrase of exclusion speaks of this mention: it follows the list the mention stands in, or comes right before it. */
function excludes(clause: Clause, mention: Mention): boolean {
  const { segment, text, cues, mentions } = clause;
  if (mention.field || segment.section === 'duties') return false;
  const list = listAround(clause, mention, true);
  const isWork = namesBusiness(clause, mention) || isScope(clause, mention);
  if (text.tokens[list.first - 1]?.word === 'no' && list.first > clause.first) return !isWork && !cues.some(cue => isOf(cue, list.last));
  return cues.some(({ cue, first, last }) => {
    if (cue !== 'excluded') return false;
    if (last <= mention.first) {
      const between = text.tokens.slice(last, list.first);
      return between.length <= EXCLUDED_AFTER && !between.some(({ word }) => UNBOUND.has(word));
    }
    const nearer = mentions.some(
      other =>
        (other.first >= list.last && other.last <= first) ||
        (other.first >= last && other.first - last <= 2 && TRANSITIVE.has(text.tokens[last - 1]?.word ?? '')),
    );
    return first >= list.last && first - list.last < EXCLUSION && !nearer && !isWork;
  });
}

/** Last words of phrases of exclusion that speak of what follows: "not hiring COTAs". */
const TRANSITIVE = new Set([
  'for',
  'seeking',
  'hiring',
  'taking',
  'on',
  'accepting',
  'considering',
  'consider',
  'accept',
  'hire',
  'take',
  'recruiting',
]);

const LACKING = new Set(['without', 'not', 'lacking', 'unless', 'lack', 'non']);

/** "applicants without an OT or PT license cannot be considered": to shut out those who lack it is to demand it. */
function lacks({ text, first, cues }: Clause, list: { first: number }): boolean {
  const from = Math.max(first, list.first - 4);
  const excluding = (at: number) => cues.some(cue => cue.cue === 'excluded' && cue.first <= at && at < cue.last);
  return text.tokens.slice(from, list.first).some(({ word }, offset) => LACKING.has(word) && !excluding(from + offset));
}

/** Words after which a phrase of exclusion speaks of something else: "not looking for just any PT". */
const UNBOUND = new Set(['just', 'only', 'someone', 'anyone', 'but', 'who', 'any', 'required', 'preferred']);

/** "no PT license": what is missing is the licence, not the therapist. */
function isOf({ cue, first }: CueHit, last: number): boolean {
  return first >= last && first - last <= 1 && (cue === 'license' || cue === 'background' || cue === 'degree' || cue === 'required');
}

/** "an OT or PT (or assistant)": assistants named in the same breath as their therapists. */
function isBesideTherapist({ mentions, text }: Clause, mention: Mention, list: { first: number; last: number }): boolean {
  const joined = ['or', 'and'].includes(text.tokens[mention.first - 1]?.word ?? '');
  return (
    joined &&
    mentions.some(other => (other.names.length > 0 || other.group === 'therapist') && other.first >= list.first && other.last <= list.last)
  );
}

/** Whether the mention is only liked: the first word of demand or liking after it, else before it, is one of liking. */
function isLiked(clause: Clause, mention: Mention, list: { first: number; last: number }): boolean {
  const telling = clause.cues.filter(({ cue }) => cue === 'required' || cue === 'preferred');
  const after = telling.filter(({ first }) => first >= mention.last).sort((a, b) => a.first - b.first)[0];
  const before = telling.filter(({ last }) => last <= mention.first).sort((a, b) => b.last - a.last)[0];
  if (after?.cue === 'required') return false;
  if (after?.cue === 'preferred' && !isAboutSomethingElse(clause, Math.min(list.last, after.first - 1), after.first)) return true;
  const closed = before !== undefined && ((clause.text.tokens[before.last]?.sep ?? 0) & SEP.close) !== 0;
  if (before?.cue === 'preferred' && !closed && list.first - before.last <= 3 && before.first - clause.first <= 4) return true;
  if (before?.cue === 'preferred' && before.first - clause.first <= 2 && list.first - before.last <= NEAR && before.last - before.first > 1)
    return true;
  return clause.segment.section === 'preferred' && before?.cue !== 'required';
}

/** "OT or PT license, ATP preferred" and "therapist with review experience preferred": what is liked is something after the credential. */
function isAboutSomethingElse({ text, cues }: Clause, from: number, to: number): boolean {
  const between = text.tokens.slice(from, to).map(token => token.word);
  if (between.includes('with') || between.includes('and')) return true;
  if (text.tokens.slice(from + 1, to + 1).some(({ sep }) => (sep & SEP.open) !== 0)) return true;
  const held = cues.some(({ cue, first, last }) => (cue === 'license' || cue === 'degree') && first >= from && last < to);
  const comma = text.tokens.slice(from + 1, to + 1).some(({ sep }) => (sep & SEP.comma) !== 0);
  return comma && (held || between.length > 3);
}

/** Whether the mention speaks of colleagues, clients or services: a word of scope comes before it and no licence, degree or demand in between. */
function isScope(clause: Clause, mention: Mention): boolean {
  const employer = speaksOfEmployer(clause.segment.section);
  const before = clause.cues.filter(({ last }) => last <= mention.first);
  const asks = (cue: Cue) => cue === 'hiring' || (cue === 'hire' && employer);
  const whole = (cue: Cue) => asks(cue) || cue === 'degree' || cue === 'equivalent';
  const inside = (inner: CueHit) => before.some(outer => whole(outer.cue) && outer.first <= inner.first && inner.last <= outer.last);
  const scope = before
    .filter(cue => (cue.cue === 'scope' || (cue.cue === 'hire' && !employer)) && !inside(cue))
    .sort((a, b) => b.last - a.last)[0];
  if (!scope || mention.first - scope.last > SCOPE) return false;
  const binds = (cue: Cue) => cue === 'license' || cue === 'degree' || cue === 'background' || asks(cue);
  if (before.some(({ cue, first }) => first >= scope.last && binds(cue))) return false;
  return !clause.cues.some(
    ({ cue, first }) => first >= mention.last && first - mention.last <= (cue === 'license' ? 2 : cue === 'degree' ? 0 : -1),
  );
}

/** "instructors (PT, PTA, OT ...)", "our specialists - RN, PT or OT - review": a list right after the word for the holder of the job. */
function isRoleList({ text, cues }: Clause, list: { first: number; last: number }): boolean {
  const opened = ((text.tokens[list.first]?.sep ?? 0) & (SEP.open | SEP.dash | SEP.colon)) !== 0;
  const role = cues.find(({ cue, last }) => cue === 'role' && last === list.first);
  return role !== undefined && list.last - list.first > 2 && (opened || role.last - role.first > 1);
}

const GRADUATE = 7;
const GRADUATES = new Set(['graduate', 'graduated', 'graduation', 'degree', 'diploma', 'completion', 'completed', 'license', 'licensed']);

/** "physical therapy billing", "OT students": the profession is a field of business here. */
function namesBusiness(clause: Clause, mention: Mention): boolean {
  if (mention.names.length === 0) return false;
  const row = rowAround(clause, mention);
  const after = clause.cues.some(
    ({ cue, first, last }) => cue === 'scope-after' && first < row.last && last > row.last && last - row.last <= 3,
  );
  const before = clause.text.tokens.slice(Math.max(clause.first, row.first - GRADUATE), row.first);
  return after && !before.some(({ word }) => GRADUATES.has(word));
}

/** The row of credentials with nothing but "and" or "or" in between that a mention stands in: "PT, OT and SLP" in "PT, OT and SLP programs". */
function rowAround({ mentions, text }: Clause, mention: Mention): { first: number; last: number } {
  let { first, last } = mention;
  const joined = (from: number, to: number) => text.tokens.slice(from, to).every(({ word }) => word === 'or' || word === 'and');
  for (const other of [...mentions].reverse()) if (other.first < first && joined(other.last, first)) first = other.first;
  for (const other of mentions) if (other.last > last && joined(last, other.first)) last = other.last;
  return { first, last };
}

/** A short sentence without a verb that begins with its list of credentials, joined by "or" or followed by years. */
function isNominal(clause: Clause, mention: Mention, list: { first: number; last: number }, cues: readonly CueHit[]): boolean {
  if (mention.field || list.first - clause.first > NOMINAL_START || clause.last - clause.first > NOMINAL_WORDS) return false;
  const words = clause.text.tokens.slice(clause.first, clause.last).map(token => token.word);
  const inList = clause.text.tokens.slice(list.first, list.last).map(token => token.word);
  const telling = cues.some(({ cue }) => cue === 'license' || cue === 'degree' || cue === 'required');
  return (
    inList.includes('or') || telling || words.some(word => word === 'year' || word === 'yr') || words.length <= list.last - list.first + 4
  );
}
