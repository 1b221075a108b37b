import { SEP } from '../../text/lexer.ts';
import type { Cue, Force } from '../rule.ts';
import type { RuleHit } from '../rules.ts';
import { type Deciding, forceOver, type Statement } from '../statements.ts';
import { governorOf } from './governor.ts';
import { isCrowd, type Mention } from './mention.ts';
import type { CueHit, Row } from './row.ts';

/** Words that, right after a row, make it something an applicant has. */
const BINDERS: ReadonlySet<Cue> = new Set(['license', 'study', 'background', 'only']);
/** What the applicant is may stand this deep in a clause without a word that governs it: an article and a few adjectives before it. */
const OPENING = 6;
/** A row of two or more that begins a clause of about its own length is the whole demand: "RN, PT or OT with CCM." */
const BARE_REST = 26;

export type Asked = { readonly asked: boolean; readonly deciding: Deciding | null; readonly governor: Cue | null };

/**
 * What a sentence does with a row: whether it speaks of the applicant at all, and the word of force that decides. A field that is
 * no profession of ours is asked for only where a license or past work is: "licensed in a clinical discipline", not "healthcare".
 */
export function readAsked(row: Row, cues: readonly CueHit[], heading: Cue | null): Asked {
  const deciding = forceOver(row.statement, row.first, row.last);
  const own = governorOf(row, cues);
  const governor = own ?? heading;
  const asked = row.mentions.every(isForeignField)
    ? isSchooled(own, row, deciding?.force ?? null) || isSchooled(binderOf(row, cues), row, null)
    : isAsked(row, cues, governor, deciding);
  return { asked: asked && !isBusiness(row, cues, governor), deciding, governor };
}

/** What is known of a row before it is asked whose it is. */
type Seen = {
  readonly bound: boolean;
  readonly forced: boolean /** The word of force says something of the row itself. */;
  readonly said: boolean;
};

function isAsked(row: Row, cues: readonly CueHit[], governor: Cue | null, deciding: Deciding | null): boolean {
  const forced = deciding?.hit != null && deciding.force !== 'told' && isNear(row, deciding, cues);
  const seen: Seen = { bound: isBound(row, cues) || isReferred(row, cues, forced), forced, said: forced && isPredicate(row, deciding) };
  if (governor === 'role') return true;
  // A board or a school is named for its license, whoever gives it.
  if (row.mentions.every(({ item }) => item === 'board')) return asksHere(row.statement) || forced || seen.bound || isSought(row, cues);
  if (isAround(row.statement)) return seen.said;
  return governor === null ? isAskedByPlace(row, cues, seen) : isAskedBy(governor, row, cues, seen, deciding);
}

/** Whether the word before a row makes it the applicant's. */
function isAskedBy(governor: Cue, row: Row, cues: readonly CueHit[], { bound, forced, said }: Seen, deciding: Deciding | null): boolean {
  const { subject, subjectTold, segment } = row.statement;
  if (governor === 'others') return bound || (forced && deciding !== null && (isSaidOf(row, deciding) || isHeldBy(row, deciding)));
  if (governor === 'hire')
    return (forced && deciding !== null && isSaidOf(row, deciding)) || (subject === 'employer' && segment.section !== 'duties');
  if (!BRINGS_FIELDS.has(governor) && row.mentions.every(({ field }) => field))
    return bound || (forced && deciding?.force === 'wished' && (governor === 'seek' || governor === 'hold'));
  if (governor === 'is') return bound || forced || (subjectTold && (subject === 'applicant' || subject === 'job'));
  if (governor === 'have') return bound || said || (asksHere(row.statement) && opens(row) && !speaksOfOthers(row.statement));
  if (governor !== 'seek' && speaksOfOthers(row.statement)) return bound || forced || isSought(row, cues);
  return true;
}

/** Whether a row that no word governs is the applicant's by where it stands and by what follows. */
function isAskedByPlace(row: Row, cues: readonly CueHit[], { bound, forced, said }: Seen): boolean {
  const { statement, mentions, first, last } = row;
  if (bound || said) return true;
  if (speaksOfOthers(statement)) return false;
  // "Licensed clinicians of any discipline read records": who is named so widely is who may apply.
  if (cues.some(({ cue, first: at }) => cue === 'equivalent' && at >= last && at - last <= 1)) return true;
  if (isActing(row, cues)) return false;
  const leads = first <= statement.first + 1;
  if (mentions.every(isFieldOnly)) return forced || (asksHere(statement) && mentions.length > 1 && leads);
  const crowd = mentions.every(mention => mention.names.length === 0 && isCrowd(mention));
  if (asksHere(statement)) return forced || (opens(row) && !(crowd && (!leads || isTold(row))));
  return forced ? !crowd : isBare(row, cues);
}

/** Words before a bare field of study or work that make it the applicant's; one may be sought or seen for a field that is the team's. */
const BRINGS_FIELDS: ReadonlySet<Cue> = new Set(['license', 'licensed', 'study', 'work']);

/** "You hold the same license they do": those told before, where it is said that the applicant is one. */
function isReferred({ first, last, statement }: Row, cues: readonly CueHit[], forced: boolean): boolean {
  const told = forced || (statement.subjectTold && statement.subject === 'applicant');
  return told && cues.some(cue => cue.cue === 'same' && cue.first === first && cue.last === last);
}

/** Whether a word of force is written around the row: "we call the OTs first". */
function isHeldBy({ first, last }: Row, { hit }: Deciding): boolean {
  return hit !== null && hit.first <= first && last <= hit.last && hit.last - hit.first > last - first;
}

/** Whether somebody is sought anywhere before the row in its clause: "we want someone with two years as an OT". */
function isSought({ first, statement }: Row, cues: readonly CueHit[]): boolean {
  const clause = statement.parent ?? statement;
  return cues.some(
    ({ cue, first: at, last }) =>
      (cue === 'seek' || cue === 'hire' || cue === 'hold' || cue === 'license') && at >= clause.first && last <= first,
  );
}

/** Whether people who are spoken of as somebody else's are then let in, shut out or liked: "for OTs, who are welcome". */
function isSaidOf({ last }: Row, { force, hit }: Deciding): boolean {
  return (force === 'let-in' || force === 'shut-out') && hit !== null && hit.first >= last && hit.first - last <= OPENING;
}

function isForeignField({ field, names }: Mention): boolean {
  return field && names.length === 0;
}

/** Whether a license or past work in a field is asked for. */
function isSchooled(cue: Cue | null, { mentions }: Row, force: Force | null): boolean {
  const ours = cue === 'license' || cue === 'licensed' || cue === 'background';
  // Work in a health profession is liked, and no license where it is demanded.
  if (cue === 'work') return force === 'wished' && mentions.some(({ item }) => item === 'clinical-field');
  return ours && mentions.some(({ item }) => item !== 'other-field' && item !== 'any-field' && item !== 'health-field');
}

/** The word right after a row that makes it the applicant's. */
function binderOf({ last, statement }: Row, cues: readonly CueHit[]): Cue | null {
  const near = cues.find(({ cue, first }) => BINDERS.has(cue) && first >= last && first - last <= 1 && !breaks(statement, last, first));
  return near?.cue ?? null;
}

/** Fields of study alone, with no person among them. */
function isFieldOnly({ field, item }: Mention): boolean {
  return field && item !== 'clinical-field';
}

/** Whether the row is followed by a word that makes it the applicant's: "PT license", "RN background", "PTs only". */
function isBound(row: Row, cues: readonly CueHit[]): boolean {
  // A phrase for people may hold the word itself: "therapy background".
  const own = (cue: CueHit) => row.mentions.some(({ item, first, last: end }) => item !== null && cue.first >= first && cue.last <= end);
  if (cues.some(cue => BINDERS.has(cue.cue) && own(cue))) return true;
  const alone = cues.some(({ cue, last }) => cue === 'only' && row.first - last >= 0 && row.first - last <= 1);
  const licensed = cues.some(({ cue, first }) => cue === 'licensed' && first === row.last && !breaks(row.statement, row.last, first));
  return alone || licensed || binderOf(row, cues) !== null;
}

function breaks({ field }: Statement, from: number, to: number): boolean {
  return field.tokens.slice(from, to + 1).some(({ sep }) => (sep & (SEP.comma | SEP.open | SEP.close | SEP.semicolon)) !== 0);
}

/** "physical therapy billing", "OT students": a field of business; but "graduate of a PT program" speaks of schooling. */
function isBusiness({ last: end, statement }: Row, cues: readonly CueHit[], governor: Cue | null): boolean {
  if (governor === 'study') return false;
  const last = afterLetters(statement, end);
  return cues.some(
    ({ cue, first }) => cue === 'business' && first === last && first < endOf(statement) && (last > end || !breaks(statement, last, first)),
  );
}

/** Behind the bracket with its letters that may follow a name: "Occupational Therapy (OT) team". */
function afterLetters({ field: { tokens } }: Statement, last: number): number {
  const opens = ((tokens[last]?.sep ?? 0) & SEP.open) !== 0;
  const closes = ((tokens[last + 1]?.sep ?? 0) & SEP.close) !== 0;
  return opens && closes ? last + 1 : last;
}

/** Where the clause around a statement ends. */
function endOf(statement: Statement): number {
  return (statement.parent ?? statement).last;
}

/** "A nurse interviews you": the row is what the sentence speaks of, and does something. */
function isActing({ first, last, statement }: Row, cues: readonly CueHit[]): boolean {
  // Whoever opens a clause that comes to the applicant afterwards is somebody else.
  const comesToYou = ({ rule, first: at }: RuleHit) =>
    'subject' in rule.effect && rule.effect.subject === 'applicant' && at > last && at - last <= OPENING && !breaks(statement, last, at);
  if (first - statement.first <= 1 && statement.hits.some(comesToYou)) return true;
  return cues.some(({ cue, first }) => cue === 'acts' && first === last && first < endOf(statement) && !breaks(statement, last, first));
}

/** Whether the word of force says something about the row itself: it follows, and no verb stands between. */
function isPredicate({ first, last, statement }: Row, deciding: Deciding | null): boolean {
  if (!deciding?.hit) return false;
  const { hit } = deciding;
  if (hit.first < last && hit.last > first) return true;
  if (hit.first >= last) return true;
  return deciding.force !== 'demanded' && first - hit.last <= OPENING && hit.segment === statement.segment;
}

/** Whether no word that governs stands between the word of force and the row it precedes. */
function isNear({ first, last }: Row, { hit }: Deciding, cues: readonly CueHit[]): boolean {
  if (!hit) return false;
  if (hit.last > first) return true;
  const held = (from: number, to: number) => cues.some(({ cue, first: at, last: end }) => cue === 'hold' && at < from && to <= end);
  return (
    !cues.some(({ cue, first: from, last: to }) => cue === 'others' && from >= hit.last && to <= first && !held(from, to)) && last >= first
  );
}

const NOT_OURS: ReadonlySet<string> = new Set(['employer', 'team', 'customer', 'perk', 'law', 'post']);

/** Told to speak of those around, whatever they hold: "candidates we recruit must hold a license". */
function isAround({ subject, subjectTold }: Statement): boolean {
  return subjectTold && subject !== 'employer' && NOT_OURS.has(subject);
}

function speaksOfOthers({ subject, subjectTold }: Statement): boolean {
  return subjectTold && NOT_OURS.has(subject);
}

function asksHere({ segment: { section } }: Statement): boolean {
  return section === 'requirements' || section === 'preferred';
}

function opens({ first, statement }: Row): boolean {
  return first - statement.first <= OPENING;
}

/** A crowd that a sentence goes on about: "Clinicians who come from the bedside find it easy". */
function isTold({ last, statement }: Row): boolean {
  return statement.segment.kind === 'sentence' && endOf(statement) - last > OPENING;
}

/** A clause without a verb that begins with its row: the row is the demand. */
function isBare({ mentions, first, last, statement }: Row, cues: readonly CueHit[]): boolean {
  if (mentions.every(({ field }) => field) || first - statement.first > 2 || statement.last - last > BARE_REST) return false;
  const joined = cues.some(cue => cue.cue === 'or' && cue.first >= first && cue.first <= last + 1);
  const one = first === statement.first && !mentions.some(isCrowd) && cues.some(({ cue, first: at }) => cue === 'barrier' && at === last);
  // "A licensed clinician in any discipline": who is called licensed is an ad.
  const licensed =
    first - statement.first <= 1 && cues.some(({ cue, first: at }) => cue === 'licensed' && at === first) && !mentions.some(isCrowd);
  // A clause that is its row and no more is an ad; set between dashes, only where "or" shows that each will do.
  const whole = statement.first === statement.segment.first && statement.last - statement.first <= last - first + 4;
  return joined || one || licensed || whole;
}
