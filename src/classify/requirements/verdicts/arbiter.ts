import { type Credential, VERDICTS, type Verdict } from '../../../posting/taxonomy.ts';
import { evidenceOf } from '../../../text/document.ts';
import type { VerdictOf } from '../../classification.ts';
import { bestOf, type Hearing, type Linear, linearFile, weigh } from '../../learned/linear.ts';
import type { PostingReading } from '../../reading/posting.ts';

/** What facts and words about a credential speak for, learned from postings by which no rule was made. */
export const arbiterFile = linearFile('arbiter.yaml', VERDICTS);

/** It has learned from texts of at least so many words, and knows nothing of what a shorter one leaves unsaid. */
const LEAST_WORDS = 40;

/**
 * Weighs the rules' answers once more together with the words around what is named. Rules err in wordings nobody thought of; how far each of
 * their answers is to be trusted, and which words speak against it, is learned. What is overruled is told by the words that did it.
 */
export function arbitrate(
  answers: Readonly<Record<Credential, VerdictOf>>,
  hearings: ReadonlyMap<Credential, Hearing>,
  posting: PostingReading,
  arbiter: Linear,
): Record<Credential, VerdictOf> {
  if (posting.document.text.tokens.length < LEAST_WORDS) return answers;
  const judged = [...hearings].map(([credential, hearing]) => {
    const answer = answers[credential];
    const verdict = judge(answer.verdict, weigh(hearing, arbiter));
    return [credential, verdict === answer.verdict ? answer : overrule(answer, verdict, hearing, posting, arbiter)] as const;
  });
  return Object.fromEntries(judged) as Record<Credential, VerdictOf>;
}

/** An answer of the rules is overruled when another is three times as likely: on real postings the rules deserve more trust than on invented ones. */
const OVERRULING = Math.log(3);

/** The verdict that stands, by the scores of all in the order of VERDICTS. */
export function judge(said: Verdict, scores: Float64Array): Verdict {
  const best = bestOf(scores);
  const ahead = (scores[best] as number) - (scores[VERDICTS.indexOf(said)] as number);
  return ahead > OVERRULING ? (VERDICTS[best] as Verdict) : said;
}

const MOST_SHOWN = 4;

/** The verdict with the words that speak most for it against the answer that is overruled. */
function overrule(answer: VerdictOf, verdict: Verdict, { words }: Hearing, { document }: PostingReading, arbiter: Linear): VerdictOf {
  const [to, from] = [VERDICTS.indexOf(verdict), VERDICTS.indexOf(answer.verdict)];
  const speaking = [...words].flatMap(([term, at]) => {
    const of = arbiter.words.get(term);
    const says = of ? (of[to] as number) - (of[from] as number) : 0;
    return says > 0 ? [{ at, says }] : [];
  });
  speaking.sort((a, b) => b.says - a.says || a.at - b.at);
  const tokens = [...new Set(speaking.map(({ at }) => at))].slice(0, MOST_SHOWN);
  const shown = tokens.map(at => evidenceOf(document.text, at, at + 1));
  return { verdict, rule: 'arbiter', evidence: shown.length > 0 ? shown : answer.evidence };
}
