import type { Credential } from '../posting/taxonomy.ts';

const KEEP = 'Many of these jobs ask for them, and keeping them is easier than getting them back.';

/** Three things to know for each credential before reading postings. */
export const CREDENTIAL_NOTES: Record<Credential, readonly [string, string, string]> = {
  OT: [
    `Keep your license and your NBCOT certification active. ${KEEP}`,
    '“Licensed clinician” and “licensed therapist” both cover you. “Registered nurse” does not, however much of the work is yours.',
    'A job that asks for a bachelor’s degree is open to your master’s or doctorate; one that asks for an MBA or an RN says so in its words.',
  ],
  OTA: [
    `Keep your license and your NBCOT certification active. ${KEEP}`,
    '“Licensed clinician” covers an assistant. “Licensed therapist” does not.',
    'A bachelor’s degree beside “COTA accepted” usually means one or the other. The posting’s words are shown, so you can judge.',
  ],
  PT: [
    `Keep your license active, in the state you live in at least. Many of these jobs ask for it, and keeping it is easier than getting it back.`,
    '“Licensed clinician” and “licensed therapist” both cover you. “Registered nurse” does not, however much of the work is yours.',
    'A “PT” in a title can mean part-time. What is counted here is what the posting says of physical therapists.',
  ],
  PTA: [
    `Keep your license or certification active. Many of these jobs ask for it, and keeping it is easier than getting it back.`,
    '“Licensed clinician” covers an assistant. “Licensed therapist” does not.',
    'A bachelor’s degree beside “PTA accepted” usually means one or the other. The posting’s words are shown, so you can judge.',
  ],
  SLP: [
    `Keep your license and your CCC active. ${KEEP}`,
    '“ST” and “speech therapist” mean you, and “licensed therapist” covers you. A list of “OT or PT” does not.',
    'Postings for rehab jobs often forget SLPs rather than refuse them. Where one says nothing, it is counted as “Not stated”, and a short email may settle it.',
  ],
};
