import type { Facets } from '../classification.ts';
import { type Finding, type Piece, type Reading, spot } from './reading.ts';

type Contact = NonNullable<Facets['patient_contact']>;

/** Contact → wordings, the least contact first: a plain "no patient care" beats whatever else the duties mention. */
const WORDINGS: readonly (readonly [Contact, readonly RegExp[]])[] = [
  [
    'none',
    [
      /\b(?:no|without|zero|not involve|does not (?:involve|include|provide|require)|doesn['’]t (?:involve|include)|do not provide|will not (?:provide|have)) (?:any )?(?:direct |hands-on |face-to-face )?(?:patient|client) (?:care|contact|treatment|interaction)\b/i,
      /\bno (?:direct |hands-on )?(?:patients?|clients?|patient or client) (?:care|contact|treatment|interaction|visits?)\b|\bno (?:direct |hands-on |face-to-face )?(?:contact|interaction) with (?:patients|clients)\b|\bnot a (?:patient|client)[- ](?:facing|care)\b/i,
      /\bnon[- ]?(?:clinical|patient[- ]facing|direct care)[- ](?:role|position|job|opportunity|work|setting|career)\b|\baway from (?:the )?(?:bedside|direct patient care|patient care)\b|\bnon[- ]patient[- ]facing\b/i,
    ],
  ],
  [
    'daily',
    [
      /\b(?:provid(?:e|es|ing)|deliver(?:s|ing)?|perform(?:s|ing)?|give[sn]?) (?:[\w-]+ ){0,3}(?:direct (?:patient )?care|patient care|hands-on care|bedside care)\b/i,
      /\b(?:evaluat\w+ and treat\w*|assess(?:es)? and treat\w*|treats? (?:\w+ ){0,2}(?:patients|clients|residents|children)|full caseload|caseload of \d{1,3}|see(?:s|ing)? (?:\d{1,2}[\s–-]){1,2}(?:patients|clients|kids|children))\b/i,
      /\bdaily (?:patient|client) (?:contact|care|interaction)\b|\bdirect (?:patient|client) contact daily\b/i,
    ],
  ],
  [
    'some',
    [
      /\b(?:small|partial|reduced|limited|light|modified) (?:\w+ )?caseload\b|\b\d{1,2}\s?% (?:\w+ ){0,2}(?:patient care|treating|treatment|direct care|caseload)\b|\bcaseload\b/i,
      /\b(?:at|to) (?:the )?bedside\b|\btelephon\w* (?:contact|outreach|assess\w+|interview\w*|with)\b|\b(?:call|calls|phone|phones|telephone|telephones) (?:\w+ ){0,2}(?:patients|members|families|clients)\b/i,
      /\b(?:meet|meets|meeting|speak|speaks|speaking|talk|talks|interview|interviews|assess|assesses|assessing|educat\w+|counsel\w*|contact|contacts|visit|visits|engag\w+|interact\w*|work|works|working|evaluat\w+|demonstrat\w+|train|trains) (?:[\w,-]+ ){0,4}(?:patients?|clients?|members?|families|caregivers?|residents?|veterans?)\b/i,
    ],
  ],
];
const QUIET = new Set(['about', 'eeo', 'benefits', 'pay', 'requirements', 'preferred']);
const DENIED = /\b(?:no|not|never|without)\b[^.;]{0,30}\b(?:caseload|treat\w*|patient care)\b/i;

/** Work by telephone alone is some contact, whatever care it speaks of. */
const BY_PHONE =
  /\btelephonic(?:ally)? only\b|\b(?:tele)?phone(?: only|,? (?:no|without) (?:home |site |patient )?visits)\b|\bno (?:home|site|bedside|in-person) visits\b/i;

/** How much the job has to do with patients or clients: the duties decide, and a plain denial anywhere in the job's own words wins. */
export function readPatientContact(reading: Reading): Finding<Contact> | null {
  const pieces = reading.about('contact').filter(piece => !QUIET.has(piece.section));
  const titled = reading.title ? [reading.title, ...pieces] : pieces;
  const byPhone = pieces.some(piece => BY_PHONE.test(piece.text));
  for (const [value, patterns] of WORDINGS) {
    if (value === 'daily' && byPhone) continue;
    for (const piece of value === 'none' ? titled : pieces) {
      const found = value !== 'none' && DENIED.test(piece.text) ? null : firstOf(piece, patterns);
      if (found) return { value, evidence: [found] };
    }
  }
  return null;
}

function firstOf(piece: Piece, patterns: readonly RegExp[]) {
  for (const pattern of patterns) {
    const found = spot(piece, pattern);
    if (found) return found;
  }
  return null;
}
