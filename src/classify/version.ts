/**
 * Raised by hand whenever code of the classifier answers anything differently: relevance, paths, verdicts, facets, evidence or the triage of titles.
 * Stored postings are brought up to a version, and only a higher number here tells them that code has moved; what moves in the rule files tells
 * itself. test/classify/gold-answers.test.ts fails when the answers about the gold set move without it.
 */
export const CLASSIFIER_VERSION = 15;

/** The version that stamps what was classified: the number of the code, and the hash of the rules. */
export function versionOf(rulesHash: string): string {
  return `${CLASSIFIER_VERSION}-${rulesHash}`;
}

/** The number of the code in a version; 0 in one from the time before there was any. */
export function codeNumberOf(version: string): number {
  const [number = ''] = /^\d+(?=-)/.exec(version) ?? [];
  return Number(number);
}
