import type { ClassifierInput } from '../classify/classification.ts';
import type { Posting } from '../posting/posting.ts';
import type { EmployerDomain } from '../posting/taxonomy.ts';

/** A posting with what is known of its employer beside it. */
export type Readable = { posting: Omit<Posting, 'html' | 'key'>; truncated: boolean; domain?: EmployerDomain | null };

/** What the classifier reads of a posting. */
export function classifierInput({ posting, truncated, domain }: Readable): ClassifierInput {
  return {
    title: posting.title,
    text: posting.text,
    company: posting.company,
    location: posting.places.map(place => place.raw).join('; ') || null,
    department: posting.department,
    domain,
    truncated,
    stated: { workMode: posting.workMode, pay: posting.pay, employmentTypes: posting.employmentTypes },
  };
}
