import { CREDENTIAL_SHORT } from '../feed/verdict-words.ts';
import type { Credential } from '../posting/taxonomy.ts';

/** The page of a credential: `/for/cota`. */
export function forAddress(credential: Credential): string {
  return `/for/${CREDENTIAL_SHORT[credential].toLowerCase()}`;
}
