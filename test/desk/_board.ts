import type { Answering } from '../support/boards.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

/** A Lever board, with a tag that is another one for other postings, of the postings with these numbers, or with so many from 0 on. */
export function leverBoard(site: string, numbers: number | readonly number[]): Answering {
  return () => ({
    headers: { etag: `"${numbers}"` },
    json: (typeof numbers === 'number' ? upTo(numbers) : numbers).map(n => ({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      text: `Utilization Review Therapist ${n}`,
      descriptionPlain:
        'You review therapy requests for medical necessity. No patient care.\n\nRequirements\n- OT, PT or assistant license',
      categories: { location: 'Chicago, IL' },
      country: 'US',
      createdAt: 1_795_000_000_000,
      hostedUrl: `https://jobs.lever.co/${site}/00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    })),
  });
}
