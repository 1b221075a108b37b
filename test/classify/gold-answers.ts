import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { classify } from '../../src/classify/classify.ts';
import { type CompiledRules, defaultRules } from '../../src/classify/compile/compile.ts';
import { triageTitle } from '../../src/classify/triage-title.ts';
import { CLASSIFIER_VERSION } from '../../src/classify/version.ts';
import { readPostings, toClassifierInput } from '../../src/cli/_postings.ts';

// What the classifier answers about every gold posting, as digests, kept for one state of the rules and one CLASSIFIER_VERSION.
// node test/classify/gold-answers.ts renews the file; it refuses where the number has to be raised first.

const GOLD = fileURLToPath(new URL('../fixtures/gold/', import.meta.url));
const FILE = `${GOLD}answers.json`;
const RENEW = 'npm run renew:gold';

/** The parts of an answer, each with a digest of its own, in this order. */
const PARTS = ['relevance', 'paths', 'verdicts', 'facets', 'triage'] as const;

/** `postings` holds the digests of the parts, set apart by spaces, by the id of the posting. */
export type Answers = { classifier: number; rules: string; postings: Record<string, string> };

/** The answers of the rules and the code as they are now. */
export async function answersNow(rules: CompiledRules = defaultRules()): Promise<Answers> {
  const postings: Answers['postings'] = {};
  for await (const line of readPostings(`${GOLD}postings.jsonl`)) {
    const input = toClassifierInput(line);
    const { relevance, confidence, rule, evidence, paths, verdicts, facets, facetEvidence } = classify(input, rules);
    // The last digits of a floating-point number may differ between machines; nobody sees them.
    const sure = verdicts && Object.values(verdicts).map(of => [of.verdict, of.confidence?.toFixed(4), of.rule, of.evidence]);
    const answer = {
      relevance: [relevance, confidence.toFixed(4), rule, evidence],
      paths,
      verdicts: sure,
      facets: [facets, facetEvidence],
    };
    const parts = { ...answer, triage: triageTitle(input, rules) };
    postings[String(line.id)] = PARTS.map(part => digest(parts[part])).join(' ');
  }
  return { classifier: CLASSIFIER_VERSION, rules: rules.hash, postings };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

export function answersKept(): Answers {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Answers;
}

/** What is to be done about answers that differ from those kept, as one sentence for people; null when they are the same. */
export function complaint(kept: Answers, now: Answers): string | null {
  const moved = movedPostings(kept, now);
  if (now.classifier < kept.classifier) {
    return `CLASSIFIER_VERSION is ${now.classifier}, and was ${kept.classifier} already: it may only rise (src/classify/version.ts).`;
  }
  if (now.classifier === kept.classifier && now.rules === kept.rules) {
    if (moved.length === 0) return null;
    return `Code moved the answers about ${moved.length} gold postings under the same rules and CLASSIFIER_VERSION ${now.classifier}, so no stored posting would learn of it. Raise the number in src/classify/version.ts, then run \`${RENEW}\`. Moved: ${shown(moved)}.`;
  }
  return `The gold answers are kept for CLASSIFIER_VERSION ${kept.classifier} and rules ${kept.rules}, but these are ${now.classifier} and ${now.rules}. Look at what moved, then run \`${RENEW}\`. Moved: ${shown(moved)}.`;
}

/** Whether the kept answers may be replaced: not where the number has to be raised first. */
export function mayRenew(kept: Answers, now: Answers): boolean {
  return now.classifier > kept.classifier || (now.classifier === kept.classifier && now.rules !== kept.rules);
}

function movedPostings(kept: Answers, now: Answers): string[] {
  const ids = [...new Set([...Object.keys(kept.postings), ...Object.keys(now.postings)])];
  return ids.flatMap(id => {
    const [before, after] = [kept.postings[id], now.postings[id]];
    if (before === after) return [];
    if (before === undefined || after === undefined) return [`${id} (${before === undefined ? 'new' : 'not there any more'})`];
    const [old, fresh] = [before.split(' '), after.split(' ')];
    return [`${id} (${PARTS.filter((_, at) => old[at] !== fresh[at]).join(', ')})`];
  });
}

function shown(moved: string[]): string {
  if (moved.length === 0) return 'none';
  return moved.length > 20 ? `${moved.slice(0, 20).join(', ')} and ${moved.length - 20} more` : moved.join(', ');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kept, now] = [answersKept(), await answersNow()];
  const said = complaint(kept, now);
  if (said === null) console.log('The gold answers are as they are kept; nothing to renew.');
  else if (mayRenew(kept, now)) {
    writeFileSync(FILE, `${JSON.stringify(now, null, 1)}\n`);
    const moved = movedPostings(kept, now);
    console.log(`Kept for CLASSIFIER_VERSION ${now.classifier} and rules ${now.rules}. Moved: ${shown(moved)}.`);
  } else {
    console.error(said);
    process.exitCode = 1;
  }
}
