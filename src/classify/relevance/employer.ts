import { type Field, readLine } from '../../text/document.ts';
import type { ClassifierInput } from '../classification.ts';
import type { RuleHit, RuleMatch } from '../reading/hit.ts';

/** Who an employer is: its name, and its field where the registry says it. */
export type Employer = Pick<ClassifierInput, 'company' | 'domain'>;

/** The employer's name and field, and what rules say of them. */
export function readEmployer({ company, domain }: Employer, { match }: { readonly match: RuleMatch }): { field: Field; hits: RuleHit[] } {
  const field = readLine('title', [company, domain && `employer field: ${domain.replaceAll('-', '')}`].filter(Boolean).join(', '));
  return { field, hits: match(field).filter(hit => 'signal' in hit.rule.effect) };
}
