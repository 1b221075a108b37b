import type { Credential } from '../../posting/taxonomy.ts';
import type { Linear } from '../../text/linear.ts';
import type { VerdictOf } from '../classification.ts';
import { type Begin, type Ear, weigherOf } from '../learned/ear.ts';
import type { PostingReading } from '../reading/posting.ts';
import { readTitle } from './mentions/title.ts';
import { type Gathered, gather } from './parts/gather.ts';
import type { RoleReader } from './roles/role.ts';
import { arbitrate } from './verdicts/arbiter.ts';
import { type Answer, decideVerdicts, verdictsOf } from './verdicts/decide.ts';
import { sentElsewhere } from './verdicts/elsewhere.ts';
import { hear } from './verdicts/hearing.ts';
import { readOtherwise } from './verdicts/otherwise.ts';

/** What was learned of who may apply. */
export type Learned = { readonly roles: RoleReader; readonly elsewhere: Linear; readonly arbiter: Linear };

/** The verdict on each credential with the rule and the words that decided it. */
export function readEligibility(posting: PostingReading, learned: Learned, findings: Gathered | null): Record<Credential, VerdictOf> {
  const { answers, hearings } = readAnswers(posting, learned, weigherOf(learned.arbiter), findings ?? undefined);
  return arbitrate(answers, hearings, posting);
}

/** How a sentence ends, and not with the dots of one that goes on. */
const FULL_STOP = /(?<!\.)[.!?]["')\]]*\s*$/;

/** What logic makes of a posting, and what the arbiter hears of it. */
export function readAnswers<E extends Ear>(
  posting: PostingReading,
  { roles, elsewhere }: Omit<Learned, 'arbiter'>,
  begin: Begin<E>,
  findings: Gathered = gather(posting, roles),
): { answers: Record<Credential, Answer>; hearings: Map<Credential, E> } {
  const { document, hits, input } = posting;
  const sent = sentElsewhere(posting, elsewhere);
  const titled = readTitle(posting);
  const extent = {
    truncated: input.truncated === true,
    unfinished: input.truncated === true && !FULL_STOP.test(document.text.raw),
    words: document.text.tokens.length,
    asks: hits.some(({ rule }) => 'signal' in rule.effect && rule.effect.signal === 'asks'),
    sent,
  };
  const answers = decideVerdicts(findings, titled, extent);
  const otherwise = readOtherwise(answers, findings.doubts, other => verdictsOf(other, titled, extent));
  return { answers, hearings: hear(posting, answers, otherwise, findings, titled, sent.length > 0, begin) };
}
