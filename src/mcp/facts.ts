import { z } from 'zod';
import type { Certification, Facets } from '../classify/classification.ts';
import { quotesOf, quoteText, sourceOf } from '../feed/quote.ts';
import { payText } from '../feed/summary.ts';
import { STATE_NAMES } from '../posting/states.ts';
import type { PostingDetail } from '../store/feed/postings.ts';
import { short } from './inert.ts';

export const FACT = z.object({
  name: z.string(),
  value: z.string(),
  quotes: z.array(z.string()).describe('The words of the posting it was read from; none for what the board states in a field of its own'),
});

const plain = (value: string) => value.replaceAll('_', ' ');
const list = (values: readonly string[]) => values.slice(0, 30).join(', ');
const certificate = ({ name, need }: Certification) => `${name} (${need})`;

/** Each facet as people read it; what is not stated is null, and told nowhere. */
const TOLD: { readonly [N in keyof Facets]: { name: string; value(facet: NonNullable<Facets[N]>): string | null } } = {
  work_mode: { name: 'Where the work is', value: plain },
  pay: { name: 'Pay', value: payText },
  employment_type: { name: 'Employment', value: types => list(types.map(plain)) },
  min_years: { name: 'Years of experience asked', value: years => String(years) },
  caseload: { name: 'Caseload', value: carries => (carries ? 'carries a caseload of its own' : null) },
  certifications: { name: 'Certifications', value: all => list(all.map(certificate)) },
  patient_contact: { name: 'Patient contact', value: plain },
  travel_percent: { name: 'Travel', value: percent => `${percent}%` },
  states: { name: 'License or residence in', value: codes => list(codes.map(code => STATE_NAMES.get(code) ?? code)) },
  degree: { name: 'Degree asked', value: plain },
  lifting_pounds: { name: 'Lifting', value: pounds => `up to ${pounds} pounds` },
  seniority: { name: 'Level', value: plain },
};

/** The facts that a person decides by, each with the sentence it was read from. */
export function factsOf(posting: PostingDetail): z.infer<typeof FACT>[] {
  const facts = (Object.keys(TOLD) as (keyof Facets)[]).map(name => {
    const { evidence } = posting.tags.find(tag => tag.kind === 'facet' && tag.name === name) ?? { evidence: [] };
    const quotes = quotesOf(evidence, sourceOf(posting, posting.text), { most: 1 });
    return { ...told(posting.facets, name), quotes: quotes.map(quote => short(quoteText(quote), 200)) };
  });
  return facts.filter(({ value }) => value !== '');
}

function told<N extends keyof Facets>(facets: Partial<Facets>, name: N): { name: string; value: string } {
  const facet = facets[name];
  const row: { name: string; value(facet: NonNullable<Facets[N]>): string | null } = TOLD[name];
  return { name: row.name, value: facet === null || facet === undefined ? '' : short(row.value(facet) ?? '', 300) };
}
