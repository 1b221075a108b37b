import type { Classification } from '../classify/classification.ts';
import { classify } from '../classify/classify.ts';
import type { Seen } from '../crawlers/visit/visit-board.ts';
import { contentHash, postingId } from '../posting/identity.ts';
import type { Posting } from '../posting/posting.ts';
import type { EmployerDomain } from '../posting/taxonomy.ts';
import { duringCall } from '../telemetry/operations.ts';
import { classifierInput, type Readable } from './classifier-input.ts';
import { normalise } from './normalise.ts';
import { type NotUnderstood, notUnderstood } from './not-understood.ts';

/** A posting on its way into the store. */
export type Prepared = {
  id: string;
  posting: Posting;
  seen: Seen;
  contentHash: string;
  /** False when the board showed no body, or only a teaser of it. */
  hasBody: boolean;
  notUnderstood: NotUnderstood;
  /** Null when triage dropped it: nothing but its title was read. */
  classification: Classification | null;
};

/** `domain` is the employer's field and `country` the one it hires in, where the registry says them. */
export type SourceFacts = {
  slug: string;
  company: string | null;
  system: string;
  domain?: EmployerDomain | null;
  country?: string | null;
};

/** The way of one posting through the pipeline, in order. Pure: the same answer twice gives the same rows twice. */
export function prepare(seen: Seen, source: SourceFacts): Prepared {
  const { company, system, country } = source;
  const posting = normalise(seen.raw, { fetchedAt: seen.fetchedAt, company, system, country });
  const hasBody = posting.text.length > 0;
  return {
    id: postingId(source.slug, posting.key),
    posting,
    seen,
    contentHash: contentHash(posting),
    hasBody,
    notUnderstood: notUnderstood(seen.raw),
    classification: seen.as === 'dropped' ? null : classifyPosting({ posting, truncated: !hasBody, domain: source.domain }),
  };
}

/** Classifies a normalised posting; the evidence points into its title and text as they are stored. */
export function classifyPosting(readable: Readable): Classification {
  return duringCall('classify', {}, () => classify(classifierInput(readable)));
}
