import { CONTACTS } from '../feed/fields.ts';
import { BEST_FIRST, CREDENTIAL_NAMES, CREDENTIAL_SHORT, VERDICT_WORDS } from '../feed/verdict-words.ts';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../posting/posting.ts';
import { CREDENTIALS, MAY_APPLY, PATH_SLUGS, PATHS, roleName } from '../posting/taxonomy.ts';

/** Every code that answers and filters use, with the words people read for it. */
export function taxonomyView() {
  return {
    credentials: CREDENTIALS.map(code => ({ code, short: CREDENTIAL_SHORT[code], name: CREDENTIAL_NAMES[code] })),
    verdicts: BEST_FIRST.map(code => ({ code, ...VERDICT_WORDS[code], may_apply: MAY_APPLY.includes(code) })),
    paths: PATH_SLUGS.map(code => ({
      code,
      name: PATHS[code].name,
      roles: PATHS[code].roles.map(role => ({ code: role, name: roleName(role) })),
    })),
    work_modes: [...WORK_MODES],
    employment_types: [...EMPLOYMENT_TYPES],
    patient_contact: [...CONTACTS],
  };
}
