import { isVerdictUnsure, type SaidVerdict } from '../posting/sureness.ts';
import { CREDENTIALS, type Credential, MAY_APPLY, type Verdict } from '../posting/taxonomy.ts';

/** What people call a credential; addresses and the API keep its code. */
export const CREDENTIAL_SHORT: Record<Credential, string> = { OT: 'OT', OTA: 'COTA', PT: 'PT', PTA: 'PTA', SLP: 'SLP' };

export const CREDENTIAL_NAMES: Record<Credential, string> = {
  OT: 'Occupational therapist',
  OTA: 'Occupational therapy assistant',
  PT: 'Physical therapist',
  PTA: 'Physical therapist assistant',
  SLP: 'Speech-language pathologist',
};

/** With its article: `a COTA`, `an OT`, `an SLP`. */
export function aCredential(credential: Credential): string {
  return `${credential === 'OT' || credential === 'SLP' ? 'an' : 'a'} ${CREDENTIAL_SHORT[credential]}`;
}

/**
 * The words for a verdict, the same on every surface: `label` in tags, lists and filters, `sign` where there are no icons, `means` as its
 * explanation.
 */
export const VERDICT_WORDS: Record<Verdict, { label: string; sign: string; means: string }> = {
  named: { label: 'Yes', sign: '✓', means: 'The posting lists this credential as required or accepted.' },
  implied: { label: 'Included', sign: '✓', means: 'A general phrase of the posting includes it, such as “licensed clinician”.' },
  open: { label: 'No license needed', sign: '○', means: 'No license is asked for: what you can do counts.' },
  preferred: { label: 'A plus', sign: '+', means: 'They’d like it, but it isn’t required.' },
  unknown: { label: 'Not stated', sign: '?', means: 'The posting doesn’t say.' },
  barred: { label: 'No', sign: '✕', means: 'The posting asks for a license or degree that this credential doesn’t carry.' },
};

/** The same where it is not sure. What is not stated cannot be unsure. */
const PROBABLY: Record<Verdict, string> = {
  named: 'Probably yes',
  implied: 'Probably included',
  open: 'Probably no license needed',
  preferred: 'Probably a plus',
  unknown: VERDICT_WORDS.unknown.label,
  barred: 'Probably not',
};

/** What an unsure verdict asks of its reader. */
const READ_IT = 'Read the posting to be sure.';

/** The word for a verdict as it is told of a posting: one that is not sure says so. */
export function verdictLabel(said: SaidVerdict): string {
  return isVerdictUnsure(said) ? PROBABLY[said.verdict] : VERDICT_WORDS[said.verdict].label;
}

/** Best first, as lists and mails group them. */
export const BEST_FIRST: readonly Verdict[] = ['named', 'implied', 'open', 'preferred', 'unknown', 'barred'];

/** The verdict of a posting for one credential in a sentence, as the head of its page says it. `demanded` says whom it takes instead, if it says so. */
export function verdictSentence(said: SaidVerdict, credential: Credential, demanded: string | null = null): string {
  if (isVerdictUnsure(said)) return `${verdictLabel(said)}. ${READ_IT}`;
  const { verdict } = said;
  const [short, a] = [CREDENTIAL_SHORT[credential], aCredential(credential)];
  switch (verdict) {
    case 'named':
      return `Yes. ${short} is on the list.`;
    case 'implied':
      return `Included. The wording covers ${a}.`;
    case 'open':
      return 'No license needed. Your experience counts.';
    case 'preferred':
      return `A plus. They’d like ${a}, but it isn’t required.`;
    case 'unknown':
      return 'Not stated. The posting doesn’t name a license.';
    case 'barred':
      return demanded
        ? `No. ${demanded.charAt(0).toUpperCase()}${demanded.slice(1)}.`
        : `No. It asks for a license or degree ${a} doesn’t have.`;
  }
}

/** Credentials that are told the same: `label` is the word, `told` all of it. */
export type VerdictGroup = { verdict: Verdict; label: string; credentials: Credential[]; told: string };

/** Credentials by what they are told, best and surest first, as one line tells them: `Yes: OT · Probably yes: COTA · No: SLP`. All five alike are `all five`. */
export function verdictGroups(verdicts: Readonly<Record<Credential, SaidVerdict>>): VerdictGroup[] {
  return BEST_FIRST.flatMap(verdict => {
    const credentials = CREDENTIALS.filter(credential => verdicts[credential].verdict === verdict);
    const sure = credentials.filter(credential => !isVerdictUnsure(verdicts[credential]));
    const unsure = credentials.filter(credential => isVerdictUnsure(verdicts[credential]));
    return [sure, unsure].flatMap(alike => {
      if (!alike[0]) return [];
      const label = verdictLabel(verdicts[alike[0]]);
      return [{ verdict, label, credentials: alike, told: verdictText(label, alike) }];
    });
  });
}

/** The word for a verdict with its credentials: `Yes: OT, COTA`. All five are `all five`. */
export function verdictText(label: string, credentials: readonly Credential[]): string {
  const who = credentials.length === CREDENTIALS.length ? 'all five' : credentials.map(one => CREDENTIAL_SHORT[one]).join(', ');
  return `${label}: ${who}`;
}

/** Whether a holder of the credential may apply. */
export function takes(verdicts: Readonly<Record<Credential, { verdict: Verdict }>>, credential: Credential): boolean {
  return MAY_APPLY.includes(verdicts[credential].verdict);
}
