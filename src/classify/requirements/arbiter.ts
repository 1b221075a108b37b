import { z } from 'zod';
import { type Credential, VERDICTS, type Verdict } from '../../posting/taxonomy.ts';
import { evidenceOf } from '../../text/document.ts';
import type { VerdictOf } from '../classification.ts';
import type { PostingReading } from '../read-posting.ts';
import { head, perClass } from '../relevance/model.ts';
import { said, saidOfFields } from '../rule-mistakes.ts';
import { type Hearing, hear } from './hearing.ts';

/** What facts and words about a credential speak for, one number per verdict, learned from postings by which no rule was made. */
export type Arbiter = {
  /** So many words speak at their full weight; of more each speaks the lower. */
  readonly floor: number;
  readonly bias: Float64Array;
  readonly facts: ReadonlyMap<string, Float64Array>;
  readonly words: ReadonlyMap<string, Float64Array>;
};

const weights = perClass(VERDICTS);
const terms = z.record(z.string(), weights, said('terms, each with verdicts and numbers'));
const FLOOR = said('a whole number from 1 to 200');
export const arbiterFile = z
  .strictObject(
    { ...head, floor: z.int(FLOOR).min(1, FLOOR).max(200, FLOOR), bias: weights, facts: terms, words: terms },
    saidOfFields('arbiter.yaml', ['about', 'inputs', 'floor', 'bias', 'facts', 'words']),
  )
  .transform(
    ({ floor, bias, facts, words }): Arbiter => ({
      floor,
      bias,
      facts: new Map(Object.entries(facts)),
      words: new Map(Object.entries(words)),
    }),
  );

/** It has learned from texts of at least so many words, and knows nothing of what a shorter one leaves unsaid. */
const LEAST_WORDS = 40;

/**
 * Weighs the rules' answers once more together with the words around what is named. Rules err in wordings nobody thought of; how far each of
 * their answers is to be trusted, and which words speak against it, is learned. What is overruled is told by the words that did it.
 */
export function arbitrate(
  answers: Readonly<Record<Credential, VerdictOf>>,
  posting: PostingReading,
  arbiter: Arbiter,
): Record<Credential, VerdictOf> {
  if (posting.document.text.tokens.length < LEAST_WORDS) return answers;
  const judged = [...hear(posting, answers)].map(([credential, hearing]) => {
    const answer = answers[credential];
    const verdict = judge(answer.verdict, weigh(hearing, arbiter));
    return [credential, verdict === answer.verdict ? answer : overrule(answer, verdict, hearing, posting, arbiter)] as const;
  });
  return Object.fromEntries(judged) as Record<Credential, VerdictOf>;
}

/** The scores of the verdicts, in the order of VERDICTS. */
export function weigh({ facts, words }: Hearing, arbiter: Arbiter): Float64Array {
  const scores = Float64Array.from(arbiter.bias);
  for (const fact of facts) add(scores, arbiter.facts.get(fact), 1);
  const known = [...words.keys()].flatMap(word => arbiter.words.get(word) ?? []);
  const share = shareOf(known.length, arbiter.floor);
  for (const of of known) add(scores, of, share);
  return scores;
}

/** How loud each of so many known words speaks. */
export const shareOf = (words: number, floor: number): number => 1 / Math.sqrt(Math.max(1, words / floor));

function add(scores: Float64Array, weights: Float64Array | undefined, share: number): void {
  if (weights) for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] as number) + share * (weights[at] as number);
}

/** An answer of the rules is overruled when another is twice as likely; on sets left out that kept the most of what either reads right. */
const OVERRULING = Math.log(2);

/** The verdict that stands, by the scores of all in the order of VERDICTS. */
export function judge(said: Verdict, scores: Float64Array): Verdict {
  const best = scores.indexOf(Math.max(...scores));
  const ahead = (scores[best] as number) - (scores[VERDICTS.indexOf(said)] as number);
  return ahead > OVERRULING ? (VERDICTS[best] as Verdict) : said;
}

const MOST_SHOWN = 4;

/** The verdict with the words that speak most for it against the answer that is overruled. */
function overrule(answer: VerdictOf, verdict: Verdict, { words }: Hearing, { document }: PostingReading, arbiter: Arbiter): VerdictOf {
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
