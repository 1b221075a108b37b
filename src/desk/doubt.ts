import { classify } from '../classify/classify.ts';
import { doubtOf } from '../evaluation/doubt.ts';
import { classifierInput } from '../pipeline/classifier-input.ts';
import type { Reviewed } from '../store/tags/review.ts';

/** Why the answer about a stored posting may be wrong, in one sentence. Reads the posting again, which takes some milliseconds. */
export function doubtAbout(reviewed: Reviewed): string {
  const { relevance, confidence, paths, evidence, verdicts } = reviewed;
  return doubtOf({ relevance, confidence, path: paths[0] ?? null, evidence, verdicts }, classifierInput(reviewed), input =>
    classify(input),
  );
}
