import type { Credential } from '../../posting/taxonomy.ts';
import type { VerdictOf } from '../classification.ts';
import type { PostingReading } from '../read-posting.ts';
import { decideVerdicts } from './decide.ts';
import { gather } from './gather.ts';
import { readTitle } from './title.ts';

/** The verdict on each credential with the rule and the words that decided it. */
export function readEligibility(posting: PostingReading): Record<Credential, VerdictOf> {
  const { document, hits, input } = posting;
  const asks = hits.some(({ rule }) => 'signal' in rule.effect && rule.effect.signal === 'asks');
  return decideVerdicts(gather(posting), readTitle(posting), {
    truncated: input.truncated === true,
    words: document.text.tokens.length,
    asks,
    sentOn: hits.filter(({ rule }) => 'signal' in rule.effect && rule.effect.signal === 'deferred'),
  });
}
