import { type Credential, MAY_APPLY, VERDICTS, type Verdict } from '../../../posting/taxonomy.ts';
import { evidenceOf } from '../../../text/document.ts';
import { chancesOf } from '../../../text/linear.ts';
import type { VerdictOf } from '../../classification.ts';
import type { Weigher } from '../../learned/ear.ts';
import { linearFile } from '../../learned/fitted-file.ts';
import type { PostingReading } from '../../reading/posting.ts';
import type { Answer } from './decide.ts';

/** What facts and words about a credential speak for, learned from postings by which no rule was made. */
export const arbiterFile = linearFile('arbiter.yaml', VERDICTS);

/** It has learned from texts of at least so many words, and knows nothing of what a shorter one leaves unsaid. */
const LEAST_WORDS = 40;

/**
 * Weighs the rules' answers once more together with the words around what is named. Rules err in wordings nobody thought of; how far each of
 * their answers is to be trusted, and which words speak against it, is learned. What is overruled is told by the words that did it, and what
 * stands by how likely it is.
 */
export function arbitrate(
  answers: Readonly<Record<Credential, Answer>>,
  hearings: ReadonlyMap<Credential, Weigher>,
  posting: PostingReading,
): Record<Credential, VerdictOf> {
  const overrules = posting.document.text.tokens.length >= LEAST_WORDS;
  const judged = [...hearings].map(([credential, heard]) => {
    const answer = answers[credential];
    const chances = chancesOf(heard.scores());
    const verdict = overrules ? judge(answer.verdict, chances) : answer.verdict;
    const stands = verdict === answer.verdict ? answer : overrule(answer, verdict, heard, posting);
    return [credential, { ...stands, confidence: surenessOf(verdict, chances) }] as const;
  });
  return Object.fromEntries(judged) as Record<Credential, VerdictOf>;
}

/** An answer of the rules is overruled when another is three times as likely: on real postings the rules deserve more trust than on invented ones. */
const OVERRULING = 3;
/** Those who are turned away by the rules are taken when it is likelier than not that they may apply, in whatever way. */
const TAKING = 0.5;

/** The verdict that stands, by the chances of all in the order of VERDICTS. */
export function judge(said: Verdict, chances: Float64Array): Verdict {
  const best = likeliest(VERDICTS, chances);
  if (chanceOf(best, chances) > OVERRULING * chanceOf(said, chances)) return best;
  return !MAY_APPLY.includes(said) && takingOf(chances) > TAKING ? likeliest(MAY_APPLY, chances) : said;
}

/** How likely it is that whether the holder may apply is answered rightly; null where the answer is that it is not told. */
function surenessOf(verdict: Verdict, chances: Float64Array): number | null {
  if (verdict === 'unknown') return null;
  return MAY_APPLY.includes(verdict) ? takingOf(chances) : 1 - takingOf(chances);
}

const takingOf = (chances: Float64Array): number => MAY_APPLY.reduce((sum, verdict) => sum + chanceOf(verdict, chances), 0);

function chanceOf(verdict: Verdict, chances: Float64Array): number {
  return chances[VERDICTS.indexOf(verdict)] as number;
}

function likeliest(verdicts: readonly Verdict[], chances: Float64Array): Verdict {
  return verdicts.reduce((best, verdict) => (chanceOf(verdict, chances) > chanceOf(best, chances) ? verdict : best));
}

const MOST_SHOWN = 4;

/** The verdict with the words that speak most for it against the answer that is overruled. */
function overrule(answer: Answer, verdict: Verdict, { words, tokens }: Weigher, { document }: PostingReading): Answer {
  const [to, from] = [VERDICTS.indexOf(verdict), VERDICTS.indexOf(answer.verdict)];
  const speaking = words.flatMap((weights, nth) => {
    const says = (weights[to] as number) - (weights[from] as number);
    return says > 0 ? [{ at: tokens[nth] as number, says }] : [];
  });
  speaking.sort((a, b) => b.says - a.says || a.at - b.at);
  const telling = [...new Set(speaking.map(({ at }) => at))].slice(0, MOST_SHOWN);
  const shown = telling.map(at => evidenceOf(document.text, at, at + 1));
  return { verdict, rule: 'arbiter', evidence: shown.length > 0 ? shown : answer.evidence };
}
