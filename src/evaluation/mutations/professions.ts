import type { Credential } from '../../posting/taxonomy.ts';

/** The professions as postings name them. Of its own, and not the classifier's words: a measure must not lean on what it measures. */
export const PROFESSIONS: Readonly<Record<Credential, { letters: string; name: string }>> = {
  OT: { letters: 'OT', name: 'occupational therapist' },
  OTA: { letters: 'COTA', name: 'occupational therapy assistant' },
  PT: { letters: 'PT', name: 'physical therapist' },
  PTA: { letters: 'PTA', name: 'physical therapist assistant' },
  SLP: { letters: 'SLP', name: 'speech-language pathologist' },
};

const LETTERS = 'OTR/L|OTR|COTA/L|COTA|OTA|OT|PTA|PT|CCC-SLP|SLP';
const NAMES =
  'occupational therapy assistant|physical therapist assistant|occupational therapist|physical therapist|speech-language pathologist|speech therapist';
const OTHERS = 'RN|LPN|LVN|LCSW|LMSW|SW|RD|RT|ATC|AT|ST';
const MEMBER = `(?:${LETTERS}|${NAMES}|${OTHERS})s?`;
const JOINER = '(?:, (?:or |and )?| or | and |/)';

/** Any word that could speak of a therapy profession, or of clinicians as a whole: what must not stand where a change has to be sure. */
export const SPEAKS_OF_THERAPY = new RegExp(
  [
    String.raw`\b(?:occupational|physical|speech)\b(?=[ ,/&-]*(?:therap|patholog|language|and\b|or\b|,))`,
    String.raw`\brehab\w*[ ,]+(?:professional|clinician|background|degree|licen[cs]e|specialist|discipline)`,
    String.raw`\b(?:therap|patholog|physiother|clinician|allied health|assistants?\b|health ?care professional|licensed professional)`,
    String.raw`\bclinical (?:background|degree|licen[cs]e)`,
    String.raw`\b(?:COTA|OTA|OTR|OT|PTA|PT|DPT|SLP|ST|CCC)s?\b`,
  ].join('|'),
  'i',
);

/** A person of some profession, in a title. */
export const NAMES_SOMEBODY =
  /\b(?:therapists?|pathologists?|assistants?|clinicians?|nurses?|professionals?|RN|LPN|COTA|OTA|OTR|OT|PTA|PT|DPT|SLP|ST)\b/i;

/** Words by which a line speaks to or of whoever applies. */
export const SPEAKS_OF_APPLICANT =
  /\b(?:you|your|you're|applicants?|candidates?|ideal\w*|looking for|seek\w*|hiring|join|open to|welcome\w*|consider\w*|experience\w*|years?|eligible|apply|as an?|need|who)\b/i;

/** A line that asks for something of the applicant. */
export const ASKS = /\b(?:licen[cs]\w*|requir\w*|must|degree|certified|registered|credential\w*|qualif\w*|prefer\w*|background)\b/i;

/** The lists of professions in a text: two or more members and their joiners, from the first member to the last. */
export function professionLists(text: string): { start: number; end: number; members: string[]; joiners: string[] }[] {
  const list = new RegExp(`(?<![\\w/-])${MEMBER}(?:${JOINER}${MEMBER})+(?![\\w/-])`, 'gi');
  return [...text.matchAll(list)].flatMap(found => {
    const start = found.index;
    const end = start + found[0].length;
    const members = found[0].split(new RegExp(JOINER));
    // Only whole lists in capitals or small letters throughout; a neighbor that also belongs would make it a part of one.
    const whole =
      members.every(isMember) &&
      !/(?:[,/(]|\bor|\band)\s*$/.test(text.slice(0, start)) &&
      !/^\s*(?:[,/)]|or\b|and\b|assistant|aide|student)/i.test(text.slice(end));
    return whole ? [{ start, end, members, joiners: found[0].match(new RegExp(JOINER, 'g')) ?? [] }] : [];
  });
}

function isMember(text: string): boolean {
  return new RegExp(`^(?:(?:${LETTERS}|${OTHERS})s?|(?:${NAMES})s?)$`).test(text.replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase()));
}

/** The credential a member names; undefined for other professions. */
export function credentialOf(member: string): Credential | undefined {
  const plain = member.toLowerCase().replace(/s$/, '').replace(/\/l$/, '');
  const written: Record<string, Credential> = {
    ot: 'OT',
    otr: 'OT',
    ota: 'OTA',
    cota: 'OTA',
    pt: 'PT',
    pta: 'PTA',
    slp: 'SLP',
    'ccc-slp': 'SLP',
    'speech therapist': 'SLP',
  };
  for (const [credential, { name }] of Object.entries(PROFESSIONS)) written[name] = credential as Credential;
  return written[plain];
}
