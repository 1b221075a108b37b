import { askable, parseQuery } from '../feed/filter.ts';
import type { Credential, Verdict } from '../posting/taxonomy.ts';
import { feedPage, type PostingDetail } from '../store/feed/postings.ts';
import type { Web } from './context.ts';

/** Postings of an employer that are looked at; no more are needed for a hint. */
const LOOKED_AT = 50;

/** What an employer's other open postings say of a credential: how many say what, and the filter that shows them. */
export type EmployerAnswers = { company: string; query: string; others: number; told: ReadonlyMap<Verdict, number> };

/** A hint for a posting that leaves open whether it takes the reader; null for any other, and where the employer has no others. */
export async function employerAnswers({ db }: Web, posting: PostingDetail, credential: Credential | null): Promise<EmployerAnswers | null> {
  const { id, company, verdicts } = posting;
  if (!credential || verdicts?.[credential].verdict !== 'unknown' || !company || !askable('company', company)) return null;
  const query = `company=${encodeURIComponent(company.toLowerCase())}&include=barred`;
  const { items } = await feedPage(db, { ...parseQuery(query), limit: LOOKED_AT + 1 }, {});
  const others = items.filter(other => other.id !== id && other.verdicts !== null).slice(0, LOOKED_AT);
  if (others.length === 0) return null;
  const groups = Map.groupBy(others, other => other.verdicts![credential].verdict);
  return { company, query, others: others.length, told: new Map([...groups].map(([verdict, list]) => [verdict, list.length])) };
}
