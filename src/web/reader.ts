import { CREDENTIAL_SPELLINGS, readerOf } from '../feed/spelling.ts';
import { CREDENTIALS, type Credential } from '../posting/taxonomy.ts';

const read = readerOf<Credential>(CREDENTIALS, CREDENTIAL_SPELLINGS);

/**
 * The credential that a link says its reader holds: `?credential=OTA`, in any spelling of the filter. Null for several and for what nobody knows:
 * a page that can do without it must not die of it.
 */
export function credentialOf(query: string): Credential | null {
  const given = new URLSearchParams(query).getAll('credential').flatMap(text => text.split(','));
  const known = new Set(given.map(read).filter(one => one !== null));
  return known.size === 1 ? [...known][0]! : null;
}
